/** Ready experiments. A new one is a JSON file and one line here. */
import cifarSample from '../../assets/presets/cifar-sample.json';
import mnistAuto from '../../assets/presets/mnist-auto.json';
import mnistQuick from '../../assets/presets/mnist-quick.json';
import mnistPaper from '../../assets/presets/mnist-paper.json';
import synthetic from '../../assets/presets/synthetic.json';
import { parseConfig } from './read.ts';
import type { Config } from '../contract/config/schema.ts';

const FILES: Record<string, unknown> = {
  'mnist-quick': mnistQuick,
  synthetic,
  'mnist-auto': mnistAuto,
  'mnist-paper': mnistPaper,
  'cifar-sample': cifarSample,
};

/** Data that a preset is for and that do not come with the lab, as people call them. */
const NEEDS: Record<string, string> = { 'cifar-sample': 'CIFAR-10' };

/** A ready experiment. */
export interface Preset {
  id: string;
  title: string;
  config: Config;
  /** The data set that the person has to bring: the config's source is no path yet. Null for none. */
  needs: string | null;
}

/** Every ready experiment, the one to begin with first. */
export function presets(): Preset[] {
  return Object.entries(FILES).map(([id, file]) => {
    const config = parseConfig(file, `assets/presets/${id}.json`);
    return { id, title: config.name, config, needs: NEEDS[id] ?? null };
  });
}
