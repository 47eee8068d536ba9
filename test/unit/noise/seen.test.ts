/** Noise among the classes that training samples have, and what is known of whose digits. */
import { said } from '../said.ts';
import { describe, expect, test } from 'vitest';
import { asked, corrupt, notesOn } from '../../../core/noise/index.ts';
import { inputOf, inTurn } from './tools.ts';
import type { Wish } from './tools.ts';

describe('classes that no training sample has', () => {
  const classes = ['a', 'b', 'c', 'd'];
  const seen = [0, 2, 3];
  const labels = inTurn(3000, 3).map((place) => seen[place]!);
  const kinds: Wish[] = [
    { kind: 'symmetric', rate: 0.5 },
    { kind: 'uniform', rate: 0.5 },
    { kind: 'pair', rate: 1 },
    { kind: 'sampled', rate: 0.4 },
    { kind: 'per-class', rates: [0.5, 1, 0.2, 0.3] },
    { kind: 'one-class', class: 3, rate: 1 },
    { kind: 'count', count: 900 },
    { kind: 'clusters', rate: 0.4 },
    { kind: 'instance', rate: 0.4 },
    { kind: 'block', groups: [[0, 1, 2], [3]], rate: 1 },
  ];

  test.each(kinds)('$kind draws none of them', (wish) => {
    const input = inputOf(labels, wish, { classes, seen });
    const given = corrupt(input);
    expect(new Set(given).has(1)).toBe(false);
    expect(given).not.toEqual(labels);
    const matrix = asked(input);
    if (!matrix) return;
    expect(matrix.map((row) => row.reduce((a, b) => a + b, 0))).toEqual(
      [1, 1, 1, 1].map((one) => expect.closeTo(one, 9) as number),
    );
    expect(matrix[1]).toEqual([0, 1, 0, 0]);
    expect(matrix.map((row) => row[1])).toEqual([0, 1, 0, 0]);
  });

  test('the next class of a pair is the next that is seen', () => {
    const given = corrupt(inputOf(labels, { kind: 'pair', rate: 1 }, { classes, seen }));
    expect(given).toEqual(labels.map((label) => (label === 0 ? 2 : label === 2 ? 3 : 0)));
  });

  test('difficulty takes the next best class that is seen', () => {
    const probabilities = Float32Array.from(
      { length: 4 * 4 },
      (_, i) => [0.3, 0.6, 0.1, 0][i % 4]!,
    );
    const four = Uint8Array.of(0, 0, 2, 3);
    const wish = { kind: 'difficulty', rate: 1 } as const;
    expect(corrupt(inputOf(four, wish, { classes, seen, probabilities }))).toEqual(
      Uint8Array.of(2, 2, 0, 0),
    );
  });

  test('where one class alone is seen, noise is refused', () => {
    const only = inputOf(new Uint8Array(9), { kind: 'symmetric' }, { classes, seen: [0] });
    expect(() => corrupt(only)).toThrow(/only one class/);
  });
});

test('what digits are mistaken for is known of MNIST alone', () => {
  const labels = inTurn(100, 10);
  const wish = { kind: 'asymmetric', rate: 1 } as const;
  expect(() => corrupt(inputOf(labels, wish, { known: null }))).toThrow(
    /known only for MNIST, CIFAR-10 and CIFAR-100; give .* \[0, 1, 7, 8/,
  );
  expect(corrupt(inputOf(labels, wish))).not.toEqual(labels);
});

test('a matrix rounded to three places is scaled, and told', () => {
  const third = [0.333, 0.333, 0.333];
  const noise = inputOf(inTurn(9, 3), { kind: 'matrix', matrix: [third, third, third] }).noise;
  const input = { ...inputOf(inTurn(9, 3), noise), classes: ['a', 'b', 'c'], seen: [0, 1, 2] };
  expect(asked(input)![0]).toEqual(
    [1 / 3, 1 / 3, 1 / 3].map((x) => expect.closeTo(x, 12) as number),
  );
  expect(notesOn(noise, null)).toHaveLength(1);
  const even = [
    [0.5, 0.5],
    [0.25, 0.75],
  ];
  expect(notesOn({ ...noise, matrix: even }, null)).toEqual([]);
});

test('that classes are taken for those of CIFAR-100 is told where it matters', () => {
  const of = (wish: Wish) => notesOn(inputOf(inTurn(9, 3), wish).noise, 'cifar-100');
  expect(said(of({ kind: 'block' }))[0]).toMatch(/taken as those of CIFAR-100/);
  expect(of({ kind: 'block', groups: [[0, 1]] })).toEqual([]);
  expect(of({ kind: 'symmetric' })).toEqual([]);
});

describe('classes by name', () => {
  const named = ['cat', 'dog', 'emu'];
  const labels = inTurn(300, 3);
  const noiseOf = (wish: Wish, classes: readonly string[] = named) =>
    inputOf(labels, wish, { classes }).noise;

  test('are found, and names come before numbers', () => {
    expect(noiseOf({ kind: 'one-class', class: 'emu' }).class).toBe(2);
    expect(noiseOf({ kind: 'one-class', class: 1 }).class).toBe(1);
    expect(noiseOf({ kind: 'one-class', class: 4 }, ['3', '4', '5']).class).toBe(1);
    expect(noiseOf({ kind: 'asymmetric', becomes: ['dog', 'cat', 2] }).becomes).toEqual([1, 0, 2]);
    expect(noiseOf({ kind: 'block', groups: [['cat', 'emu']] }).groups).toEqual([[0, 2]]);
  });

  test('that are not there are refused, with those that are', () => {
    expect(() => noiseOf({ kind: 'one-class', class: 'cow' })).toThrow(
      'noise.class names class "cow"; the classes are cat, dog, emu.',
    );
  });

  test('that another kind would read are left alone', () => {
    expect(noiseOf({ kind: 'symmetric', class: 'cow', becomes: ['x'] })).toMatchObject({
      class: 0,
      becomes: [],
    });
  });
});
