/** A run as it would have gone: plausible curves of a network that learns right labels, then wrong ones. */
import { LabError } from '../../renderer/state/bridge.ts';
import { parse } from 'valibot';
import ready from '../../assets/presets/mnist-quick.json';
import { ConfigSchema } from '../../core/contract/config/schema.ts';
import type { Config } from '../../core/contract/config/schema.ts';
import type {
  EpochDetail,
  EpochView,
  NetworkView,
  NoiseView,
  RunRow,
  RunView,
  SampleView,
} from '../../core/contract/messages/records.ts';
import { random } from './digits.ts';
import { fakeSamples, fakeSource } from './fake-data.ts';
import { fakeVerdict } from './fake-verdict.ts';

const BINS = 32;
const LAYERS = [
  ['conv 1', 0.55, 156],
  ['conv 2', 2.13, 2416],
  ['dense 1', 4.2, 48120],
  ['dense 2', 1.9, 10164],
  ['dense 3', 0.8, 850],
] as const;

/** The ready experiment, as it ships. */
export const READY: Config = parse(ConfigSchema, ready);

/** The drawing of the network. */
export function fakeNetwork(preset: Config['network']['preset']): NetworkView {
  if (preset === 'softmax') {
    return {
      title: { code: 'networks.titles.softmax' },
      parameters: 7850,
      layers: [
        { name: 'input', kind: 'input', size: '28²', units: 784, parameters: 0 },
        { name: 'output', kind: 'dense', size: '10', units: 10, parameters: 7850 },
      ],
    };
  }
  const conv = (name: string, size: string, units: number, parameters: number) => ({
    name,
    kind: 'conv',
    size,
    units,
    parameters,
  });
  const dense = (name: string, units: number, parameters: number) => ({
    name,
    kind: 'dense',
    size: String(units),
    units,
    parameters,
  });
  return {
    title: { code: 'networks.titles.lenet' },
    parameters: 61706,
    layers: [
      { name: 'input', kind: 'input', size: '28²', units: 784, parameters: 0 },
      conv('conv 1', '6', 6, 156),
      conv('conv 2', '16', 16, 2416),
      dense('dense 1', 120, 48120),
      dense('dense 2', 84, 10164),
      dense('dense 3', 10, 850),
    ],
  };
}

/** The share of labels that a noise makes wrong, roughly. */
function fakeRate({ noise, data }: Pick<Config, 'noise' | 'data'>): number {
  if (noise.kind === 'none') return 0;
  if (noise.kind === 'count') return noise.count / data.train;
  return noise.kind === 'uniform' ? 0.9 * noise.rate : noise.rate;
}

/** The transition counts. */
export function fakeNoise(config: Pick<Config, 'noise' | 'data'>): NoiseView {
  const { kind } = config.noise;
  if (kind === 'block' && config.noise.groups.length === 0) {
    throw new LabError({
      code: 'errors.noise.groupsEmpty',
      values: { field: { path: 'noise.groups' } },
      field: 'noise.groups',
    });
  }
  const rate = fakeRate(config);
  const chance = random(config.noise.seed + 5);
  const size = fakeSource(config).classes.length;
  const each = Math.round(config.data.train / size);
  let wrong = 0;
  const matrix = Array.from({ length: size }, (_, truth) => {
    const row = new Array<number>(size).fill(0);
    const moved = Math.round(each * rate * (0.94 + 0.12 * chance()));
    const flipped = Math.min(each, rate === 1 ? each : moved);
    for (let i = 0; i < size; i++) {
      if (kind === 'pair' ? i === (truth + 1) % size : i !== truth) {
        row[i] =
          kind === 'pair' ? flipped : Math.round((flipped / (size - 1)) * (0.8 + 0.4 * chance()));
      }
    }
    const out = row.reduce((a, b) => a + b, 0);
    row[truth] = Math.max(0, each - out);
    wrong += out;
    return row;
  });
  const total = config.data.train;
  return {
    matrix,
    wrong,
    total,
    realizedRate: wrong / total,
    asked: null,
    askedRate: rate,
    truthKnown: config.data.labelsAreTrue,
    strip: fakeSamples(config, 48),
  };
}

