import { dataFormat } from '../../core/contract/words/notes.ts';
import { describe, expect, test } from 'vitest';
import { emptyParts } from '../../core/data/index.ts';
import type { Dataset } from '../../core/data/index.ts';
import { scaled, scalingOf } from '../../core/training/features.ts';
import { recordOf } from '../../core/training/signals.ts';
import type { EpochSignals } from '../../core/training/signals.ts';
import { metricsCsv } from '../../core/report/csv.ts';
import { histogramOf, outcomesOf } from '../../core/run-folder/epoch-views.ts';

const signals: EpochSignals = {
  epoch: 2,
  evaluated: {
    train: { classes: Uint8Array.of(0, 1, 2, 1), losses: Float32Array.of(1, 2, 3, 4) },
    holdout: { classes: Uint8Array.of(1, 1), losses: Float32Array.of(0.5, 1.5) },
    test: { classes: new Uint8Array(0), losses: new Float32Array(0) },
  },
  train: { given: Uint8Array.of(0, 1, 0, 2), truth: Uint8Array.of(0, 1, 2, 1) },
  holdout: { given: Uint8Array.of(1, 0), truth: null },
  test: new Uint8Array(0),
  before: Uint8Array.of(0, 0, 2, 0),
  moved: {
    moves: { moved: Float32Array.of(9, 7, 9), start: Float32Array.of(60, 20, 20) },
    layers: ['a', 'a', 'b'],
  },
  seconds: 1,
};

describe('an epoch record', () => {
  test('has every signal, computed by hand', () => {
    expect(recordOf(signals)).toEqual({
      epoch: 2,
      trainLoss: 2.5,
      trainAccuracy: 0.5,
      trainAccuracyTrue: 1,
      holdoutLoss: 1,
      holdoutAccuracy: 0.5,
      distance: 5,
      relativeDistance: 0.5,
      distanceByLayer: { a: 4, b: 3 },
      predictionChanges: 2,
      lossTrueLabels: 1.5,
      lossWrongLabels: 3.5,
      seconds: 1,
    });
  });

  test('leaves out what cannot be known', () => {
    const train = { ...signals.train, truth: null };
    const record = recordOf({ ...signals, train, before: null });
    for (const field of ['trainAccuracyTrue', 'lossTrueLabels', 'testLoss', 'predictionChanges']) {
      expect(record).not.toHaveProperty(field);
    }
  });

  test('is a line of CSV under the names of the contract', () => {
    const [head, line] = metricsCsv([{ run: 'one', rows: [recordOf(signals)] }]).split('\n');
    expect(head).toBe(
      'epoch,trainLoss,trainAccuracy,trainAccuracyTrue,holdoutLoss,holdoutAccuracy,testLoss,' +
        'testAccuracy,distance,relativeDistance,predictionChanges,lossTrueLabels,' +
        'lossWrongLabels,seconds,distanceByLayer.a,distanceByLayer.b',
    );
    expect(line).toBe('2,2.5,0.5,1,1,0.5,,,5,0.5,2,1.5,3.5,1,4,3');
    const other = { ...recordOf(signals), distanceByLayer: { c: 9 } };
    const both = [
      { run: 'one', rows: [recordOf(signals)] },
      { run: 'two', rows: [other] },
    ];
    const lines = metricsCsv(both).split('\n');
    expect(lines[0]).toMatch(
      /^run,epoch,.*,distanceByLayer\.a,distanceByLayer\.b,distanceByLayer\.c$/,
    );
    expect(lines[1]).toBe(`one,${line},`);
    expect(lines[2]).toBe('two,2,2.5,0.5,1,1,0.5,,,5,0.5,2,1.5,3.5,1,,,9');
  });
});

describe('views', () => {
  const labels = { ...signals.train, wall: new Uint32Array(0) };

  test('count what became of wrong labels', () => {
    expect(outcomesOf(Uint8Array.of(0, 1, 0, 0), labels)).toEqual({
      recovered: 0,
      memorized: 1,
      other: 1,
    });
    expect(outcomesOf(Uint8Array.of(0, 1, 0, 0), { ...labels, truth: null })).toBeNull();
  });

  test('put every loss into a bin, the largest into the last', () => {
    const { right, wrong } = histogramOf(Float32Array.of(0, 7.99, 1000, 0.3), labels);
    expect([right[0], right.at(-1), wrong.at(-1), wrong[1]]).toEqual([1, 1, 1, 1]);
  });
});

describe('scaling comes from the training samples alone', () => {
  const dataset = (values: Uint8Array | Float32Array, columns: number): Dataset => ({
    name: 'made',
    format: dataFormat('table'),
    ...emptyParts(),
    shape: [1, 1, columns],
    classes: ['a', 'b'],
    train: { values, labels: new Uint8Array(values.length / columns), truth: null },
    test: null,
  });

  test('pictures: mean and standard deviation of all their pixels', () => {
    const pixels = Uint8Array.of(2, 4, 4, 4, 5, 5, 7, 9, 255, 255);
    const { mean, deviation } = scalingOf(dataset(pixels, 2), Uint32Array.of(0, 1, 2, 3));
    expect([[...mean], [...deviation]]).toEqual([[5], [2]]);
    const flat = scalingOf(dataset(Uint8Array.of(3, 3), 1), Uint32Array.of(0, 1));
    expect([[...flat.mean], [...flat.deviation]]).toEqual([[3], [1]]);
  });

  test('tables: of each column, a constant one staying as it is', () => {
    const values = Float32Array.of(1, 7, 3, 7, 100, 0);
    const made = dataset(values, 2);
    const scaling = scalingOf(made, Uint32Array.of(0, 1));
    expect([[...scaling.mean], [...scaling.deviation]]).toEqual([
      [2, 7],
      [1, 1],
    ]);
    expect([...scaled(values, Uint32Array.of(1, 0), 2, scaling)]).toEqual([1, 0, -1, 0]);
  });
});
