/** Parts of a command's help that name what there is to choose from. */
import { t } from '../terminal/language.ts';

/** Entries under a title, a line each, after an empty line. */
export const listUnder = (title: string, lines: readonly string[]): string =>
  ['', title, ...lines.map((line) => `  ${line}`)].join('\n');

/** What `--format` takes. */
export const formatsOf = (formats: readonly string[]): string =>
  t('cli.options.format', { formats: formats.join(', ') });

/** Formats with their names. */
export const formatList = (ids: readonly string[], nameOf: (id: string) => string): string =>
  listUnder(
    t('cli.help.formats'),
    ids.map((id) => `${id.padEnd(10)} ${nameOf(id)}`),
  );