/** From 0 to 1 around `middle`, over about four `width`s. */
const rise = (x: number, middle: number, width: number): number =>
  1 / (1 + Math.exp(-(x - middle) / width));

function histogram(epoch: number, total: number, wrong: number): EpochDetail['histogram'] {
  const max = 8;
  const settled = rise(epoch, 22, 6);
  const shape = (mean: number, spread: number, many: number): number[] => {
    const weights = Array.from({ length: BINS }, (_, i) => {
      const x = ((i + 0.5) * max) / BINS;
      return Math.exp(-((Math.log(x + 0.1) - Math.log(mean + 0.1)) ** 2) / (2 * spread ** 2));
    });
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => Math.round((weight / sum) * many));
  };
  const learned = rise(epoch, 1.5, 0.7);
  return {
    max,
    right: shape(2.3 - 1.7 * learned - 0.45 * settled, 0.25 + 0.35 * learned, total - wrong),
    wrong: shape(2.3 + 0.9 * learned - 2.6 * settled, 0.2 + 0.1 * learned + 0.6 * settled, wrong),
  };
}

function record(config: Config, epoch: number, chance: () => number): EpochView['record'] {
  const noise = config.noise.kind === 'none' ? 0 : config.noise.rate;
  const wiggle = epoch === 0 ? 0 : (chance() - 0.5) * 0.022;
  const learned = rise(epoch, 1.2, 0.55);
  const memorized = rise(epoch, 24 + 20 * (0.4 - noise), 5.5) * (noise > 0 ? 1 : 0);
  const test = 0.1 + 0.83 * learned - 0.26 * (noise / 0.4) * memorized + wiggle;
  const speed = (i: number): number => 0.2 * Math.exp(-i / 4) + 0.12 * (1 - rise(i, 34, 6) * 0.5);
  let relative = 0;
  for (let i = 0; i < epoch; i++) relative += speed(i);
  const given = 0.1 + (0.83 * (1 - noise) + 0.02) * learned + 0.9 * noise * memorized + wiggle / 3;
  const known = config.data.labelsAreTrue;
  return {
    epoch,
    trainLoss: 2.3 - 0.7 * learned - 1.3 * memorized,
    trainAccuracy: Math.min(0.99, given),
    ...(known
      ? { trainAccuracyTrue: test + 0.004 - 0.03 * memorized + (chance() - 0.5) * 0.008 }
      : {}),
    ...(config.data.holdoutShare > 0
      ? {
          holdoutLoss: 1.6,
          holdoutAccuracy:
            0.1 + (0.83 * (1 - noise) - 0.03) * learned - 0.18 * memorized + wiggle * 0.6,
        }
      : {}),
    ...(config.data.test > 0 ? { testLoss: 0.4, testAccuracy: test } : {}),
    distance: relative * 12.4,
    relativeDistance: relative,
    distanceByLayer: Object.fromEntries(
      LAYERS.map(([name, end]) => [
        name,
        (end / 5.3) * 12.4 * relative * (1 - 0.1 * rise(epoch, 30, 6)),
      ]),
    ),
    ...(epoch > 0 ? { predictionChanges: Math.round(300 + 900 * Math.exp(-epoch / 3)) } : {}),
    ...(known ? { lossTrueLabels: 0.61, lossWrongLabels: 2.94 } : {}),
    seconds: 0.9,
  };
}

