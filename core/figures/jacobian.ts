/** The Jacobian's spectrum of a network in training: few large singular values, many small ones. */
import { NO_DATA } from '../contract/messages/figures.ts';
import type { FigurePanel, FigureSettings } from '../contract/messages/figures.ts';
import { digits } from '../contract/words/numbers.ts';
import { readDrawn, writeDrawn } from './drawn-file.ts';
import { choice, list, real, whole } from '../contract/catalogue/field.ts';
import type { Drawn, Figure, Making } from './figure.ts';
import { watchKernel } from './kernel-along.ts';
import { chart, logarithmic, phrase, seriesOf } from '../contract/drawing/parts.ts';
import { ranked } from './proof-picture.ts';
import { dataField, textOf } from './settings.ts';

/** The paper's own: a residual network on all of a person's CIFAR-10, before and after training. */
const RESNET: FigureSettings = {
  data: NO_DATA,
  train: 50_000,
  rate: 0,
  network: 'resnet',
  optimizer: 'adam',
  moments: [0, 30],
  learningRate: 0.001,
  seed: 0,
};

/** The Jacobian spectrum of the paper's experiments, for any network and data. */
export const jacobian: Figure = {
  info: {
    id: 'spectrum',
    sign: 'σ',
    group: 'figures',
    fields: [
      dataField('mnist'),
      whole('train', 20, 60_000),
      whole('samples', 2, 10_000),
      choice('rows', 'outputs', 'label'),
      real('rate', 0, 1, 0.01),
      choice('network', 'lenet', 'mlp', 'softmax', 'resnet', 'cifar-cnn'),
      choice('optimizer', 'sgd', 'momentum', 'adam', 'adadelta'),
      list('moments', 0, 1000),
      real('learningRate', 0.0001, 10, 0.0001),
      whole('seed', 0, 9999),
    ],
    sizes: [
      {
        id: 'quick',
        settings: {
          data: 'mnist',
          train: 1000,
          samples: 100,
          rows: 'outputs',
          rate: 0.3,
          network: 'lenet',
          optimizer: 'sgd',
          moments: [0, 5, 40],
          learningRate: 0.02,
          seed: 0,
        },
      },
      { id: 'allOutputs', settings: { ...RESNET, samples: 1000, rows: 'outputs' } },
      { id: 'ownLabel', settings: { ...RESNET, samples: 10_000, rows: 'label' } },
    ],
    instant: false,
  },
  open: (_settings, folder) => readDrawn(folder),
  make,
};

/** A spectrum at one epoch. */
interface Found {
  epoch: number;
  values: number[];
}

async function make(settings: FigureSettings, making: Making): Promise<void> {
  const found: Found[] = [];
  const rowsOf = textOf(settings, 'rows') as 'outputs' | 'label';
  const watched = { name: 'Jacobian spectrum', rowsOf, doing: 'figures.doing.spectra' } as const;
  await watchKernel(watched, settings, making, async (moment) => {
    const { record, kernel, state, control, isLast } = moment;
    const singular = await kernel.singularValues(state, control);
    if (!singular) return false;
    found.push({ epoch: record.epoch, values: [...singular] });
    const drawn = draw(found, kernel, isLast ? 'complete' : 'partial');
    making.more(drawn);
    if (isLast) writeDrawn(making.folder, drawn);
    return true;
  });
}

interface Size {
  rows: number;
  parameters: number;
}

const aboveTenth = (values: readonly number[]) =>
  values.filter((value) => value >= values[0]! / 10).length;

function draw(found: readonly Found[], size: Size, state: Drawn['state']): Drawn {
  const first = found[0]!;
  const last = found.at(-1)!;
  return {
    state,
    panels: [
      panel(found, 'singular', (value) => value),
      panel(found, 'kernel', (value) => value ** 2),
    ],
    facts: [
      {
        name: phrase('figures.facts.jacobian'),
        value: `${digits(size.rows)} × ${digits(size.parameters)}`,
      },
      ...found.map(({ epoch, values }) => ({
        name: phrase('figures.facts.aboveTenthAt', { epoch }),
        value: `${digits(aboveTenth(values))} / ${digits(values.length)}`,
      })),
    ],
    findings: [
      phrase('figures.findings.lowRank', {
        rows: digits(size.rows),
        first: digits(aboveTenth(first.values)),
        last: digits(aboveTenth(last.values)),
        epoch: last.epoch,
      }),
    ],
  };
}

function panel(
  found: readonly Found[],
  id: 'singular' | 'kernel',
  of: (value: number) => number,
): FigurePanel {
  const most = Math.max(1, found.length - 1);
  const isSingular = id === 'singular';
  // Of the first and the last: more lines would hide what they are for.
  const tenths = [...new Set([found[0]!, found.at(-1)!])].map(({ epoch, values }) => ({
    axis: 'y' as const,
    at: values[0]! / 10,
    name: phrase('figures.rules.tenthAt', { epoch }),
  }));
  return chart(
    id,
    phrase(isSingular ? 'figures.panels.singular' : 'figures.panels.kernel'),
    {
      x: logarithmic(phrase('figures.axes.number'), { min: 1 }),
      y: logarithmic(phrase(isSingular ? 'figures.axes.singular' : 'figures.axes.eigenvalue')),
    },
    found.map(({ epoch, values }, i) =>
      seriesOf(
        phrase('figures.series.atEpoch', { epoch }),
        { level: i / most },
        ranked(values.map(of)),
      ),
    ),
    { rules: isSingular ? tenths : [] },
  );
}
