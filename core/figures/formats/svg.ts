import { figureSvg } from '../../contract/drawing/figure.ts';
import { textsIn } from '../../contract/words/texts.ts';
import type { FigureFormat } from './format.ts';

/** For editing and print. */
export const svg: FigureFormat = {
  id: 'svg',
  extension: 'svg',
  bytes: (view, { language, dark }) => figureSvg(view, textsIn(language), { dark }),
};
