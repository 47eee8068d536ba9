/** The figures as the window sees them: one is made at a time, and told as it comes. */
import type { Phrase } from '../contract/words/phrase.ts';
import { InputError, phraseOf } from '../contract/words/errors.ts';
import type { CoreMethod } from '../contract/messages/messages.ts';
import type { LabEvent } from '../contract/messages/events.ts';
import type { FigureSettings } from '../contract/messages/figures.ts';
import { checkFree } from './handlers.ts';
import type { Handlers, Work } from './handlers.ts';
import { viewOf } from '../figures/view.ts';
import type { Launch } from '../sweep/launch.ts';
import { exportFigure } from '../figures/export.ts';
import type { Figure, Making } from '../figures/figure.ts';
import { figureOf } from '../figures/index.ts';
import { checkSettings } from '../figures/settings.ts';
import { figureFolder, writeSettings } from '../figures/store.ts';

type PaperMethod = Extract<CoreMethod, `paper.${string}`>;
/** Answers for every method about figures. */
export type PaperHandlers = Handlers<PaperMethod>;

/**
 * Answers about figures.
 * @param runs the folder of runs
 * @param work shared with the training of runs
 * @param launch starts the processes that a figure's runs are trained in
 */
export function createPaper(
  runs: string,
  emit: (event: LabEvent) => void,
  work: Work,
  launch: Launch,
): PaperHandlers {
  let current: AbortController | null = null;
  const start = (id: string, asked: FigureSettings) => {
    const figure = figureOf(id);
    const settings = checkSettings(figure.info, asked);
    if (!figure.make) throw new InputError('figure.atOnce', { id });
    if (current) throw new InputError('busy.figure');
    checkFree(work);
    const folder = prepared(figureFolder(runs, id, settings), id, settings);
    const stop = new AbortController();
    current = stop;
    work.now = 'figure';
    const began = performance.now();
    let first: number | null = null;
    const making: Making = {
      folder,
      signal: stop.signal,
      launch,
      progress(share, doing) {
        first ??= share;
        const secondsLeft = leftOf(began, share - first, 1 - share);
        emit({ event: 'paper.progress', id, share, secondsLeft, doing });
      },
      more: (drawn) => emit({ event: 'paper.view', view: { id, settings, folder, ...drawn } }),
    };
    void problemOf(figure, settings, making).then((problem) => {
      current = null;
      work.now = null;
      emit({ event: 'paper.ended', id, problem });
    });
  };
  return {
    'paper.open': async ({ id, settings }) => ({ view: await viewOf(runs, id, settings) }),
    'paper.estimate': async ({ id, settings }) => {
      const figure = figureOf(id);
      const checked = checkSettings(figure.info, settings);
      // Beside other work it would measure too little.
      const estimate = work.now
        ? undefined
        : figure.estimate?.(checked, figureFolder(runs, id, checked), launch);
      return { seconds: (await estimate) ?? null };
    },
    'paper.start': ({ id, settings }) => {
      start(id, settings);
      return {};
    },
    'paper.stop': () => {
      current?.abort();
      return {};
    },
    'paper.export': async ({ id, settings, path, ...file }) => {
      await exportFigure(await viewOf(runs, id, settings), path, file);
      return { path };
    },
  };
}

/** Makes it; never rejects, or nothing could be made any more. @returns why it failed, or null */
async function problemOf(
  figure: Figure,
  settings: FigureSettings,
  making: Making,
): Promise<Phrase | null> {
  try {
    await figure.make?.(settings, making);
    return null;
  } catch (error) {
    return phraseOf(error, making.folder);
  }
}

function prepared(folder: string, id: string, settings: FigureSettings): string {
  writeSettings(folder, id, settings);
  return folder;
}

/** Seconds left by how fast it went since this began. */
function leftOf(began: number, done: number, left: number): number | null {
  return done > 0 ? ((performance.now() - began) / 1000) * (left / done) : null;
}
