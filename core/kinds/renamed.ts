/** Names of experiments that change. */
import { ownName } from '../contract/config/own-name.ts';
import type { Config } from '../contract/config/schema.ts';
import { CONFIG_KINDS } from './kinds.ts';
import { presets } from './presets.ts';

/**
 * The changed Config under a name that is true of it: one that a person gave stays, and one that was
 * made, a preset's too, is made anew.
 */
export function renamed(before: Config, config: Config): Config {
  const { noises } = CONFIG_KINDS;
  const isMade =
    before.name === ownName(before, noises) || presets().some(({ title }) => title === before.name);
  const isKept =
    config.name !== before.name || !isMade || ownName(config, noises) === ownName(before, noises);
  return isKept ? config : { ...config, name: ownName(config, noises) };
}
