/** A run with all that a report tells of. */
import type { RunView } from '../../core/contract/messages/records.ts';
import { presets } from '../../core/kinds/presets.ts';
import { epoch, verdict } from './drawing/epochs.ts';

const EPOCHS = 6;

/** What sets such a run apart. */
interface Apart {
  rate?: number;
  seed?: number;
  testAtStop?: number;
}

/** A run of six epochs that stops at 3. */
export function reportOf(name: string, apart: Apart = {}): RunView {
  const { rate = 0.4, seed = 0, testAtStop = 0.9 } = apart;
  const { config } = presets()[0]!;
  const noise = { ...config.noise, rate };
  return {
    row: {
      id: 'a-run',
      name,
      status: 'finished',
      problem: null,
      created: '2026-01-02T03:04:05Z',
      lastEpoch: EPOCHS - 1,
      savedEpochs: 0,
      recommended: 3,
      testAtStop,
      testBest: 0.9,
      testLast: 0.8,
      relativeDistance: 2.5,
      config: { ...config, name, noise, training: { ...config.training, seed } },
      recorded: null,
    },
    epochs: Array.from({ length: EPOCHS }, (_, i) => epoch(i)),
    verdict,
    trainCount: 100,
    holdoutCount: 20,
    testCount: 50,
    wrongLabels: 40,
    network: null,
    classes: ['cat', 'dog_1'],
    inferred: [],
    noise: {
      wrong: 40,
      total: 100,
      realizedRate: 0.4,
      askedRate: 0.4,
      asked: [
        [0.6, 0.4],
        [0.4, 0.6],
      ],
      matrix: [
        [30, 20],
        [20, 30],
      ],
    },
  } as unknown as RunView;
}
