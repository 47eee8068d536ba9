/** Agreement of the tangent kernel with true and with given labels, along training. */
import type { Axis, Point } from '../contract/messages/charts.ts';
import { NO_DATA } from '../contract/messages/figures.ts';
import type { FigurePanel, FigureSettings } from '../contract/messages/figures.ts';
import { digits } from '../contract/words/numbers.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import { centredAlignment, traceKernel } from '../theory/alignment.ts';
import { choice, list, real, whole } from '../contract/catalogue/field.ts';
import { chart, numbers, phrase, seriesOf, shares } from '../contract/drawing/parts.ts';
import { readDrawn, writeDrawn } from './drawn-file.ts';
import type { Drawn, Figure, Making } from './figure.ts';
import { watchKernel } from './kernel-along.ts';
import type { KernelMoment } from './kernel-along.ts';
import { dataField } from './settings.ts';

const QUICK: FigureSettings = {
  data: 'mnist',
  train: 2000,
  samples: 100,
  rate: 0.4,
  network: 'lenet',
  optimizer: 'adam',
  moments: [0, 1, 2, 3, 5, 8, 12, 16, 20, 30, 40],
  learningRate: 0.001,
  seed: 0,
};

/** Kernel alignment of any network with the labels of some samples. */
export const alignment: Figure = {
  info: {
    id: 'alignment',
    sign: 'Θ',
    group: 'beyond',
    fields: [
      dataField('mnist'),
      whole('train', 20, 60_000),
      whole('samples', 10, 1000),
      real('rate', 0, 1, 0.01),
      choice('network', 'lenet', 'mlp', 'softmax', 'resnet', 'cifar-cnn'),
      choice('optimizer', 'adam', 'momentum', 'sgd', 'adadelta'),
      list('moments', 0, 1000),
      real('learningRate', 0.0001, 10, 0.0001),
      whole('seed', 0, 9999),
    ],
    sizes: [
      { id: 'quick', settings: QUICK },
      { id: 'cifar', settings: { ...QUICK, data: NO_DATA, network: 'resnet' } },
    ],
    instant: false,
  },
  open: (_settings, folder) => readDrawn(folder),
  make,
};

/** The kernel after an epoch; an alignment is null where all labels of the samples are alike. */
interface Aligned {
  epoch: number;
  truth: number | null;
  given: number | null;
  /** Training accuracies, 0 to 1. */
  accuracyTrue: number | undefined;
  accuracyGiven: number;
}

async function make(settings: FigureSettings, making: Making): Promise<void> {
  const found: Aligned[] = [];
  const watched = {
    name: 'Kernel alignment',
    rowsOf: 'outputs',
    doing: 'figures.doing.kernels',
  } as const;
  await watchKernel(watched, settings, making, async (moment) => {
    const gram = await moment.kernel.tangentKernel(moment.state, moment.control);
    if (!gram) return false;
    found.push(alignedOf(gram, moment));
    const drawn = draw(found, moment.samples, moment.isLast ? 'complete' : 'partial');
    making.more(drawn);
    if (moment.isLast) writeDrawn(making.folder, drawn);
    return true;
  });
}

function alignedOf(gram: Float32Array, moment: KernelMoment): Aligned {
  const { record, labels, samples, outputs } = moment;
  const kernel = traceKernel(gram, samples, outputs);
  return {
    epoch: record.epoch,
    truth: centredAlignment(kernel, labels.truth ?? labels.given),
    given: centredAlignment(kernel, labels.given),
    accuracyTrue: record.trainAccuracyTrue,
    accuracyGiven: record.trainAccuracy,
  };
}

function draw(found: readonly Aligned[], samples: number, state: Drawn['state']): Drawn {
  const points = (of: 'truth' | 'given' | 'accuracyTrue' | 'accuracyGiven') =>
    found.flatMap(({ epoch, [of]: y }): Point[] =>
      typeof y === 'number' ? [{ x: epoch, y }] : [],
    );
  return {
    state,
    panels: [
      panel(
        'alignment',
        numbers(phrase('figures.axes.alignment'), { min: 0 }),
        points('truth'),
        points('given'),
      ),
      panel(
        'accuracyAlong',
        shares(phrase('figures.axes.accuracy')),
        points('accuracyTrue'),
        points('accuracyGiven'),
      ),
    ],
    facts: [{ name: phrase('figures.facts.kernelSamples'), value: digits(samples) }],
    findings: findingOf(found),
  };
}

function panel(
  id: 'alignment' | 'accuracyAlong',
  y: Axis,
  truth: Point[],
  given: Point[],
): FigurePanel {
  return chart(
    id,
    phrase(`figures.panels.${id}`),
    { x: numbers(phrase('figures.axes.epoch'), { min: 0 }), y },
    [
      seriesOf(phrase('figures.series.trueLabels'), 'truth', truth, {
        draw: 'both',
        dash: 'dashed',
        mark: 'square',
      }),
      seriesOf(phrase('figures.series.givenLabels'), 'given', given, { draw: 'both' }),
    ],
  );
}

/** Where the kernel agrees most with the true labels, and how it ends. */
function findingOf(found: readonly Aligned[]): Phrase[] {
  const known = found.filter(({ truth }) => truth !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return [];
  const best = known.reduce((a, b) => (b.truth! > a.truth! ? b : a));
  return [
    phrase('figures.findings.alignment', {
      first: digits(first.truth),
      firstEpoch: first.epoch,
      best: digits(best.truth),
      bestGiven: digits(best.given),
      epoch: best.epoch,
      end: digits(last.truth),
      endGiven: digits(last.given),
      last: last.epoch,
    }),
  ];
}
