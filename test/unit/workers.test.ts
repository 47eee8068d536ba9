/** What the main process lets the core ask of it about worker processes. */
import { expect, test } from 'vitest';
import { parseWorkerRequest } from '../../core/contract/messages/workers.ts';

test('a request is told from other messages', () => {
  expect(parseWorkerRequest({ id: 1, result: null })).toBeNull();
  expect(parseWorkerRequest(null)).toBeNull();
  expect(parseWorkerRequest({ worker: 0, order: 'start' })).toEqual({ worker: 0, order: 'start' });
  const order = { kind: 'train', folder: '/runs/a', config: { name: 'a' } };
  expect(parseWorkerRequest({ worker: 3, order })).toEqual({ worker: 3, order });
});

test.each([
  [{ worker: -1, order: 'start' }],
  [{ worker: 0, order: 'run' }],
  [{ worker: 0, order: { kind: 'exec' } }],
  [{ worker: 0, order: 'start', more: 1 }],
])('%j is refused', (message) => {
  expect(() => parseWorkerRequest(message)).toThrow();
});
