/** The name that an experiment has where nobody gave it one. */
import type { KindFace } from '../catalogue/kinds.ts';
import { textFor } from '../words/phrase.ts';
import { inEnglish } from '../words/texts.ts';
import { labelsName, sourceNameIn } from './names.ts';
import type { Config } from './schema.ts';

/**
 * A name that says what an experiment is, for who does not want to find one. It is written to files
 * and reports, and stays with the run, so it is English in every language of the window.
 */
export function ownName(config: Config, noises: readonly KindFace[]): string {
  const { data, network } = config;
  const parts = [
    sourceNameIn(data.source, inEnglish),
    labelsName(config, inEnglish, noises),
    textFor(inEnglish, `networks.short.${network.preset}`),
  ];
  // A name is typed, searched and written to files: its spaces are plain ones.
  return parts.join(', ').slice(0, 120);
}
