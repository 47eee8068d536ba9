import type { Phrase } from '../core/contract/words/phrase.ts';
import { errorPhrase, InputError } from '../core/contract/words/errors.ts';
import type { MessagePortMain, UtilityProcess } from 'electron';
import { EXCHANGED } from '../core/contract/messages/exchange.ts';
import { parseEvent, parseResponse, parseResult } from '../core/contract/messages/parse.ts';
import type { CoreMethod, Params, Result } from '../core/contract/messages/messages.ts';
import type { LabEvent } from '../core/contract/messages/events.ts';
import { forkProcess } from './fork.ts';
import { errorSentence } from './sentence.ts';
import { createWorkers } from './workers.ts';

/** The core, whichever process it runs in at the moment. */
export interface Core {
  /** Asks. @throws InputError with what the core says */
  request<M extends CoreMethod>(method: M, params: Params<M>): Promise<Result<M>>;
  /** Hands it the end of a channel on which it answers a page. @returns whether there is a core */
  connect(port: MessagePortMain): boolean;
  /** The run that trains now, or null. */
  runningRun(): string | null;
  /** The process's number, for tests of its death. */
  pid(): number | undefined;
  /** Ends it for good; a run folder survives being cut off. */
  stop(): void;
}

interface Pending {
  method: CoreMethod;
  params: unknown;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

const CRASHES_ALLOWED = 3;
const CRASH_WINDOW = 60_000;

/** What the core is started with, and who is told of it. */
export interface CoreStart {
  entry: string;
  /** Of the processes that the core asks for. */
  workerEntry: string;
  runsFolder: string;
  /** Where the paths that a person opened are kept. */
  openedFile: string;
  /** It died; whatever it was asked is answered by this. @param runId of the run that was going on */
  onDeath(message: Phrase, runId: string | null): void;
  /** Another one was started in its place, or with a reason none was. */
  onNext(whyNone: Phrase | null): void;
}

/** Starts the core in a process of its own, and again when it dies, unless it keeps dying. */
export function startCore(asked: CoreStart): Core {
  const { entry, workerEntry, runsFolder, openedFile } = asked;
  const pending = new Map<number, Pending>();
  const crashes: number[] = [];
  let nextId = 0;
  let running: string | null = null;
  let child: UtilityProcess | null = null;
  let stopped = false;

  const workers = createWorkers(workerEntry, (message) => child?.postMessage(message));

  const hear = (message: unknown): void => {
    try {
      if (workers.hear(message)) return;
      if (isEvent(message)) {
        const event = parseEvent(message);
        running = runningAfter(event, running);
      } else settle(pending, message);
    } catch (error) {
      process.stderr.write(`The core sent what no one understands: ${errorSentence(error)}\n`);
    }
  };

  const start = (): void => {
    // What was deleted can be restored until the lab is closed, also after a crash.
    fork(crashes.length === 0 ? ['--empty-trash'] : []);
  };

  const fork = (more: string[]): void => {
    const args = [runsFolder, '--opened', openedFile, ...more];
    child = forkProcess('Label Noise Lab core', entry, args);
    child.on('message', hear);
    child.once('exit', died);
  };

  /** Another one takes over where one has ended by itself: what it was asked too late is asked again. */
  const exchange = (): void => {
    fork(['--goes-on']);
    for (const [id, { method, params }] of pending) child?.postMessage({ id, method, params });
    asked.onNext(null);
  };

  const died = (code: number): void => {
    child = null;
    workers.stop();
    if (stopped) return;
    if (code === EXCHANGED) {
      exchange();
      return;
    }
    const id = running;
    running = null;
    const message = crashPhrase(code, id);
    for (const { reject } of pending.values()) reject(new InputError(message));
    pending.clear();
    crashes.push(Date.now());
    asked.onDeath(message, id);
    const isLast = keepsDying(crashes);
    if (!isLast) start();
    asked.onNext(isLast ? errorPhrase('core.keepsDying') : null);
  };

  start();
  return {
    request: (method, params) =>
      new Promise((resolve, reject) => {
        if (!child) {
          reject(new InputError('core.keepsDying'));
          return;
        }
        const id = nextId++;
        pending.set(id, { method, params, resolve: resolve as Pending['resolve'], reject });
        child.postMessage({ id, method, params });
      }),
    connect(port) {
      child?.postMessage(null, [port]);
      return child !== null;
    },
    runningRun: () => running,
    pid: () => child?.pid,
    stop() {
      stopped = true;
      workers.stop();
      child?.kill();
    },
  };
}

const isEvent = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'event' in message;

function settle(pending: Map<number, Pending>, message: unknown): void {
  const response = parseResponse(message);
  const asked = pending.get(response.id);
  if (!asked) return;
  pending.delete(response.id);
  if ('error' in response) {
    asked.reject(new InputError(response.error));
    return;
  }
  try {
    asked.resolve(parseResult(asked.method, response.result));
  } catch (error) {
    asked.reject(
      new Error(`The core's answer to ${asked.method} is wrong: ${errorSentence(error)}`),
    );
  }
}

function runningAfter(event: LabEvent, running: string | null): string | null {
  if (event.event === 'run.started') return event.view.row.id;
  if (event.event === 'run.ended') return null;
  return running;
}

const crashPhrase = (code: number, id: string | null): Phrase =>
  errorPhrase(id ? 'core.diedTraining' : 'core.died', { code });

function keepsDying(crashes: number[]): boolean {
  const recent = crashes.filter((time) => Date.now() - time < CRASH_WINDOW);
  return recent.length >= CRASHES_ALLOWED;
}
