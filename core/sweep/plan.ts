/** What a sweep trains: every combination of the values that are swept over. */
import { applySettings, parseConfig } from '../kinds/read.ts';
import type { Config } from '../contract/config/schema.ts';
import { InputError } from '../contract/words/errors.ts';

/** One run of a sweep. */
export interface PlannedRun {
  /** The swept fields and their values here, such as `noise.rate` and 0.2. */
  settings: Record<string, unknown>;
  config: Config;
}

/** A field and the values that it takes. */
interface Axis {
  path: string;
  values: unknown[];
}

/** The longest name that a Config may have. */
const NAME = 120;

/**
 * The cross product of all axes; the last one changes fastest. Every run trains on one thread unless
 * more are asked for: as many processes as there are cores are faster than as many threads, and the
 * thread count is part of what a run's numbers depend on.
 * @param base a checked Config
 * @param overs such as `noise.rate=0.2,0.4`; values are JSON, or else text
 * @throws InputError where one is not written so, is given twice, or gives a Config that is wrong
 */
export function planSweep(base: Config, overs: readonly string[], threads = 1): PlannedRun[] {
  const axes = overs.map(axisOf);
  if (axes.length === 0) {
    throw new InputError('sweep.noOver');
  }
  const twice = axes.find(({ path }, i) => axes.findIndex((axis) => axis.path === path) < i);
  if (twice) throw new InputError('sweep.twice', { path: twice.path });
  const single = { ...base, training: { ...base.training, threads } };
  return combinations(axes).map((settings) => ({ settings, config: configOf(single, settings) }));
}

function axisOf(over: string): Axis {
  const at = over.indexOf('=');
  const path = over.slice(0, at);
  const values = at < 1 ? [] : valuesOf(over.slice(at + 1));
  if (values.length === 0) {
    throw new InputError('sweep.form', { over });
  }
  if (path === 'training.threads') {
    throw new InputError('sweep.threads', { field: { path: 'training.threads' } });
  }
  return { path, values };
}

/** `0.2,0.4`, `[16],[32,16]` or `sgd,adam`. */
function valuesOf(text: string): unknown[] {
  try {
    return JSON.parse(`[${text}]`) as unknown[];
  } catch {
    return text.split(',').map((value) => value.trim());
  }
}

function combinations(axes: readonly Axis[]): Record<string, unknown>[] {
  return axes.reduce<Record<string, unknown>[]>(
    (all, { path, values }) =>
      all.flatMap((settings) => values.map((value) => ({ ...settings, [path]: value }))),
    [{}],
  );
}

function configOf(base: Config, settings: Record<string, unknown>): Config {
  const written = Object.entries(settings).map(([path, value]) => `${path}=${valueText(value)}`);
  const changed = applySettings(base, written, '--over');
  const config = parseConfig(changed, `--over ${written.join(' ')}`);
  // The name tells the runs apart in lists.
  return { ...config, name: `${config.name}, ${settingsText(settings)}`.slice(0, NAME) };
}

/** Settings in short, such as `noise.rate 0.2, training.seed 1`. */
export function settingsText(settings: Record<string, unknown>): string {
  return Object.entries(settings)
    .map(([path, value]) => `${path} ${valueText(value)}`)
    .join(', ');
}

/** A value as it is written on the command line. */
export function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
