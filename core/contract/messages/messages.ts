/** The messages between window, main process and core, each with a schema. */
import type { Phrase } from '../words/phrase.ts';
import * as v from 'valibot';
import {
  ConfigSchema,
  DataSchema,
  NetworkSchema,
  NoiseSchema,
  TrainingSchema,
} from '../config/schema.ts';
import { openedPath, title } from '../config/fields.ts';
import { idSchema } from '../catalogue/field.ts';
import { CatalogueSchema } from './catalogue.ts';
import { FigureSettingsSchema, FigureViewSchema } from './figures.ts';
import { PhraseSchema } from '../words/phrase.ts';
import { LANGUAGE_CHOICES, LANGUAGES } from '../words/texts.ts';
import { ARCHIVE_HOST_METHODS, ARCHIVE_MAIN_METHODS, ARCHIVE_METHODS } from './archive-methods.ts';
import { nothing, oneRun, pathToWrite, runId } from './params.ts';
import { LABELS_HOST_METHODS, LABELS_MAIN_METHODS, LABELS_PAGE_METHODS } from './label-methods.ts';
import { LOG_MAIN_METHODS, LOG_METHODS } from './log-methods.ts';
import { SWEEP_METHODS } from './sweeps.ts';
import {
  DataViewSchema,
  DuplicatesSchema,
  EpochDetailSchema,
  NetworkViewSchema,
  NoiseViewSchema,
  RunRowSchema,
  RunViewSchema,
  SampleCourseSchema,
  SampleViewSchema,
} from './records.ts';

/** The colours that a person can choose. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** What names a data set: where it is, and how it is read. */
const sourceOf = v.strictObject({
  ...v.pick(DataSchema, ['source', 'reading', 'clusters']).entries,
  seed: v.optional(DataSchema.entries.seed, 0),
});
const epoch = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9_999));
const figureId = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "a figure's id"));
const figure = { id: figureId, settings: FigureSettingsSchema };
/** How a figure is written to a file. */
const figureFile = {
  ...figure,
  format: idSchema,
  language: v.picklist(LANGUAGES),
  dark: v.boolean(),
};

/** Of runs that one report compares. */
const MOST_RUNS = 500;

/** How a report of one run, or of several, is written to a file. */
const reportFile = {
  ids: v.pipe(v.tupleWithRest([runId], runId), v.maxLength(MOST_RUNS)),
  format: idSchema,
  language: v.picklist(LANGUAGES),
};

