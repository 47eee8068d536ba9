/** The orders that the theorems state. */
import { SingularValueDecomposition, Matrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import { clusteringOf } from '../../../core/theory/centres.ts';
import { constantsOf } from '../../../core/theory/constants.ts';
import { ordersOf, paperRate, spectralNorm } from '../../../core/theory/orders.ts';
import { clustersWith } from './data.ts';

const PARTS = { lambda: 0.25, norm: 1.5 };

test('orders grow as the paper says', () => {
  const data = clustersWith({ clusters: 4, eps0: 0.5 }, 20);
  const constants = constantsOf(data, clusteringOf(data, 'known', 0));
  const { rho, eps0 } = constants;
  expect(rho).toBeCloseTo(0.2, 12);
  const orders = ordersOf(constants, { ...PARTS, rate: 2 });
  expect(orders.width).toBeCloseTo((1.5 ** 4 * 16) / 0.25 ** 4, 9);
  expect(orders.eps0).toBeCloseTo((2 * 0.0625) / 16, 12);
  expect(orders.iterations).toBeCloseTo((4 / (2 * 0.25)) * Math.log(5), 9);
  expect(orders.distance).toBe(4);
  expect(orders.drift).toBeCloseTo((4 * eps0) / 2.25, 12);
  expect(orders.wrongDistance).toBeCloseTo(2 / eps0, 12);
});

test("at the paper's rate iterations grow as its squared norm over lambda", () => {
  const constants = { clusters: 4, delta: 2, eps0: 0.1, rho: 0.1 };
  const expected = (1.5 ** 2 / 0.25) * Math.log(10);
  expect(ordersOf(constants, PARTS).iterations).toBeCloseTo(expected, 9);
  const rate = paperRate(4, 1.5);
  expect(ordersOf(constants, { ...PARTS, rate }).iterations).toBeCloseTo(expected, 9);
});

test('what no width, no iteration and no distance is enough for is null', () => {
  const constants = { clusters: 4, delta: 2, eps0: 0, rho: 0 };
  expect(ordersOf(constants, { lambda: 0, norm: 1 })).toEqual({
    width: null,
    eps0: null,
    iterations: null,
    distance: null,
    drift: 0,
    wrongDistance: null,
  });
  expect(ordersOf(constants, PARTS).iterations).toBeNull();
});

test('the norm of the centres is their largest singular value', () => {
  const data = clustersWith({ clusters: 6, dimension: 4 });
  const { centres } = clusteringOf(data, 'known', 0);
  const matrix = new Matrix(centres.map((centre) => [...centre]));
  const [largest] = new SingularValueDecomposition(matrix).diagonal;
  expect(spectralNorm(centres)).toBeCloseTo(largest!, 9);
});
