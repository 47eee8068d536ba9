import { parse } from 'valibot';
import ready from '../../assets/presets/mnist-quick.json';
import { ConfigSchema, inferAll } from '../../core/contract/config/schema.ts';
import { fittingCounts } from '../../core/contract/config/names.ts';
import type { Config, DataConfig, ReadingConfig } from '../../core/contract/config/schema.ts';
import { NO_CATALOGUE } from '../../core/contract/messages/catalogue.ts';
import type { DataView, NetworkView, NoiseView } from '../../core/contract/messages/records.ts';
import type { Params, Result } from '../../core/contract/messages/messages.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { catalogue, chooseFrom } from '../words/catalogue.ts';
import { whatWentWrong, request, sentenceOf } from './bridge.ts';
import { fieldErrors, isConfig } from './fields.ts';
import { Latest } from './latest.svelte.ts';
import { recall, remember } from './memory.ts';

/** Until the core has told its presets: the first of them. */
const READY = parse(ConfigSchema, ready);

const PREVIEW_DELAY = 60;

/** Whether the core refuses a table until a person says what to do with missing values. */
export const asksForMissing = ({ code }: Phrase): boolean => code === 'errors.table.missing';

/** What the data card asks where the core cannot choose by itself. */
const QUESTIONS = ['labels', 'truth', 'files', 'missing'].map((field) => `data.reading.${field}`);

/** Whether the core asks for what the card can be told: then the data are shown as chosen, with the question. */
const asks = ({ field }: Phrase): boolean => field !== undefined && QUESTIONS.includes(field);

/** The experiment being set up, and what the core says about its parts. */
class Experiment {
  // Parsed, so that a form remembered by an older version has the newer fields.
  config = $state<Config>(parse(ConfigSchema, recall('config', READY, isConfig)));
  info = $state.raw<Result<'core.info'> | null>(null);
  /** How often a core has answered; views are asked for again when a new one does. */
  coreStarts = $state(0);
  infoProblem = $state<string | null>(null);
  data = new Latest<DataView>();
  noise = new Latest<NoiseView>();
  network = new Latest<NetworkView>();
  errors = $derived(fieldErrors($state.snapshot(this.config)));
  valid = $derived(Object.keys(this.errors).length === 0);
  /** A person has chosen data or an experiment, before the core said what it has ready. */
  #isChosen = false;
  /** Why the core would refuse to train on what is shown; null where it would not, or has yet to say. */
  problem = $derived(this.data.problem ?? this.network.problem ?? this.noise.problem);

  /** Asks the core who it is; on a first opening the first preset is filled in. */
  async load(): Promise<void> {
    try {
      this.info = await request('core.info', {});
      this.infoProblem = null;
      this.coreStarts++;
      const first = this.info.presets[0];
      const isFirst = !this.#isChosen && !recall('config', null, isConfigOrNull);
      if (first && isFirst) this.use(first.config);
    } catch (error) {
      this.infoProblem = sentenceOf(error);
    }
  }

  /** Changes a field. @param path its part of the config and its name, such as `training.batch` */
  set(path: string, value: unknown): void {
    const [part, id] = path.split('.') as ['noise' | 'network' | 'training', string];
    (this.config[part] as Record<string, unknown>)[id] = value;
  }

  /** What is wrong with a field; a list's error stands at one of its values. */
  errorAt(path: string): string | undefined {
    const inside = `${path}.`;
    return Object.entries(this.errors).find(([at]) => at === path || at.startsWith(inside))?.[1];
  }

  /** Fills the form with a copy of a config. */
  use(config: Config): void {
    this.#isChosen = true;
    this.config = structuredClone(config);
  }

  /**
   * Reads a file or folder and, where it can be read, trains on it.
   * @param reading what is not inferred
   * @throws where it cannot be read; the form is as before then, unless missing values only wait
   * for a choice, which the data card offers
   */
  async openData(path: string, reading: Partial<ReadingConfig> = {}): Promise<void> {
    this.#isChosen = true;
    const { data } = this.config;
    const chosen = { source: path, reading: { ...inferAll, ...reading } };
    const isNew = path !== data.source;
    try {
      const view = await request('data.describe', {
        data: sourceOf({ ...$state.snapshot(data), ...chosen }),
      });
      Object.assign(data, chosen);
      if (isNew) {
        this.takeAsTheyAre();
        // What a smaller data set allowed is no wish for this one.
        data.train = Math.max(data.train, READY.data.train);
        data.test = Math.max(data.test, READY.data.test);
      }
      await this.fit(view);
    } catch (error) {
      if (asks(whatWentWrong(error))) {
        Object.assign(data, chosen);
        if (isNew) this.takeAsTheyAre();
      }
      throw error;
    }
  }

