/** `--transition-from`: forward correction with the transition matrix that another run shows. */
import { transitionFrom } from '../audit/transition.ts';
import type { Config } from '../contract/config/schema.ts';
import { loadTensorFlow } from '../engine/tensorflow.ts';
import { renamed } from '../kinds/renamed.ts';
import { words } from '../terminal/language.ts';
import { printNote } from '../terminal/output.ts';
import { findRun } from './places.ts';
import { refuseOptions } from './usage.ts';

/** Fields that the option decides. */
const DECIDED = /^training\.(loss|transition|knownKind|knownRate)=/;

/** @throws InputError where a setting asks for what `--transition-from` decides */
export function refuseDecided(transitionFrom: string | undefined, settings: string[]): void {
  if (transitionFrom === undefined) return;
  const other = settings.find((text) => DECIDED.test(text) && text !== 'training.loss=forward');
  if (other !== undefined) refuseOptions({ [`--set ${other}`]: other }, '--transition-from');
}

/**
 * The config with the loss forward correction and the matrix estimated from a run, and says so.
 * @param run its path, or its id in the runs folder
 * @throws InputError as `findRun` and `transitionFrom` do
 */
export async function withTransition(config: Config, run: string): Promise<Config> {
  const folder = findRun(run);
  const { training } = config;
  // A process has one number of threads: that of the training which is to come.
  await loadTensorFlow(training.threads, training.device);
  const { matrix: transition, told } = await transitionFrom(folder, config);
  for (const one of told) printNote(words(one));
  const changed = { ...config, training: { ...training, loss: 'forward', transition } };
  return renamed(config, changed);
}
