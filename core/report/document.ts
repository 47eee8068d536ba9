/**
 * A report as it is told, free of a format: parts one after the other, whose words are those of one
 * language already. Texts from outside in them are `plain`; each format escapes what its files need.
 */
import type { FigurePanel } from '../contract/messages/figures.ts';
import type { Language, Translate } from '../contract/words/texts.ts';

/** A table of words and numbers; the first column names its row. */
export interface ReportTable {
  kind: 'table';
  /** Where one heading has several tables. */
  title?: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** The place of the row that stands out. */
  marked?: number;
}

/** Matrices of shares between classes beside each other, row by row, each row adding up to 1. */
export interface SharesPart {
  kind: 'shares';
  classes: readonly string[];
  matrices: readonly { title: string; shares: readonly (readonly number[])[] }[];
}

/** A chart, or another picture of a figure, with what is to be known of it. */
export interface ChartPart {
  kind: 'chart';
  spec: FigurePanel;
  note: string;
}

/** Names and their values. */
export interface FactsPart {
  kind: 'facts';
  facts: readonly (readonly [name: string, value: string])[];
}

/** What a report is made of. */
export type ReportPart =
  | { kind: 'heading'; words: string }
  | { kind: 'words'; words: string; tone?: 'soft' | 'problem' }
  /** What the report says first: sentences, and how sure they are. */
  | { kind: 'verdict'; words: readonly string[]; note: string }
  /** Of one item or more. */
  | { kind: 'list'; items: readonly string[] }
  | ReportTable
  | SharesPart
  | ChartPart
  | FactsPart;

/** A whole report. */
export interface ReportDocument {
  title: string;
  subtitle: string;
  language: Language;
  /** Those of the language, which charts are told in. */
  t: Translate;
  parts: readonly ReportPart[];
}

/** The title of a section, where it has parts; nothing where it has none. */
export function section(words: string, parts: readonly ReportPart[]): ReportPart[] {
  return parts.length > 0 ? [{ kind: 'heading', words }, ...parts] : [];
}

/** A share of a matrix as its cell says it, in percent; none says nothing. */
export const shareCell = (share: number): string => (share > 0 ? (100 * share).toFixed(1) : '');

/** A list of what is told; nothing where there is nothing. */
export const listPart = (items: readonly string[]): ReportPart[] =>
  items.length > 0 ? [{ kind: 'list', items }] : [];
