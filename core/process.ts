/**
 * The core's process: answers the main process, and the page over a port of its own. Started by
 * Electron's `utilityProcess.fork` or Node's `child_process.fork` with the runs folder as its
 * argument, `--empty-trash` where a person opened the lab anew, `--goes-on` in the place of one that
 * ended by itself, and `--opened FILE`, in which the paths that a person opened are kept.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answeringMain, answeringPage } from './api/answer.ts';
import { createGrants } from './api/grants.ts';
import type { Grants } from './api/grants.ts';
import type { Handlers, Work } from './api/handlers.ts';
import { createLab } from './api/lab.ts';
import { createPaper } from './api/paper.ts';
import { restAfterRun } from './api/rest.ts';
import { emptyTrash } from './api/trash.ts';
import { EXCHANGED } from './contract/messages/exchange.ts';
import type { CoreMethod } from './contract/messages/messages.ts';
import type { LabEvent } from './contract/messages/events.ts';
import { errorPhrase, phraseOf } from './contract/words/errors.ts';
import { hearFromAbove, sendUp, takePorts, underElectron } from './machine/channel.ts';
import type { Port } from './machine/channel.ts';
import { pathsOfRuns } from './run-folder/list.ts';
import { isWorkerMessage, startsWorkers } from './sweep/launch.ts';
import { speakAsAsked, words } from './terminal/language.ts';

/** What the main process has to know of a run; a page or a program that forks us is told everything. */
const ENDS = new Set<LabEvent['event']>(['core.ready', 'run.started', 'run.ended']);

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      opened: { type: 'string' },
      'empty-trash': { type: 'boolean' },
      'goes-on': { type: 'boolean' },
    },
  });
  const [runs] = positionals;
  if (!runs) throw new Error('The runs folder is missing from the arguments.');
  speakAsAsked([], process.env);
  const grants = grantsIn(values.opened ?? join(runs, 'opened.json'), runs);
  const pages = new Set<Port>();
  const work: Work = { now: null };
  // Only the main process starts another in the place of one that ends.
  const rest = restAfterRun(work, () => underElectron && process.exit(EXCHANGED));
  const tell = (event: LabEvent): void => {
    rest.hear(event);
    for (const page of pages) page.postMessage(event);
    if (!underElectron || ENDS.has(event.event)) void sendUp(event);
  };
  // The page that is there already would ask all anew, and have its data read for nothing.
  let tellsPage = !values['goes-on'];
  const handlers = handlersOn(runs, grants, tell, work);
  const toMain = answeringMain(handlers);
  const toPage = answeringPage(handlers, grants);
  hearFromAbove((message) => {
    if (!isWorkerMessage(message)) void rest.during(toMain(message)).then(sendUp);
  });
  takePorts((page) => {
    pages.add(page);
    page.on('message', ({ data }) => {
      void rest.during(toPage(data)).then((answer) => page.postMessage(answer));
    });
    page.on('close', () => pages.delete(page));
    page.start();
    if (tellsPage) page.postMessage({ event: 'core.ready' } satisfies LabEvent);
    tellsPage = true;
  });
  if (values['empty-trash']) tryToEmptyTrash(runs);
  tell({ event: 'core.ready' });
}

const grantsIn = (file: string, runs: string): Grants =>
  createGrants(
    file,
    () => pathsOfRuns(runs),
    (error) => {
      const told = errorPhrase('window.openedForgotten', { why: phraseOf(error) });
      process.stderr.write(`${words(told)}\n`);
    },
  );

function handlersOn(
  runs: string,
  grants: Grants,
  tell: (event: LabEvent) => void,
  work: Work,
): Handlers<CoreMethod> {
  const launch = startsWorkers();
  return {
    ...createLab(runs, tell, work, () => grants.all()),
    ...createPaper(runs, tell, work, launch),
    'opened.grant': ({ path }) => {
      grants.grant(path);
      return {};
    },
    'opened.forget': ({ path }) => {
      grants.forget(path);
      return {};
    },
  };
}

function tryToEmptyTrash(runs: string): void {
  try {
    emptyTrash(runs);
  } catch {
    // A folder that cannot be written is reported where the runs are listed.
  }
}

main();
