/** `theory`: the paper's quantities of data and network, beside what a run does. */
import { join } from 'node:path';
import type { Command } from 'commander';
import type { ClusterChoice } from '../theory/centres.ts';
import { singularValuesCsv, theoryCsv } from '../theory/csv.ts';
import { theoryOf } from '../theory/theory.ts';
import { writeFolder, writeJson, writeWhole } from '../disk/write.ts';
import { plain } from '../contract/words/plain.ts';
import type { JsonOption } from './inspect.ts';
import { t } from '../terminal/language.ts';
import { printResult, printNote } from '../terminal/output.ts';
import { kindChoices } from './choices.ts';
import { emptyFolder, findConfig } from './places.ts';
import { theoryInWords } from './theory-words.ts';
import { clusterChoice, collect } from './usage.ts';

/** Options of `theory`. */
interface TheoryOptions extends JsonOption {
  set: string[];
  /** Where clusters come from; known ones, or as many as classes by k-means, if not given. */
  clusters?: ClusterChoice;
  out?: string;
}

/** How often progress is told, in ms. */
const TELL = 5000;

/** Gives `theory` its options and its work. */
export function defineTheory(command: Command): void {
  command
    .option('--set <path=value>', t('cli.options.set'), collect, [])
    .option('--clusters <known|classes|number>', t('cli.options.clusters'), clusterChoice)
    .option('--out <folder>', t('cli.options.outTheory'))
    .addHelpText('after', kindChoices())
    .action(theoryCommand);
}

/** Computes, trains and tells. @throws InputError where config, data or folder do not fit */
async function theoryCommand(source: string, options: TheoryOptions): Promise<void> {
  const config = findConfig(source, options.set);
  const out = options.out === undefined ? null : emptyFolder(options.out);
  const { epochs } = config.training;
  let told = performance.now();
  const theory = await theoryOf(config, options.clusters ?? null, {
    progress: (iteration) => {
      if (performance.now() - told < TELL) return;
      told = performance.now();
      printNote(t('cli.progress.iteration', { iteration, all: epochs }));
    },
  });
  const result = { config, ...theory };
  if (out) {
    writeFolder(out, (beside) => {
      writeJson(join(beside, 'theory.json'), result);
      writeWhole(join(beside, 'iterations.csv'), theoryCsv(theory.run.points));
      writeWhole(join(beside, 'singular-values.csv'), singularValuesCsv(theory.run.pictures));
    });
    printNote(t('cli.written', { path: plain(out) }));
  }
  printResult(options.json ?? false, result, () => theoryInWords(config.name, theory));
}
