/**
 * A whole `window.lab` in memory, for tests in plain Chromium and for working on the window without Electron. The
 * URL chooses: `?speed=40` (milliseconds an epoch), `?scenario=` one of `empty`, `error`, `slow`, `crash`, `long`, `unknown`,
 * `notest`, `clean`, `auto`, `early`, `nocore`, `many`, `reading`, `epochs`, or one of `fake-labels.ts`.
 */
import type { Config } from '../../core/contract/config/schema.ts';
import type { PageMethod, Params, Result } from '../../core/contract/messages/messages.ts';
import type { LabEvent } from '../../core/contract/messages/events.ts';
import type { RunView } from '../../core/contract/messages/records.ts';
import { asWritten } from '../../core/contract/words/phrase.ts';
import { parseHostRequest, parsePageRequest } from '../../core/contract/messages/parse.ts';
import { fakeData, fakeDuplicates, fakeMatrix, fakePage, needData } from './fake-data.ts';
import { fakeInfo } from './fake-info.ts';
import { fakeArchives } from './fake-archives.ts';
import { fakeLabels } from './fake-labels.ts';
import { fakeLog } from './fake-logs.ts';
import { epochAs, fakeRecord, rowAs } from './fake-record.ts';
import { fakePaper, wait } from './fake-paper.ts';
import { fakeSweep } from './fake-sweep.ts';
import { fill, scenario } from './fake-scenarios.ts';
import { LabError, whatWentWrong } from '../../renderer/state/bridge.ts';
import type { Answer, LabBridge } from '../../renderer/state/bridge.ts';
import { fakeEpoch, fakeNetwork, fakeNoise, fakeRow, fakeRun, READY } from './fake-run.ts';
import { fakeEnds, fakeVerdict } from './fake-verdict.ts';

type Handlers = { [M in PageMethod]: (params: Params<M>) => Result<M> | Promise<Result<M>> };

const query = new URLSearchParams(location.search);
const speed = Number(query.get('speed') ?? 250);
const listeners = new Set<(event: LabEvent) => void>();
const stored = new Map<string, RunView>();
const trash = new Map<string, RunView>();
/** What was asked, for tests to look at. */
const asked: { method: string; params: unknown }[] = [];

interface Live {
  id: string;
  paused: boolean;
  stopped: boolean;
}
let live: Live | null = null;
let made = 0;

function emit(event: LabEvent): void {
  for (const listener of listeners) listener(event);
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
      emit({ event: 'core.crashed', id, message: asWritten('it ended with signal SIGKILL.') });
      emit({ event: 'core.ready' });
      return;
    }
    const one = epochAs(id, fakeEpoch(config, epoch, view.wall));
    view.epochs.push(one.view);
    view.verdict = fakeVerdict(config, epoch);
    const { created } = view.row;
    view.row = rowAs(id, { ...fakeRow(id, config, view.epochs, 'running'), created });
    emit({ event: 'run.epoch', id, ...one, verdict: view.verdict, secondsLeft });
    if (fakeEnds(config, epoch)) break;
  }
  const status = self.stopped ? 'stopped' : 'finished';
  const { created } = view.row;
  view.row = rowAs(id, { ...fakeRow(id, config, view.epochs, status), created });
  live = null;
  emit({ event: 'run.ended', id, row: view.row });
}

/** Begins to train a new run. @returns its id */
function begin(config: Config): string {
  const id = `new-${++made}`;
  stored.set(id, fakeRun(id, config, -1, 'running'));
  void play(id, config, 0);
  return id;
}

/** Trains a run's experiment once more, on corrected labels. */
function retrain(id: string): string {
  const config = configOf(id);
  return begin({ ...config, name: `${config.name}, corrected` });
}

/** Follows a record; some of its epochs are there already. @returns its id */
function followRecord(): string {
  const id = `record-${++made}`;
  stored.set(id, fakeRecord(id, 11));
  void play(id, READY, 12);
  return id;
}

/** Recorded trainings go as the ready experiment does. */
const configOf = (id: string): Config => known(id).row.config ?? READY;

function known(id: string): RunView {
  const view = stored.get(id);
  if (!view) throw new Error(`There is no run “${id}”.`);
  return view;
}

let cancelReading = (): void => undefined;

/** At once, or in the scenario `reading` never, until it is cancelled. */
function reading<T>(answer: () => T): T | Promise<T> {
  if (scenario !== 'reading') return answer();
  emit({ event: 'data.progress', share: 0.43, doing: { code: 'data.doing.decoding' } });
  return new Promise((_, fail) => {
    const before = cancelReading;
    cancelReading = () => {
      before();
      fail(new Error('Reading the data was cancelled.'));
    };
  });
}

/** What the person chooses in a dialog. */
function askedPath(what: string): string {
  if (what === 'matrix') return query.get('matrix') || '/home/ada/pairs.csv';
  if (what === 'sweep') return '/shared/noise-sweep';
  if (what === 'labels') return '/home/ada/human-labels.csv';
  return what === 'log' ? '/home/ada/keras.csv' : '/home/ada/fashion-mnist';
}

/** The core of the scenario `late` tells of itself only when a test says so. */
let answerLate = (): void => undefined;
const late = new Promise<void>((resolve) => (answerLate = resolve));

