/** Presets, networks and folders of the fake lab. */
import { CATALOGUE } from 'virtual:catalogue';
import type { Result } from '../../core/contract/messages/messages.ts';
import { FIGURES } from './fake-paper.ts';
import { READY } from './fake-run.ts';
import { change, readyConfig } from './fake-scenarios.ts';

const LABEL_FORMATS = [
  { id: 'csv', extension: 'csv' },
  { id: 'npy', extension: 'npy' },
  { id: 'sorted', extension: null },
];

/** What `core.info` answers. */
export function fakeInfo(): Result<'core.info'> {
  return {
    runsFolder: '/home/ada/label-noise-lab/runs',
    versions: {},
    presets: [
      {
        id: 'mnist-quick',
        title: 'MNIST, 40% symmetric noise',
        config: readyConfig(),
        needs: null,
      },
      {
        id: 'mnist-pair',
        title: 'MNIST, 30% pair noise',
        config: change(READY, 'MNIST, 30% pair noise', (c) =>
          Object.assign(c.noise, { kind: 'pair', rate: 0.3 }),
        ),
        needs: null,
      },
      {
        id: 'cifar-sample',
        title: 'CIFAR-10, 4,000 samples',
        config: change(READY, 'CIFAR-10, 4,000 samples', (c) =>
          Object.assign(c.data, { source: 'your copy of CIFAR-10', train: 4000 }),
        ),
        needs: 'CIFAR-10',
      },
    ],
    // Its own figures are few and quick.
    catalogue: { ...CATALOGUE, figures: FIGURES, labelFormats: LABEL_FORMATS },
    threads: 2,
  };
}
