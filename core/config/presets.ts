/** Ready experiments. A new one is a JSON file and one line here. */
import mnistAuto from '../../assets/presets/mnist-auto.json';
import mnistQuick from '../../assets/presets/mnist-quick.json';
import mnistPaper from '../../assets/presets/mnist-paper.json';
import { parseConfig } from './read.ts';
import type { Config } from './schema.ts';

const FILES: Record<string, unknown> = {
  'mnist-quick': mnistQuick,
  'mnist-auto': mnistAuto,
  'mnist-paper': mnistPaper,
};

/** A ready experiment. */
export interface Preset {
  id: string;
  title: string;
  config: Config;
}

/** Every ready experiment, the one to begin with first. */
export function presets(): Preset[] {
  return Object.entries(FILES).map(([id, file]) => {
    const config = parseConfig(file, `assets/presets/${id}.json`);
    return { id, title: config.name, config };
  });
}
