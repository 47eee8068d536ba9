/** Figures that are made of runs, of most at several noise levels. */
import { presets } from '../kinds/presets.ts';
import { parseConfig } from '../kinds/read.ts';
import type { Config } from '../contract/config/schema.ts';
import type { FigureInfo, FigureSettings } from '../contract/messages/figures.ts';
import { estimateRuns } from './estimate.ts';
import { real, whole } from '../contract/catalogue/field.ts';
import type { Drawn, Figure } from './figure.ts';
import { asPlan, levelRuns, makeRuns, readRuns } from './figure-runs.ts';
import type { FigureRun, RunSoFar, LevelRun } from './figure-runs.ts';
import { numberOf, numbersOf, textOf } from './settings.ts';

/** Fields of training that all of them have. */
export const TRAINING_FIELDS = [
  real('learningRate', 0.0001, 10, 0.0001),
  whole('batch', 1, 4096),
  whole('epochs', 3, 5000),
];

/**
 * A figure of runs.
 * @param plan which runs the settings ask for
 * @param draw what there is to see of them
 */
export function runsFigure<R extends FigureRun>(
  info: FigureInfo,
  plan: (settings: FigureSettings) => R[],
  draw: (runs: readonly RunSoFar<R>[], settings: FigureSettings) => Drawn,
): Figure {
  const open = (settings: FigureSettings, folder: string) =>
    draw(readRuns(folder, plan(settings)), settings);
  return {
    info,
    open,
    make: (settings, making) =>
      makeRuns(plan(settings), making, () => making.more(open(settings, making.folder))),
    runs: (settings) => asPlan(plan(settings)),
    estimate: (settings, folder, launch) => estimateRuns(readRuns(folder, plan(settings)), launch),
  };
}

/** What the figure decides of its runs, and not its settings. */
interface Parts {
  /** Samples of the hold-out and of the test set. */
  holdout: number;
  test: number;
  /** The share of given labels at which a run ends, as `training.stopFitted`. */
  stopFitted?: number;
}

/**
 * The Config that runs of settings share: the fields data, train, network, optimizer and those of training,
 * `noise` and `widths` where the figure has them.
 * @throws InputError where they do not fit
 */
export function baseConfig(name: string, settings: FigureSettings, parts: Parts): Config {
  const number = (id: string) => numberOf(settings, id);
  const { data, noise, training } = presets().find(({ id }) => id === 'mnist-quick')!.config;
  const config = {
    name,
    data: {
      ...data,
      source: textOf(settings, 'data'),
      train: number('train'),
      holdoutShare: parts.holdout / number('train'),
      test: parts.test,
    },
    noise: { ...noise, kind: settings['noise'] ?? noise.kind },
    network: { preset: textOf(settings, 'network'), widths: settings['widths'] ?? [] },
    training: {
      ...training,
      optimizer: textOf(settings, 'optimizer'),
      learningRate: number('learningRate'),
      batch: number('batch'),
      epochs: number('epochs'),
      precision: 'auto',
      stopFitted: parts.stopFitted ?? 0,
    },
  };
  return parseConfig(config, name);
}

/** The runs of settings as `baseConfig` reads them, at each of `levels`; `seeds` where the figure has them. */
export function plannedRuns(name: string, settings: FigureSettings, parts: Parts): LevelRun[] {
  const levels = [...numbersOf(settings, 'levels')].sort((a, b) => a - b);
  const seeds = settings['seeds'] === undefined ? 1 : numberOf(settings, 'seeds');
  return levelRuns(baseConfig(name, settings, parts), levels, seeds);
}
