/** `bench --runs`: how fast a long run opens and many runs are listed, by a core that has just started. */
import { PhrasedError } from '../../core/contract/words/errors.ts';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { temporaryFolder } from '../../core/disk/temporary.ts';
import { parseResponse, parseResult } from '../../core/contract/messages/parse.ts';
import type { CoreMethod, Params } from '../../core/contract/messages/messages.ts';
import { paths } from '../../core/run-folder/files.ts';
import { indexPath } from '../../core/run-folder/run-index.ts';
import { median } from './compare.ts';
import { writeLongRun, writeManyRuns } from './folders.ts';
import { printResult, printNote, table } from '../../core/terminal/output.ts';

/** One line of the benchmark. */
interface RunsResult {
  what: string;
  /** Medians over several core processes: the first answer of each, and a later one. */
  first: number;
  again: number;
  /** Size of the answer, in MB of JSON. */
  megabytes: number;
}

/** A question to the core. */
interface Question {
  what: string;
  runs: string;
  method: CoreMethod;
  params: Params<CoreMethod>;
  /** A file that is taken away before each core starts. */
  without?: string;
}

const REPEATS = 5;
const LONG = [2000, 5000];
const MANY = 1000;
const SHORT = 40;

/** Writes made-up runs, and prints how long the core takes to open and list them. */
export async function benchRuns(json: boolean): Promise<void> {
  const folder = temporaryFolder('bench');
  try {
    const questions = await written(folder);
    const results: RunsResult[] = [];
    for (const question of questions) {
      printNote(question.what);
      results.push(await measured(question));
    }
    printResult(json, { results }, () =>
      table(
        ['Asked', 'First, s', 'Again, s', 'Answer, MB'],
        results.map((r) => [
          r.what,
          r.first.toFixed(3),
          r.again.toFixed(3),
          r.megabytes.toFixed(2),
        ]),
      ),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function written(folder: string): Promise<Question[]> {
  const questions: Question[] = [];
  for (const epochs of LONG) {
    printNote(`Writing a run of ${epochs} epochs.`);
    const runs = join(folder, `long-${epochs}`);
    const run = await writeLongRun(runs, epochs);
    const killed = `${run}-killed`;
    cpSync(run, killed, { recursive: true, filter: (path) => basename(path) !== 'summary.json' });
    const of = `a run of ${epochs.toLocaleString('en')} epochs`;
    const open = (what: string, folder: string, without?: string): void => {
      const params = { id: basename(folder) };
      questions.push({ what, runs, method: 'run.open', params, ...(without ? { without } : {}) });
    };
    open(`open ${of}`, run);
    open(`open ${of}, killed`, killed);
    open(`open ${of}, without views.bin`, run, paths.views(run));
  }
  printNote(`Writing ${MANY} runs of ${SHORT} epochs.`);
  const runs = join(folder, 'many');
  await writeManyRuns(runs, MANY, SHORT);
  const many = MANY.toLocaleString('en');
  const list = { runs, method: 'runs.list', params: {} } as const;
  questions.push({ ...list, what: `list ${many} runs` });
  questions.push({
    ...list,
    what: `list ${many} runs, without index.json`,
    without: indexPath(runs),
  });
  return questions;
}

async function measured({ what, runs, method, params, without }: Question): Promise<RunsResult> {
  const firsts: number[] = [];
  const laters: number[] = [];
  let bytes = 0;
  for (let i = 0; i < REPEATS; i++) {
    if (without) rmSync(without, { force: true });
    const core = await startedCore(runs);
    const first = await asked(core, method, params);
    const later = await asked(core, method, params);
    core.kill();
    firsts.push(first.seconds);
    laters.push(later.seconds);
    bytes = first.bytes;
  }
  return { what, first: median(firsts), again: median(laters), megabytes: bytes / 1e6 };
}

function startedCore(runs: string): Promise<ChildProcess> {
  const options = { serialization: 'advanced' } as const;
  const child = fork(join('dist', 'core', 'process.cjs'), [runs], options);
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`The core ended with exit code ${code}.`)));
  });
}

/** Seconds until the answer is here and checked, as the main process does it. */
function asked<M extends CoreMethod>(
  core: ChildProcess,
  method: M,
  params: Params<M>,
): Promise<{ seconds: number; bytes: number }> {
  const begun = performance.now();
  core.send({ id: 0, method, params });
  return new Promise((resolve, reject) => {
    core.once('message', (message) => {
      const response = parseResponse(message);
      if ('error' in response) return reject(new PhrasedError(response.error));
      const result = parseResult(method, response.result);
      const seconds = (performance.now() - begun) / 1000;
      resolve({ seconds, bytes: JSON.stringify(result).length });
    });
  });
}
