/** What lies in the fake lab at the start, as the URL's `?scenario=` wants it. */
import type { Config } from '../../core/contract/config/schema.ts';
import type { RunView } from '../../core/contract/messages/records.ts';
import { fakeRun, READY } from './fake-run.ts';

const query = new URLSearchParams(location.search);
/** Which scenario the URL asks for. */
export const scenario = query.get('scenario') ?? '';

/** A changed copy of a config, under another name. */
export function change(config: Config, name: string, edit: (config: Config) => void): Config {
  const copy = structuredClone(config);
  copy.name = name;
  edit(copy);
  return copy;
}

/** The configuration that a scenario starts from. */
export function readyConfig(): Config {
  return change(READY, READY.name, (config) => {
    if (scenario === 'unknown') config.data.labelsAreTrue = false;
    if (scenario === 'notest') config.data.test = 0;
    if (scenario === 'clean') config.noise.kind = 'none';
    if (scenario === 'auto') config.training.stopChance = 0.2;
    config.training.epochs = scenario === 'early' ? 9 : Number(query.get('epochs') ?? 40);
  });
}

const LONG =
  'Comparing how quickly a paper-sized convolutional network memorizes pair noise at a rate of forty-five percent';

/** Fills the runs folder. */
export function fill(stored: Map<string, RunView>): void {
  if (scenario === 'empty') return;
  const put = (
    id: string,
    config: Config,
    until: number,
    status: RunView['row']['status'],
  ): RunView => {
    const view = fakeRun(id, config, until, status);
    view.row.created = new Date(Date.now() - stored.size * 7.3e6).toISOString();
    stored.set(id, view);
    return view;
  };
  put('run-a', READY, 40, 'finished');
  put(
    'run-b',
    change(READY, 'MNIST, 20% symmetric noise', (c) => (c.noise.rate = 0.2)),
    40,
    'finished',
  );
  put(
    'run-c',
    change(READY, scenario === 'long' ? LONG : 'Pair noise, 30%', (c) => {
      Object.assign(c.noise, { kind: 'pair', rate: 0.3 });
      c.training.optimizer = 'adam';
      c.training.learningRate = 0.001;
    }),
    40,
    'finished',
  );
  put(
    'run-d',
    change(READY, 'No noise', (c) => (c.noise.kind = 'none')),
    40,
    'finished',
  );
  put(
    'run-e',
    change(READY, 'Cut short by a power failure', (c) => (c.training.seed = 1)),
    17,
    'interrupted',
  );
  if (scenario === 'movedData') {
    const sent = change(READY, 'Sent by a colleague', (c) => (c.data.source = '/home/bob/digits'));
    put('run-m', sent, 12, 'stopped');
  }
  const failed = put(
    'run-f',
    change(READY, 'Learning rate far too high', (c) => (c.training.learningRate = 20)),
    2,
    'failed',
  );
  failed.row.problem = {
    code: 'errors.training.diverged',
    values: { field: { path: 'training.learningRate' }, rate: 20, epoch: 3 },
  };
  failed.row.recommended = null;
  if (scenario === 'auto') {
    const itself = change(READY, 'Stops by itself', (c) => (c.training.stopChance = 0.2));
    put('run-g', itself, 16, 'finished');
  }
  if (scenario === 'epochs') {
    const thousand = change(READY, 'A thousand epochs', (c) => (c.training.epochs = 1000));
    put('run-g', thousand, 1000, 'finished');
  }
  if (scenario === 'many') {
    for (let i = 0; i < 60; i++)
      put(
        `more-${i}`,
        change(READY, `Sweep ${i}`, (c) => (c.training.seed = i)),
        40,
        'finished',
      );
  }
}
