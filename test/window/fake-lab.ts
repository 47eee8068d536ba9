/**
 * A whole `window.lab` in memory, for tests in plain Chromium and for working on the window without
 * Electron. The URL chooses: `?speed=40` (milliseconds an epoch), `?scenario=` one of `empty`,
 * `error`, `slow`, `crash`, `long`, `unknown`, `notest`, `clean`, `nocore`, `many`.
 */
import type {
  Config,
  LabEvent,
  Method,
  Params,
  Result,
  RunView,
} from '../../core/protocol/index.ts';
import { parseEvent, parseRequest, parseResult } from '../../core/protocol/index.ts';
import type { LabBridge } from '../../renderer/lab.ts';
import {
  fakeEpoch,
  fakeNetwork,
  fakeNoise,
  fakeRow,
  fakeRun,
  fakeVerdict,
  READY,
} from './fake-run.ts';

type Handlers = { [M in Method]: (params: Params<M>) => Result<M> | Promise<Result<M>> };

const query = new URLSearchParams(location.search);
const scenario = query.get('scenario') ?? '';
const speed = Number(query.get('speed') ?? 250);
const listeners = new Set<(event: LabEvent) => void>();
const stored = new Map<string, RunView>();
const trash = new Map<string, RunView>();
/** What was asked, for tests to look at. */
const asked: { method: string; params: unknown }[] = [];
const wait = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));

interface Live {
  id: string;
  paused: boolean;
  stopped: boolean;
}
let live: Live | null = null;
let made = 0;

function emit(event: LabEvent): void {
  for (const listener of listeners) listener(parseEvent(event));
}

function change(config: Config, name: string, edit: (config: Config) => void): Config {
  const copy = structuredClone(config);
  copy.name = name;
  edit(copy);
  return copy;
}

/** The configuration that a scenario starts from. */
function readyConfig(): Config {
  return change(READY, READY.name, (config) => {
    if (scenario === 'unknown') config.data.labelsAreTrue = false;
    if (scenario === 'notest') config.data.test = 0;
    if (scenario === 'clean') config.noise.kind = 'none';
    config.training.epochs = Number(query.get('epochs') ?? 40);
  });
}

const LONG =
  'Comparing how quickly a paper-sized convolutional network memorizes pair noise at a rate of forty-five percent';