/** Methods of the page that the core answers: parameters and result. */
export const CORE_METHODS = {
  /** Versions, presets, what there is to choose from, and where runs are kept. */
  'core.info': {
    params: nothing,
    result: v.object({
      runsFolder: v.string(),
      versions: v.record(v.string(), v.string()),
      /** `needs`: the data set that the person has to bring, where it is none of the lab's. */
      presets: v.array(
        v.object({
          id: v.string(),
          title: v.string(),
          config: ConfigSchema,
          needs: v.nullable(v.string()),
        }),
      ),
      catalogue: CatalogueSchema,
      threads: v.number(),
    }),
  },
  'data.describe': { params: v.strictObject({ data: sourceOf }), result: DataViewSchema },
  /** Names of the columns or arrays that labels can be chosen from, also of data that cannot be read before. */
  'data.fields': {
    params: v.strictObject({ data: sourceOf }),
    result: v.object({ fields: v.array(v.string()) }),
  },
  /** Reads every sample, so it is asked apart from `data.describe`. */
  'data.duplicates': { params: v.strictObject({ data: sourceOf }), result: DuplicatesSchema },
  /** A page of samples; `total` counts all that there are, of the class where one is named. */
  'data.samples': {
    params: v.strictObject({
      data: sourceOf,
      part: v.picklist(['train', 'test']),
      from: v.pipe(v.number(), v.integer(), v.minValue(0)),
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
      /** By the label as given; null for every class. */
      ofClass: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999))),
    }),
    result: v.object({ total: v.number(), samples: v.array(SampleViewSchema) }),
  },
  /** Ends the reading that the window waits for; its askers hear that it was cancelled. */
  'data.cancel': { params: nothing, result: nothing },
  ...LOG_METHODS,
  ...SWEEP_METHODS,
  'noise.preview': {
    params: v.strictObject({
      data: DataSchema,
      noise: NoiseSchema,
      threads: TrainingSchema.entries.threads,
    }),
    result: NoiseViewSchema,
  },
  /** The arrays or columns that a file of given labels has; one alone may have no name. */
  'data.labelFields': {
    params: v.strictObject({ path: openedPath }),
    result: v.object({ fields: v.array(v.string()) }),
  },
  /** A transition matrix from a CSV or `.npy` file; whether it fits the classes shows where it is used. */
  'noise.readMatrix': {
    params: v.strictObject({ path: openedPath }),
    result: v.object({ matrix: NoiseSchema.entries.matrix }),
  },
  /** Fails where the network does not fit the samples, or the loss not the network. */
  'network.describe': {
    params: v.strictObject({
      network: NetworkSchema,
      loss: TrainingSchema.entries.loss,
      data: sourceOf,
    }),
    result: NetworkViewSchema,
  },
  /** Starts training in this core; fails where a run is going on. */
  'run.start': { params: v.strictObject({ config: ConfigSchema }), result: oneRun },
  'run.pause': { params: oneRun, result: nothing },
  'run.unpause': { params: oneRun, result: nothing },
  /** Ends the run after the step at hand; what was measured stays. */
  'run.stop': { params: oneRun, result: nothing },
  /** Goes on with an interrupted or stopped run from its last checkpoint. */
  /** Goes on with a run; `source` is where its data lie by now, where its config says another place. */
  'run.resume': {
    params: v.strictObject({ id: runId, source: v.optional(DataSchema.entries.source) }),
    result: oneRun,
  },
  'run.open': { params: oneRun, result: RunViewSchema },
  /** The details of some epochs, in order; those that are not there, or are damaged, are left out. */
  'run.epochs': {
    params: v.strictObject({
      id: runId,
      from: epoch,
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)),
    }),
    result: v.object({ details: v.array(EpochDetailSchema) }),
  },
  /** What became of one sample of the wall. */
  'run.course': {
    params: v.strictObject({
      id: runId,
      place: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99)),
    }),
    result: SampleCourseSchema,
  },
  /** Copies the weights of an epoch into the run's `kept/`. */
  'run.keepModel': {
    params: v.strictObject({ id: runId, epoch }),
    result: v.object({ path: v.string() }),
  },
  /** `problem`: where the runs folder cannot be read. */
  'runs.list': {
    params: nothing,
    result: v.object({ rows: v.array(RunRowSchema), problem: v.nullable(PhraseSchema) }),
  },
  'runs.rename': {
    params: v.strictObject({
      id: runId,
      name: title,
    }),
    result: nothing,
  },
  /** Moves the run to the folder's trash, which is emptied at the next start. */
  'runs.delete': { params: oneRun, result: nothing },
  'runs.restore': { params: oneRun, result: nothing },
  ...ARCHIVE_METHODS,
  ...LABELS_PAGE_METHODS,
  /** What there is of a figure: computed where that is instant, else from what was made before. */
  'paper.open': { params: v.strictObject(figure), result: v.object({ view: FigureViewSchema }) },
  /** How long making it would still take on this machine, by trying for a moment; null where that is not known. */
  'paper.estimate': {
    params: v.strictObject(figure),
    result: v.object({ seconds: v.nullable(v.number()) }),
  },
  /** Begins to make a figure, or goes on where it was stopped; fails where a run or a figure is going on. */
  'paper.start': { params: v.strictObject(figure), result: nothing },
  /** Ends the figure that is being made; what it has so far stays. */
  'paper.stop': { params: nothing, result: nothing },
} as const;

