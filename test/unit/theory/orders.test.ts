/** The orders that the theorems state. */
import { expect, test } from 'vitest';
import { clusteringOf } from '../../../core/theory/centres.ts';
import { constantsOf } from '../../../core/theory/constants.ts';
import { ordersOf } from '../../../core/theory/orders.ts';
import { clustersWith } from './data.ts';

test('orders grow as the paper says', () => {
  const data = clustersWith({ clusters: 4, eps0: 0.5 });
  const constants = constantsOf(data, clusteringOf(data, 'known', 0));
  const orders = ordersOf(constants, 3);
  expect(orders).toMatchObject({ width: 81 * 16, iterations: 4 });
  expect(orders.distance).toBeCloseTo(2 / constants.eps0, 12);
});

test('what no width and no distance is enough for is null', () => {
  const data = clustersWith({});
  const constants = constantsOf(data, clusteringOf(data, 'known', 0));
  expect(ordersOf({ ...constants, eps0: 0 }, Infinity)).toMatchObject({
    width: null,
    distance: null,
  });
});
