/** What figures are called, and how they are ordered. */
import { inWords } from '../../core/contract/words/phrase.ts';
import type { FigureInfo } from '../../core/contract/messages/figures.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { t } from './texts.ts';

type Part =
  'name' | 'title' | 'statement' | 'shows' | 'curious' | 'student' | 'researcher' | 'parts';

/** A text about a figure. */
export const figureText = (id: string, part: Part): string => say(`paper.figures.${id}.${part}`);

/** A text whose key comes from the core. */
export const say = (key: string, values?: Phrase['values']): string =>
  inWords({ code: key, values }, t);

/** What stands before a figure's name: its number, or the sign of what it shows. */
const NUMBERS: Record<string, string> = {
  losses: 'ℓ',
  spectrum: 'σ',
  synthetic: '∘',
  constants: 'λ',
  sigma: 'Σ',
  theorem1: 'T1',
  theorem2: 'T2',
  proof: '∎',
};
export const numberOf = (id: string): string => NUMBERS[id] ?? id;

/** Figures of the theory; all others are of experiments. */
const THEORY = new Set(['constants', 'sigma', 'theorem1', 'theorem2', 'proof']);

/** The figures in their two groups; a group without any is left out. */
export function groupsOf(
  figures: readonly FigureInfo[],
): { name: string; figures: FigureInfo[] }[] {
  const of = (isTheory: boolean) => figures.filter(({ id }) => THEORY.has(id) === isTheory);
  return [
    { name: t('paper.groups.figures'), figures: of(false) },
    { name: t('paper.groups.theory'), figures: of(true) },
  ].filter((group) => group.figures.length > 0);
}
