/** What figures are called, and how they are ordered. */
import { inWords } from '../../core/contract/words/phrase.ts';
import type { FigureInfo } from '../../core/contract/messages/figures.ts';
import { textFor } from '../../core/contract/words/phrase.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { t } from './texts.ts';

type Part =
  | 'name'
  | 'title'
  | 'statement'
  | 'shows'
  | 'curious'
  | 'student'
  | 'researcher'
  | 'parts'
  | 'place';

/** A text about a figure; one without texts is called by its id. */
export const figureText = (id: string, part: Part): string =>
  textFor(t, `paper.figures.${id}.${part}`, {}, part === 'name' || part === 'title' ? id : '');

/** A text whose key comes from the core. */
export const textOfKey = (key: string, values?: Phrase['values']): string =>
  inWords({ code: key, values }, t);

/** The figures in their groups; a group without any is left out. */
export function figureGroups(
  figures: readonly FigureInfo[],
): { name: string; figures: FigureInfo[] }[] {
  return (['figures', 'theory', 'beyond'] as const)
    .map((group) => ({
      name: t(`paper.groups.${group}`),
      figures: figures.filter((one) => one.group === group),
    }))
    .filter((group) => group.figures.length > 0);
}
