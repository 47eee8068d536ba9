import type { FigureSettings, FigureView } from '../contract/messages/figures.ts';
import { figureOf } from './index.ts';
import { checkSettings } from './settings.ts';
import { figureFolder } from './store.ts';

/** A figure as far as it has been made. @throws InputError where settings do not fit */
export async function viewOf(runs: string, id: string, asked: FigureSettings): Promise<FigureView> {
  const figure = figureOf(id);
  const settings = checkSettings(figure.info, asked);
  const folder = figureFolder(runs, id, settings);
  const drawn = await figure.open(settings, folder);
  return { id, settings, folder: figure.info.instant ? null : folder, ...drawn };
}
