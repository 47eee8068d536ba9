/** Options and help of the commands that take a config and data. */
import type { Command } from 'commander';
import { CONFIG_KINDS } from '../kinds/kinds.ts';
import { t } from '../terminal/language.ts';
import { listUnder } from './listed.ts';

/** Adds the options for data and labels, and the kinds below the help. */
export const takeData = (command: Command): Command =>
  command
    .option('--data <path>', t('cli.options.data'))
    .option('--labels <file>', t('cli.options.labels'))
    .option('--labels-field <name>', t('cli.options.labelsField'))
    .option('--corrections <file>', t('cli.options.corrections'))
    .addHelpText('after', kindChoices());

/** The fields of a config that name a kind, and the kinds. */
export function kindChoices(): string {
  const { noises, networks, optimizers, losses, schemes } = CONFIG_KINDS;
  const kinds = {
    'noise.kind': noises,
    'network.preset': networks,
    'training.optimizer': optimizers,
    'training.loss': losses,
    'training.scheme': schemes,
  };
  const lines = Object.entries(kinds).map(
    ([path, all]) => `${path.padEnd(19)} ${all.map(({ id }) => id).join(', ')}`,
  );
  return listUnder(t('cli.help.kinds'), lines);
}
