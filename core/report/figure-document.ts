/** What is told of a figure of the paper: its pictures, what was found, and the numbers beside them. */
import type { FigureTable, FigureView } from '../contract/messages/figures.ts';
import { inWords, textFor } from '../contract/words/phrase.ts';
import { plain } from '../contract/words/plain.ts';
import { textsIn } from '../contract/words/texts.ts';
import type { Language, Translate } from '../contract/words/texts.ts';
import { listPart, section } from './document.ts';
import type { ReportDocument, ReportPart } from './document.ts';

/** The whole report. */
export function figureDocument(view: FigureView, language: Language): ReportDocument {
  const t = textsIn(language);
  const { id, panels, facts, tables = [], findings, settings } = view;
  const found = findings.map((finding) => inWords(finding, t));
  const table: ReportPart = {
    kind: 'table',
    head: [t('figures.fact'), t('figures.value')],
    rows: facts.map(({ name, value }) => [inWords(name, t), plain(value)]),
  };
  const chosen = Object.entries(settings).map(
    ([name, value]) => [name, plain(String(value))] as const,
  );
  return {
    title: textFor(t, `paper.figures.${id}.name`, {}, id),
    subtitle: textFor(t, `paper.figures.${id}.place`, {}, ''),
    language,
    t,
    parts: [
      ...(view.state === 'complete'
        ? []
        : [{ kind: 'words' as const, words: t('figures.partial') }]),
      ...panels.map((spec) => ({ kind: 'chart' as const, spec, note: '' })),
      ...listPart(found),
      ...tables.map((one) => tablePart(one, t)),
      ...(facts.length > 0 ? [table] : []),
      ...section(t('report.config'), chosen.length > 0 ? [{ kind: 'facts', facts: chosen }] : []),
    ],
  };
}

function tablePart({ title, head, rows }: FigureTable, t: Translate): ReportPart {
  return {
    kind: 'table',
    title: inWords(title, t),
    head: head.map((one) => inWords(one, t)),
    rows: rows.map((cells) =>
      cells.map((cell) => (typeof cell === 'string' ? plain(cell) : inWords(cell, t))),
    ),
  };
}