/** Methods of the page that the main process answers itself. */
export const HOST_METHODS = {
  /**
   * Asks for the file or folder of a data set or a log, a sweep's folder, a file of labels or a matrix's, or
   * an archive of a run; null where the person cancelled. The page may have that path read from then on.
   */
  'host.openData': {
    params: v.strictObject({
      what: v.picklist([
        'file',
        'folder',
        'log',
        'logFolder',
        'sweep',
        'labels',
        'matrix',
        'archive',
      ]),
    }),
    result: v.object({ path: v.nullable(v.string()) }),
  },
  /** Takes back the leave to read a path that was opened. */
  'host.forget': { params: v.strictObject({ path: openedPath }), result: nothing },
  /** Asks where to, then has the core write the report; null where the person cancelled. */
  'host.saveReport': {
    params: v.strictObject(reportFile),
    result: v.object({ path: v.nullable(v.string()) }),
  },
  /** Asks where to, and writes the Python file that records a training; null where the person cancelled. */
  'host.saveRecorder': {
    params: nothing,
    result: v.object({ path: v.nullable(v.string()) }),
  },
  /** Asks where to, then has the core write the figure; null where the person cancelled. */
  'host.saveFigure': {
    params: v.strictObject(figureFile),
    result: v.object({ path: v.nullable(v.string()) }),
  },
  ...ARCHIVE_HOST_METHODS,
  ...LABELS_HOST_METHODS,
  /** Shows a run's folder (or, with null, the runs folder) in the file manager. */
  'host.showFolder': { params: v.strictObject({ id: v.nullable(runId) }), result: nothing },
  'host.setTheme': {
    params: v.strictObject({ theme: v.picklist(THEMES) }),
    result: nothing,
  },
  'host.setLanguage': {
    params: v.strictObject({ language: v.picklist(LANGUAGE_CHOICES) }),
    result: nothing,
  },
  'host.info': {
    params: nothing,
    result: v.object({
      theme: v.picklist(THEMES),
      language: v.picklist(LANGUAGE_CHOICES),
      /** The system's own, such as `he-IL`. */
      locale: v.string(),
      electron: v.string(),
      chromium: v.string(),
    }),
  },
} as const;

/**
 * Methods that only the main process may ask of the core: they write where it says, which is where
 * the person said in a dialog, or tell what the page has no need of.
 */
export const MAIN_METHODS = {
  'run.writeReport': {
    params: v.strictObject({ ...reportFile, path: pathToWrite }),
    result: v.object({ path: v.string() }),
  },
  /** Where a run lies. */
  'run.folder': { params: oneRun, result: v.object({ path: v.string() }) },
  'paper.export': {
    params: v.strictObject({ ...figureFile, path: pathToWrite }),
    result: v.object({ path: v.string() }),
  },
  ...ARCHIVE_MAIN_METHODS,
  ...LABELS_MAIN_METHODS,
  ...LOG_MAIN_METHODS,
  /** A person opened this file or folder: the page may have it read from now on. */
  'opened.grant': { params: v.strictObject({ path: openedPath }), result: nothing },
  /** Takes that back. */
  'opened.forget': { params: v.strictObject({ path: openedPath }), result: nothing },
} as const;

/** What the page may ask, and nothing else. */
export const PAGE_METHODS = { ...CORE_METHODS, ...HOST_METHODS };
export type PageMethod = keyof typeof PAGE_METHODS;
/** What the page asks of the core, and of the main process. */
export type PageCoreMethod = keyof typeof CORE_METHODS;
export type HostMethod = keyof typeof HOST_METHODS;
/** What the core answers, to the page and to the main process. */
export const ANSWERED_METHODS = { ...CORE_METHODS, ...MAIN_METHODS };
export type CoreMethod = keyof typeof ANSWERED_METHODS;

/** Every method. */
export const METHODS = { ...CORE_METHODS, ...HOST_METHODS, ...MAIN_METHODS };
export type Methods = typeof METHODS;
export type Method = keyof Methods;
export type Params<M extends Method> = v.InferOutput<Methods[M]['params']>;
export type Result<M extends Method> = v.InferOutput<Methods[M]['result']>;

/** A question, numbered by who asks. */
export type Request<Asked extends Method = Method> = {
  [M in Asked]: { id: number; method: M; params: Params<M> };
}[Asked];
/** Its answer, or one plain sentence saying why there is none. */
export type Response = { id: number; result: unknown } | { id: number; error: Phrase };