function fill(): void {
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
    change(READY, 'MNIST, 20 % symmetric noise', (c) => (c.noise.rate = 0.2)),
    40,
    'finished',
  );
  put(
    'run-c',
    change(READY, scenario === 'long' ? LONG : 'Pair noise, 30 %', (c) => {
      c.noise = { kind: 'pair', rate: 0.3, seed: 0 };
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
  const failed = put(
    'run-f',
    change(READY, 'Learning rate far too high', (c) => (c.training.learningRate = 20)),
    2,
    'failed',
  );
  failed.row.problem = 'The loss became NaN in epoch 3; try a learning rate below 20.';
  failed.row.recommended = null;
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

async function play(id: string, config: Config, from: number): Promise<void> {
  const self: Live = { id, paused: false, stopped: false };
  live = self;
  const { epochs } = config.training;
  const view = stored.get(id);
  if (!view) return;
  emit({
    event: 'run.progress',
    id,
    phase: 'preparing',
    epoch: 0,
    fraction: 0,
    epochs,
    secondsLeft: null,
  });
  await wait(Math.min(150, speed));
  emit({ event: 'run.started', id, view: { ...view, epochs: [] } });
  for (let epoch = from; epoch <= epochs && !self.stopped; epoch++) {
    const secondsLeft = ((epochs - epoch) * speed) / 1000 + 1;
    emit({
      event: 'run.progress',
      id,
      phase: 'training',
      epoch,
      fraction: 0.5,
      epochs,
      secondsLeft,
    });
    await wait(speed);
    while (self.paused && !self.stopped) await wait(20);
    if (scenario === 'crash' && epoch === 14 && from === 0) {
      live = null;
      view.row = { ...view.row, status: 'interrupted' };
      emit({ event: 'core.crashed', id, message: 'it ended with signal SIGKILL.' });
      emit({ event: 'core.ready' });
      return;
    }
    const one = fakeEpoch(config, epoch, view.wall);
    view.epochs.push(one);
    view.verdict = fakeVerdict(config, epoch);
    view.row = { ...fakeRow(id, config, view.epochs, 'running'), created: view.row.created };
    emit({ event: 'run.epoch', id, view: one, verdict: view.verdict, secondsLeft });
  }
  view.row = { ...view.row, status: self.stopped ? 'stopped' : 'finished' };
  live = null;
  emit({ event: 'run.ended', id, row: view.row });
}

function known(id: string): RunView {
  const view = stored.get(id);
  if (!view) throw new Error(`There is no run “${id}”.`);
  return view;
}

const handlers: Handlers = {
  'core.info': () => {
    if (scenario === 'nocore') throw new Error('TensorFlow’s native library cannot be loaded.');
    return {
      runsFolder: '/home/ada/label-noise-lab/runs',
      versions: {},
      presets: [
        { id: 'mnist-quick', title: 'MNIST, 40 % symmetric noise', config: readyConfig() },
        {
          id: 'mnist-pair',
          title: 'MNIST, 30 % pair noise',
          config: change(
            READY,
            'MNIST, 30 % pair noise',
            (c) => (c.noise = { kind: 'pair', rate: 0.3, seed: 0 }),
          ),
        },
      ],
      networks: [
        { id: 'softmax', title: 'Softmax' },
        { id: 'mlp', title: 'MLP 512-256' },
        { id: 'lenet', title: 'LeNet-5' },
        { id: 'paper-cnn', title: 'Paper CNN' },
      ],
      threads: 2,
    };
  },
  'data.describe': ({ source }) => {
    if (source.includes('broken'))
      throw new Error(
        `${source}/train-images-idx3-ubyte: the file ends 1,204 bytes too early. Copy it again.`,
      );
    return {
      name: source === 'mnist' ? 'MNIST' : source,
      shape: [28, 28, 1],
      classes: Array.from({ length: 10 }, (_, i) => String(i)),
      trainAvailable: 60000,
      testAvailable: 10000,
      classCounts: new Array<number>(10).fill(6000),
    };
  },
  'noise.preview': async (params) => {
    await wait(15);
    return fakeNoise(params);
  },
  'network.describe': ({ network }) => fakeNetwork(network.preset),
  'run.start': ({ config }) => {
    if (live) throw new Error('A run is going on.');
    if (scenario === 'error')
      throw new Error('The disk is full: 12 MB are needed in /home/ada/label-noise-lab/runs.');
    const id = `new-${++made}`;
    stored.set(id, fakeRun(id, config, -1, 'running'));
    void play(id, config, 0);
    return { id };
  },
  'run.pause': () => {
    if (live) {
      live.paused = true;
      const { epochs, config } = {
        epochs: known(live.id).epochs.length,
        config: known(live.id).row.config,
      };
      emit({
        event: 'run.progress',
        id: live.id,
        phase: 'paused',
        epoch: epochs,
        fraction: 0,
        epochs: config.training.epochs,
        secondsLeft: null,
      });
    }
    return {};
  },
  'run.unpause': () => {
    if (live) live.paused = false;
    return {};
  },
  'run.stop': () => {
    if (live) live.stopped = true;
    return {};
  },
  'run.resume': ({ id }) => {
    const view = known(id);
    void play(id, view.row.config, view.row.lastEpoch + 1);
    return { id };
  },
  'run.open': async ({ id }) => {
    await wait(20);
    const view = known(id);
    return { ...view, epochs: [...view.epochs] };
  },
  'run.keepModel': ({ id, epoch }) => {
    known(id).kept.push(epoch);
    return { path: `/home/ada/label-noise-lab/runs/${id}/kept/epoch-${epoch}.safetensors` };
  },
  'run.writeReport': ({ path }) => ({ path }),
  'runs.list': async () => {
    await wait(scenario === 'slow' ? 3000 : 20);
    if (scenario === 'error')
      return {
        rows: [],
        problem:
          '/home/ada/label-noise-lab/runs cannot be read: permission denied. Give yourself the right to read it.',
      };
    return { rows: [...stored.values()].map((view) => view.row), problem: null };
  },
  'runs.rename': ({ id, name }) => {
    const view = known(id);
    view.row = { ...view.row, name };
    return {};
  },
  'runs.delete': ({ id }) => {
    trash.set(id, known(id));
    stored.delete(id);
    return {};
  },
  'runs.restore': ({ id }) => {
    const view = trash.get(id);
    if (view) stored.set(id, view);
    return {};
  },
  'host.openData': () => ({ path: '/home/ada/fashion-mnist' }),
  'host.saveReport': ({ id, format }) => ({ path: `/home/ada/${id}.${format}` }),
  'host.showFolder': () => ({}),
  'host.setTheme': () => ({}),
  'host.info': () => ({
    theme: (query.get('theme') ?? 'system') as 'system',
    electron: '33.2.1',
    chromium: '130',
  }),
};

const bridge: LabBridge = {
  async request<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
    // What crosses to another process is cloned there, which fails on a proxy: here as well.
    const sent = structuredClone(params);
    asked.push({ method, params: sent });
    const { params: checked } = parseRequest({ id: 1, method, params: sent });
    return parseResult(method, structuredClone(await handlers[method](checked as Params<M>)));
  },
  onEvent(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  pathForFile: (file) => `/home/ada/${file.name}`,
};

fill();
window.lab = bridge;
Object.assign(window, { fake: { emit, asked } });
