import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimate, stride } from '../../renderer/chart/decimate.ts';
import { placeLabels } from '../../core/contract/drawing/labels.ts';
import { tabSeparated } from '../../renderer/chart/spec.ts';

const line = (many: number) => Array.from({ length: many }, (_, x) => ({ x, y: Math.sin(x / 7) }));

describe('decimate', () => {
  test('leaves a short line as it is', () => {
    expect(decimate(line(300))).toEqual(line(300));
  });

  test('keeps ends, order, peaks and the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 3, maxLength: 900 }),
        (ys) => {
          const points = ys.map((y, x) => ({ x, y }));
          const kept = decimate(points, 50);
          expect(kept.length).toBeLessThanOrEqual(Math.max(50, Math.min(points.length, 50)));
          expect(kept[0]).toEqual(points[0]);
          expect(kept.at(-1)).toEqual(points.at(-1));
          expect(kept.every((point, i) => i === 0 || point.x > (kept[i - 1]?.x ?? -1))).toBe(true);
          expect(Math.max(...kept.map((point) => point.y))).toBe(Math.max(...ys));
          expect(Math.min(...kept.map((point) => point.y))).toBe(Math.min(...ys));
        },
      ),
    );
  });
});

test('stacked lines lose the same points and keep their last', () => {
  const kept = stride(line(1000), 300);
  expect(kept.length).toBeLessThanOrEqual(301);
  expect(kept.at(-1)?.x).toBe(999);
  expect(kept.map((point) => point.x)).toEqual(
    stride(
      line(1000).map(({ x }) => ({ x, y: 0 })),
      300,
    ).map((point) => point.x),
  );
});

describe('placeLabels', () => {
  test('leaves labels where they wish while they are apart', () => {
    expect(placeLabels([20, 80, 50], 14, 0, 100)).toEqual([20, 80, 50]);
  });

  test('moves touching labels apart around their middle', () => {
    expect(placeLabels([50, 50], 14, 0, 100)).toEqual([43, 57]);
  });

  test('never lets two touch, keeps their order and, where they fit, the bounds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 12 }),
        (wishes) => {
          const placed = placeLabels(wishes, 14, 0, 200);
          const order = wishes.map((_, i) => i).sort((a, b) => (wishes[a] ?? 0) - (wishes[b] ?? 0));
          order.forEach((index, i) => {
            const before = order[i - 1];
            if (before === undefined) return;
            expect((placed[index] ?? 0) - (placed[before] ?? 0)).toBeGreaterThanOrEqual(14 - 1e-9);
          });
          expect(Math.min(...placed)).toBeGreaterThanOrEqual(-1e-9);
          expect(Math.max(...placed)).toBeLessThanOrEqual(200 + 1e-9);
        },
      ),
    );
  });
});

test('a table is copied as tab-separated text', () => {
  expect(tabSeparated({ columns: ['a', 'b'], rows: [[1, '2%']] })).toBe('a\tb\n1\t2%');
});