const handlers: Handlers = {
  'core.info': async () => {
    if (scenario === 'late') await late;
    if (scenario === 'nocore') throw new Error('TensorFlow’s native library cannot be loaded.');
    return fakeInfo();
  },
  'data.describe': ({ data }) => reading(() => fakeData(data)),
  'data.fields': ({ data }) => ({
    fields: /people|survey/.test(data.source) ? ['age', 'height', 'weight', 'city', 'home'] : [],
  }),
  'data.duplicates': ({ data }) => fakeDuplicates(data),
  'data.samples': (params) => reading(() => fakePage(params)),
  'data.cancel': () => {
    cancelReading();
    return {};
  },
  'log.open': (params) => ({ log: fakeLog(params) }),
  'record.open': ({ path }) => ({ id: path.includes('record') ? followRecord() : null }),
  'sweep.open': ({ path, asked: isAsked }) => ({ sweep: fakeSweep(path, isAsked) }),
  'noise.preview': async (params) => {
    await wait(15);
    return fakeNoise(params);
  },
  'data.labelFields': () => ({ fields: ['clean_label', 'worse_label', 'aggre_label'] }),
  'noise.readMatrix': ({ path }) => ({ matrix: fakeMatrix(path) }),
  'network.describe': ({ network, loss }) => {
    if (network.preset === 'theory' && loss !== 'squared')
      throw new LabError({
        code: 'errors.training.lossMisfit',
        values: { field: { path: 'training.loss' }, loss, preset: 'theory', fitting: 'squared' },
        field: 'training.loss',
      });
    return fakeNetwork(network.preset);
  },
  'run.start': ({ config }) => {
    if (live) throw new Error('A run is going on.');
    if (scenario === 'error')
      throw new Error('The disk is full: 12 MB are needed in /home/ada/label-noise-lab/runs.');
    return { id: begin(config) };
  },
  'run.pause': () => {
    if (live) {
      live.paused = true;
      const { epochs, config } = {
        epochs: known(live.id).epochs.length,
        config: configOf(live.id),
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
  'run.resume': ({ id, source }) => {
    needData(source ?? configOf(id).data.source);
    void play(id, configOf(id), known(id).row.lastEpoch + 1);
    return { id };
  },
  'run.open': async ({ id }) => {
    await wait(20);
    const view = known(id);
    return { ...view, epochs: [...view.epochs] };
  },
  'run.epochs': async ({ id, from, count }) => {
    await wait(5);
    const { epochs, wall } = known(id);
    const page = epochs.slice(from, from + count);
    return {
      details: page.map(({ record }) => fakeEpoch(configOf(id), record.epoch, wall).detail),
    };
  },
  'run.course': ({ id, place }) => {
    const { epochs, wall } = known(id);
    const walls = epochs.map(
      ({ record }) => fakeEpoch(configOf(id), record.epoch, wall).detail.wall,
    );
    return {
      epochs: epochs.map(({ record }) => record.epoch),
      predicted: walls.map(({ predicted }) => predicted[place]!),
      loss: walls.map(({ loss }) => loss[place]!),
    };
  },
  'run.keepModel': ({ id, epoch }) => {
    known(id).kept.push(epoch);
    return { path: `/home/ada/label-noise-lab/runs/${id}/kept/epoch-${epoch}.safetensors` };
  },
  'runs.list': async () => {
    await wait(scenario === 'slow' ? 3000 : 20);
    if (scenario === 'error')
      return {
        rows: [],
        problem: {
          code: 'errors.system.notAllowed',
          values: { where: '/home/ada/label-noise-lab/runs' },
        },
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
  'host.openData': ({ what }) => ({ path: askedPath(what) }),
  'host.forget': () => ({}),
  'host.saveReport': ({ ids, format }) => ({ path: `/home/ada/${ids[0]}.${format}` }),
  'host.saveRecorder': () => ({ path: '/home/ada/label_noise_lab.py' }),
  'host.saveFigure': ({ id, format }) => ({ path: `/home/ada/figure-${id}.${format}` }),
  ...fakeArchives(stored),
  ...fakePaper(emit),
  ...fakeLabels(emit, stored, retrain, late),
  'host.showFolder': () => ({}),
  'host.setTheme': () => ({}),
  'host.setLanguage': ({ language }) => {
    sessionStorage.setItem('language', language);
    return {};
  },
  'host.info': () => ({
    theme: (query.get('theme') ?? 'system') as 'system',
    // Kept over a reload, as the main process does.
    language: (sessionStorage.getItem('language') ?? query.get('language') ?? 'en') as 'en',
    locale: query.get('locale') ?? 'en-US',
    electron: '33.2.1',
    chromium: '130',
  }),
};

const bridge: LabBridge = {
  async request<M extends PageMethod>(method: M, params: Params<M>): Promise<Answer<M>> {
    // What crosses to another process is cloned there, which fails on a proxy: here as well.
    const sent = structuredClone(params);
    asked.push({ method, params: sent });
    const parse = method.startsWith('host.') ? parseHostRequest : parsePageRequest;
    const { params: checked } = parse({ id: 1, method, params: sent });
    try {
      const found = await handlers[method](checked as Params<M>);
      return { result: structuredClone(found) };
    } catch (error) {
      return { error: whatWentWrong(error) };
    }
  },
  onEvent(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  pathForFile: async (file) => `/home/ada/${file.name}`,
};

fill(stored);
window.lab = bridge;
Object.assign(window, { fake: { emit, asked, answerLate } });
