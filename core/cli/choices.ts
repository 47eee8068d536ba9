/** What there is to choose from, as the help of commands tells it below their options. */
import { LABEL_FORMATS } from '../audit/formats/index.ts';
import { READERS } from '../data/readers/index.ts';
import { EXPORTS } from '../export/index.ts';
import { FIGURES } from '../figures/index.ts';
import { CONFIG_KINDS } from '../kinds/kinds.ts';
import { LOG_FORMATS } from '../logs/formats/index.ts';
import { REPORTS } from '../report/index.ts';
import { RULES } from '../stopping/rules/index.ts';
import { textFor } from '../contract/words/phrase.ts';
import { t, words } from '../terminal/language.ts';

/** Entries under a title, a line each, after an empty line. */
const listUnder = (title: string, lines: readonly string[]): string =>
  ['', title, ...lines.map((line) => `  ${line}`)].join('\n');

/** The fields of a config that name a kind, and the kinds. */
export function kindChoices(): string {
  const { noises, networks, optimizers, losses } = CONFIG_KINDS;
  const kinds = {
    'noise.kind': noises,
    'network.preset': networks,
    'training.optimizer': optimizers,
    'training.loss': losses,
  };
  const lines = Object.entries(kinds).map(
    ([path, all]) => `${path.padEnd(19)} ${all.map(({ id }) => id).join(', ')}`,
  );
  return listUnder(t('cli.help.kinds'), lines);
}

/** The figures, and the sizes of each. */
export const figureChoices = (): string =>
  listUnder(
    t('cli.help.figures'),
    FIGURES.map(({ info: { id, sizes } }) => {
      const name = textFor(t, `paper.figures.${id}.name`, {}, id);
      return `${id.padEnd(10)} ${name} (${sizes.map((size) => size.id).join(', ')})`;
    }),
  );

/** The formats of reports. */
export const reportChoices = (): string =>
  listUnder(
    t('cli.help.formats'),
    REPORTS.ids.map((id) => `${id.padEnd(10)} ${textFor(t, `report.formats.${id}`)}`),
  );

/** The formats of audited labels. */
export const auditChoices = (): string =>
  listUnder(
    t('cli.help.formats'),
    LABEL_FORMATS.ids.map((id) => `${id.padEnd(10)} ${textFor(t, `audit.formats.${id}`)}`),
  );

/** The formats of exports. */
export const exportChoices = (): string =>
  listUnder(
    t('cli.help.formats'),
    EXPORTS.ids.map((id) => `${id.padEnd(10)} ${textFor(t, `export.formats.${id}`)}`),
  );

/** The kinds of data sets that can be read. */
export const readerChoices = (): string =>
  listUnder(
    t('cli.help.readers'),
    READERS.all.map(({ format }) => words(format)),
  );

/** The kinds of logs that can be read, and the rules that a recommendation is compared with. */
export function logChoices(): string {
  const logs = LOG_FORMATS.ids.map((id) => textFor(t, `log.formats.${id}`));
  const rules = RULES.ids.map((id) => textFor(t, `verdict.rules.${id}`));
  return [listUnder(t('cli.help.logs'), logs), listUnder(t('cli.help.rules'), rules)].join('\n');
}