/** One epoch with its details. */
export function fakeEpoch(
  config: Config,
  epoch: number,
  wall: SampleView[],
): { view: EpochView; detail: EpochDetail } {
  const chance = random(epoch * 101 + config.training.seed + 3);
  const noise = config.noise.kind === 'none' ? 0 : config.noise.rate;
  const wrong = Math.round(config.data.train * noise);
  const known = config.data.labelsAreTrue;
  const one = record(config, epoch, chance);
  const learned = rise(epoch, 1.2, 0.55);
  const memorized = 0.03 + 0.6 * rise(epoch, 24, 5.5);
  const recovered = 0.1 + 0.84 * learned - 0.74 * rise(epoch, 22, 5.5);
  const states = wall.map((sample, i) => {
    const mood = random(i * 13 + 1);
    const truth = sample.truth ?? (sample.index * 7 + 3) % 10;
    const knows = mood() < 1.4 * learned - 0.1;
    const fits = epoch > 10 + mood() * 42;
    const lost = epoch > 12 + mood() * 60;
    const predicted = !knows
      ? (truth + 3) % 10
      : fits
        ? sample.given
        : lost
          ? (truth + 5) % 10
          : truth;
    const loss = predicted === sample.given ? 0.2 + mood() * 0.4 : 2.4 + mood() * 1.8;
    return { predicted, loss };
  });
  const outcomes =
    known && wrong > 0
      ? {
          recovered: Math.round(wrong * recovered),
          memorized: Math.round(wrong * memorized),
          other: Math.max(0, wrong - Math.round(wrong * recovered) - Math.round(wrong * memorized)),
        }
      : null;
  const detail = {
    epoch,
    histogram: histogram(epoch, config.data.train, known ? wrong : 0),
    wall: { predicted: states.map((s) => s.predicted), loss: states.map((s) => s.loss) },
  };
  return { view: { record: one, outcomes }, detail };
}

/** A line of the Runs table for a run that got as far as `epochs`. */
export function fakeRow(
  id: string,
  config: Config,
  epochs: EpochView[],
  status: RunRow['status'],
): RunRow {
  const tests = epochs.flatMap(({ record: { testAccuracy } }) => testAccuracy ?? []);
  const last = epochs.at(-1)?.record;
  const verdict = last ? fakeVerdict(config, last.epoch) : null;
  return {
    id,
    name: config.name,
    status,
    problem: null,
    config,
    recorded: null,
    wrongShare: null,
    lastEpoch: last?.epoch ?? -1,
    savedEpochs: status === 'finished' ? savedEpochs(config, last?.epoch ?? 0) : 0,
    recommended: verdict?.epoch ?? null,
    testAtStop: verdict ? (tests[verdict.epoch] ?? null) : null,
    testBest: tests.length ? Math.max(...tests) : null,
    testLast: tests.at(-1) ?? null,
    relativeDistance: last?.relativeDistance ?? null,
    created: new Date().toISOString(),
    spark: tests.length ? tests : epochs.flatMap((view) => view.record.holdoutAccuracy ?? []),
  };
}

/** Epochs that a run which stops by itself did not train. */
const savedEpochs = ({ training }: Config, last: number): number =>
  training.stopChance > 0 ? training.epochs - last : 0;

/** A run whole, `until` a last epoch (-1 for none). */
export function fakeRun(
  id: string,
  config: Config,
  until: number,
  status: RunRow['status'],
): RunView {
  const noisy = config.noise.kind !== 'none' && config.noise.rate > 0;
  const { classes, shape, columns } = fakeSource(config);
  const samples = fakeSamples(config, 400);
  const wall = samples
    .filter((sample) => !noisy || sample.truth === null || sample.truth !== sample.given)
    .slice(0, 24);
  const epochs = Array.from(
    { length: until + 1 },
    (_, epoch) => fakeEpoch(config, epoch, wall).view,
  );
  return {
    row: fakeRow(id, config, epochs, status),
    classes,
    shape,
    columns,
    inferred: [],
    trainCount: config.data.train,
    holdoutCount: Math.round(config.data.train * config.data.holdoutShare),
    testCount: config.data.test,
    wrongLabels: config.data.labelsAreTrue
      ? noisy
        ? Math.round(config.data.train * config.noise.rate)
        : 0
      : null,
    noise: null,
    network: fakeNetwork(config.network.preset),
    wall,
    epochs,
    verdict: until >= 0 ? fakeVerdict(config, until) : null,
    kept: [],
  };
}
