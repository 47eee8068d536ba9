/** Grids of small runs of the theorems' network, kept one by one, so that a stopped one goes on. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { FigureSettings } from '../contract/messages/figures.ts';
import { writeJson } from '../disk/write.ts';
import { descend } from '../theory/descent.ts';
import type { HiddenWeights } from '../theory/kernel.ts';
import type { Milestones, SamplePair } from '../theory/milestones.ts';
import { spectralNorm } from '../theory/orders.ts';
import { pairBound } from '../theory/pair-bound.ts';
import type { TheorySetup } from '../theory/run.ts';
import { sigmaOf, sigmaSpectrum } from '../theory/sigma.ts';
import { phrase } from '../contract/drawing/parts.ts';
import type { Making } from './figure.ts';
import { settingOf } from './theory-setup.ts';

/** One small run. */
export interface GridRun {
  /** Names it in the grid. */
  key: string;
  /** All fields of its setting. */
  settings: FigureSettings;
}

const moment = v.nullable(
  v.object({ iteration: v.number(), distance: v.number(), relativeDistance: v.number() }),
);
const MeasuredSchema = v.object({
  /** The data's constants, as they came out. */
  eps0: v.number(),
  delta: v.number(),
  rho: v.number(),
  lambda: v.number(),
  /** ||C||, the spectral norm of the centres. */
  norm: v.number(),
  condition: v.number(),
  allTrue: moment,
  firstWrongFit: moment,
  /**
   * The distance that the pair which was fitted then takes at least, by theorem 2 with its constants; null
   * where nothing was fitted, or the activation has no bounded second derivative.
   */
  pairBound: v.nullable(v.number()),
  /** The largest share of samples that had their true class, 0 to 1. */
  mostTrue: v.number(),
});
/** What a cell found. */
export type CellResult = v.InferOutput<typeof MeasuredSchema>;
const CellsSchema = v.record(v.string(), MeasuredSchema);

const fileOf = (folder: string) => join(folder, 'cells.json');

/** The cells that are done, by key; none where the file is missing or another version's. */
export function readCells(folder: string): Map<string, CellResult> {
  const path = fileOf(folder);
  if (!existsSync(path)) return new Map();
  try {
    const cells = v.parse(CellsSchema, JSON.parse(readFileSync(path, 'utf8')));
    return new Map(Object.entries(cells));
  } catch {
    // What cannot be read is made again.
    return new Map();
  }
}

/**
 * Runs the cells that are missing.
 * @param enough ends a run once it has shown what is asked of it
 * @param more called after each
 */
export async function makeCells(
  cells: readonly GridRun[],
  { folder, signal, progress }: Making,
  enough: (found: Milestones) => boolean,
  more: () => void,
): Promise<void> {
  const done = readCells(folder);
  for (const [i, { key, settings }] of cells.entries()) {
    if (done.has(key)) continue;
    const tell = (fraction: number) =>
      progress(
        (i + fraction) / cells.length,
        phrase('figures.doing.runs', { done: done.size, of: cells.length }),
      );
    const result = await runCell(settings, signal, enough, tell);
    if (!result) return;
    done.set(key, result);
    writeJson(fileOf(folder), Object.fromEntries(done));
    more();
  }
}

/** Null where it was stopped. */
async function runCell(
  settings: FigureSettings,
  signal: AbortSignal,
  enough: (found: Milestones) => boolean,
  tell: (fraction: number) => void,
): Promise<CellResult | null> {
  const { setup, constants, clustering, config } = await settingOf(settings);
  const { activation } = config.network;
  const { lambda, condition } = sigmaSpectrum(sigmaOf(clustering.centres, activation));
  const norm = spectralNorm(clustering.centres);
  let start: HiddenWeights | null = null;
  let bound: number | null = null;
  const { milestones } = await descend(
    setup,
    config.training.epochs,
    {
      before(iteration, _last, weights) {
        if (iteration === 0) start = weights();
      },
      after({ measured, pairs }, _last, found) {
        if (pairs.length > 0) bound = farthestBound(setup, start!, pairs, measured.losses);
        return enough(found);
      },
    },
    { stopped: () => signal.aborted, progress: (_iteration, fraction) => tell(fraction) },
  );
  if (signal.aborted) return null;
  const { allTrue, firstWrongFit, mostTrue } = milestones;
  const { eps0, delta, rho } = constants;
  const measured = { eps0, delta, rho, lambda, norm, condition, allTrue, firstWrongFit };
  return { ...measured, pairBound: bound, mostTrue: mostTrue?.share ?? 0 };
}

/** The largest of the bounds of all pairs that are fitted. */
function farthestBound(
  { data, activation }: TheorySetup,
  start: HiddenWeights,
  pairs: readonly SamplePair[],
  losses: Float32Array,
): number | null {
  const { inputs, dimension, alphas, given } = data;
  const row = (i: number) => inputs.subarray(i * dimension, (i + 1) * dimension);
  const off = (i: number) => Math.sqrt(2 * losses[i]!);
  const bounds = pairs.map(([a, b]) => {
    const gap = Math.abs(alphas[given[a]!]! - alphas[given[b]!]!) - off(a) - off(b);
    return pairBound(start, activation, { first: row(a), second: row(b), gap });
  });
  const known = bounds.filter((bound) => bound !== null);
  return known.length > 0 ? Math.max(...known) : null;
}
