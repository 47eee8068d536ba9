/** Asks the thread that reads Parquet, and ends it where a file makes it hang or grow. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { InputError } from '../../contract/words/errors.ts';
import type { LoadControl } from '../control.ts';
import type { Job, PictureRows, Reply, Results } from './messages.ts';
import code from './worker.ts?bundled';

/**
 * Processor seconds that any file may take, and more for each byte and each value. A sound file takes
 * a hundredth of it; where a run trains beside it on a busy machine, all seconds count but few are its own.
 */
const SECONDS = 5;
const SECONDS_A_BYTE = 20e-6;
const SECONDS_A_VALUE = 0.5e-6;
/** Milliseconds between two looks at the clock. */
const LOOK = 100;
const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';
/** MiB that the thread's objects may take: of a small file, for each byte, and of any. */
const LEAST_HEAP = 384;
const HEAP_A_BYTE = 64;
const MOST_HEAP = 4096;
/** Milliseconds that a thread waits for the next file. */
const IDLE = 5000;

/** The reply that ends a job. */
type Ending = Extract<Reply, { kind: 'done' | 'refused' | 'failed' }>;

/** A thread without work. */
interface Idle {
  worker: Worker;
  /** MiB that it may take. */
  heap: number;
  end: NodeJS.Timeout;
}

let idle: Idle | null = null;
let turn: Promise<unknown> = Promise.resolve();

/**
 * Has a file read; one after the other, for a file takes memory.
 * @param job its bytes are given away
 * @param useRows is given the rows of a job `pictures`
 * @throws InputError where the file is damaged or asks for too much; the reason of an aborted signal
 */
export function ask<J extends Job>(
  job: J,
  control: LoadControl,
  useRows: (rows: PictureRows) => void = () => undefined,
): Promise<Results[J['kind']]> {
  const mine = turn.then(() => run(job, control, useRows));
  turn = mine.catch(() => undefined);
  return mine as Promise<Results[J['kind']]>;
}

async function run(
  job: Job,
  control: LoadControl,
  useRows: (rows: PictureRows) => void,
): Promise<unknown> {
  control.signal?.throwIfAborted();
  const size = job.bytes.length;
  const heap = Math.min(MOST_HEAP, LEAST_HEAP + Math.ceil((HEAP_A_BYTE * size) / 2 ** 20));
  const worker = await threadOf(heap);
  let last: Ending | null = null;
  try {
    control.signal?.throwIfAborted();
    last = await converse(worker, ownBytes(job), control, useRows);
  } finally {
    if (last && last.kind !== 'failed') keep(worker, heap);
    else await worker.terminate();
  }
  if (last.kind === 'done') return last.result;
  throw last.kind === 'refused' ? new InputError(last.phrase) : new Error(last.message);
}

/** A waiting thread that may take as much, or a new one. */
async function threadOf(heap: number): Promise<Worker> {
  const waiting = idle;
  idle = null;
  clearTimeout(waiting?.end);
  if (waiting && waiting.heap >= heap) {
    waiting.worker.ref();
    return waiting.worker;
  }
  await waiting?.worker.terminate();
  const resourceLimits = { maxOldGenerationSizeMb: heap };
  const worker = new Worker(code, { eval: true, execArgv: [], resourceLimits });
  // Memory may yet run out while the thread is being ended.
  worker.on('error', () => undefined);
  // How long a thread takes to start tells nothing of a file.
  await once(worker, 'online');
  return worker;
}

function keep(worker: Worker, heap: number): void {
  // It keeps no program from ending.
  worker.unref();
  const end = setTimeout(() => {
    idle = null;
    void worker.terminate();
  }, IDLE).unref();
  idle = { worker, heap, end };
}

/** The same job, whose bytes are all of their buffer, which can then be given away. */
function ownBytes(job: Job): Job {
  const { bytes } = job;
  return bytes.length === bytes.buffer.byteLength ? job : { ...job, bytes: Uint8Array.from(bytes) };
}

/** Sends a job and waits for its last reply. */
function converse(
  worker: Worker,
  job: Job,
  { signal, progress, fields }: LoadControl,
  useRows: (rows: PictureRows) => void,
): Promise<Ending> {
  const { where } = job;
  const clock = deadline(SECONDS + SECONDS_A_BYTE * job.bytes.length);
  return new Promise<Ending>((resolve, reject) => {
    const looking = setInterval(() => clock.isOver() && fail(endless(where)), LOOK);
    const end = () => {
      clearInterval(looking);
      worker.off('message', hear).off('error', fall).off('exit', fall);
      signal?.removeEventListener('abort', cancel);
    };
    const fail = (error: unknown) => {
      end();
      reject(error as Error);
    };
    const cancel = () => fail(signal?.reason);
    const fall = (why: NodeJS.ErrnoException | number) =>
      fail(why instanceof Error && why.code !== OUT_OF_MEMORY ? why : tooLarge(where));
    const hear = (reply: Reply) => {
      if (reply.kind === 'begun') clock.extend(SECONDS_A_VALUE * reply.values);
      else if (reply.kind === 'progress') progress?.(reply.share, reply.doing);
      else if (reply.kind === 'fields') fields?.(reply.names);
      else if (reply.kind === 'rows') useRows(reply.rows);
      else {
        end();
        resolve(reply);
      }
    };
    signal?.addEventListener('abort', cancel);
    worker.on('message', hear).on('error', fall).on('exit', fall);
    worker.postMessage(job, [job.bytes.buffer as ArrayBuffer]);
  });
}

/**
 * A number of seconds, over once this process has computed for so long and as much time has passed,
 * so that a busy machine makes no file seem damaged.
 */
function deadline(seconds: number) {
  const [begun, computed] = [performance.now(), process.cpuUsage()];
  let allowed = seconds;
  return {
    extend: (more: number) => void (allowed += more),
    isOver(): boolean {
      const { user, system } = process.cpuUsage(computed);
      return Math.min((performance.now() - begun) / 1e3, (user + system) / 1e6) > allowed;
    },
  };
}

function endless(where: string): InputError {
  return new InputError('parquet.endless', { where });
}

function tooLarge(where: string): InputError {
  return new InputError('parquet.memory', { where });
}