  /**
   * Of data of one's own nobody has said that its labels are right, nor asked for noise on top of
   * what is wrong with them already.
   */
  takeAsTheyAre(): void {
    this.config.data.labelsAreTrue = false;
    this.config.noise = { ...this.config.noise, kind: 'none' };
  }

  /** Given labels from a file have the noise that is in them. */
  useLabelsFile(labelsFile: string): void {
    Object.assign(this.config.data.reading, { labelsFile, labelsField: '' });
    if (labelsFile !== '') this.config.noise = { ...this.config.noise, kind: 'none' };
  }

  /** Trains on a data set that needs no file, from as many samples as on a first opening. */
  async chooseBuiltIn(source: 'mnist' | 'clusters'): Promise<void> {
    this.#isChosen = true;
    const { data } = this.config;
    const { train, holdoutShare, test } = READY.data;
    const counts = { train, holdoutShare, test };
    const chosen = { source, reading: inferAll, labelsAreTrue: true, ...counts };
    const asked = sourceOf({ ...$state.snapshot(data), ...chosen });
    const view = await request('data.describe', { data: asked });
    Object.assign(data, chosen);
    await this.fit(view);
  }

  /** Brings counts and network into the bounds of a data set. */
  private async fit({ trainAvailable, testAvailable, shape }: DataView): Promise<void> {
    const { data, network } = this.config;
    Object.assign(data, fittingCounts(data, trainAvailable, testAvailable));
    const { networks } = catalogue();
    const isRow = shape[0] === 1 && shape[1] === 1;
    const suits = isRow
      ? networks.some(({ id, takesRows }) => id === network.preset && takesRows)
      : await this.networkFits();
    if (!suits) Object.assign(network, { preset: 'mlp', widths: [] });
  }

  /** Whether the layers of the chosen network fit the samples: pictures may be too small for them. */
  private networkFits(): Promise<boolean> {
    const { network, data, training } = $state.snapshot(this.config);
    const params = { network, loss: training.loss, data: sourceOf(data) };
    return request('network.describe', params).then(
      () => true,
      () => false,
    );
  }

  /** Asks for every view anew: of a file that was mended, or whose reading was cancelled. */
  askAgain(): void {
    this.coreStarts++;
  }

  /** Remembers the form for the next start. */
  save(): void {
    if (this.valid) remember('config', $state.snapshot(this.config));
  }

  /** Asks for the views of whatever config is shown; call in effects, one each, so that only what changed is asked. */
  describeData(config: DataConfig): void {
    const data = sourceOf($state.snapshot(config));
    this.data.ask(() => request('data.describe', { data }), 0, data.source);
  }

  describeNetwork(config: Config): void {
    const { network, data, training } = $state.snapshot(config);
    const params = { network, loss: training.loss, data: sourceOf(data) };
    this.network.ask(() => request('network.describe', params), 0, data.source);
  }

  previewNoise(config: Config): void {
    const { data, noise, training } = $state.snapshot(config);
    const params = { data, noise, threads: training.threads };
    this.noise.ask(() => request('noise.preview', params), PREVIEW_DELAY, data.source);
  }
}

/** What names a data set to the core: the part of the form that `data.describe` and its like take. */
export type Source = Params<'data.describe'>['data'];

/** What names a data set to the core. A seed makes another one only where samples are made, not read. */
export function sourceOf({ source, reading, clusters, seed }: DataConfig): Source {
  return { source, reading, clusters, seed: source === 'clusters' ? seed : 0 };
}

const isConfigOrNull = (value: unknown): value is Config | null =>
  value === null || isConfig(value);

export const experiment = new Experiment();
chooseFrom(() => experiment.info?.catalogue ?? NO_CATALOGUE);
