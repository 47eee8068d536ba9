/** The Python environment of the benchmark's peers: PyTorch and TensorFlow, made once. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { printNote } from '../../core/terminal/output.ts';

const execFileAsync = promisify(execFile);
/** What `bench --data --peers` needs besides. */
const DATA = 'data.txt';

/** The peers' scripts and requirements; benchmarks run in the root of the clone. */
export const PEERS = resolve('test/bench/peers');

/** One call of pip. */
interface Install {
  file: string;
  options: string[];
  about: string;
}

/** What pip installs, in order. PyTorch's own list of dependencies would bring unneeded gigabytes. */
const INSTALLS: readonly Install[] = [
  { file: 'torch.txt', options: ['--no-deps'], about: 'PyTorch (2.3 GB to fetch)' },
  { file: 'tensorflow.txt', options: [], about: 'TensorFlow (0.4 GB to fetch)' },
];
/** What `bench --labels --peers` needs, in an environment of its own. */
const LABELS: readonly Install[] = [
  { file: 'labels.txt', options: [], about: 'cleanlab (60 MB to fetch)' },
];

const FRAMEWORKS: Install = {
  file: 'frameworks.txt',
  options: ['--no-deps'],
  about: 'Lightning, Transformers and scikit-learn (0.1 GB to fetch)',
};
const RECORDER: readonly Install[] = [
  { file: 'recorder.txt', options: [], about: 'NumPy (17 MB to fetch)' },
];

/**
 * The Python with which the peers run; its environment is made where it is missing.
 * @throws Error where there is no clone or Python, or pip fails
 */
export function peersPython(): Promise<string> {
  return pythonWith(INSTALLS);
}

/**
 * The Python with which the peers judge labels.
 * @throws Error as `peersPython` does
 */
export function labelPeersPython(): Promise<string> {
  return pythonWith(LABELS);
}

/**
 * The Python of the frameworks whose trainings are recorded.
 * @throws Error as `peersPython` does
 */
export function frameworksPython(): Promise<string> {
  return pythonWith([...INSTALLS, FRAMEWORKS]);
}

/**
 * The Python with which trainings are recorded in tests: NumPy and nothing else.
 * @throws Error as `peersPython` does
 */
export function recorderPython(): Promise<string> {
  return pythonWith(RECORDER);
}

async function pythonWith(installs: readonly Install[]): Promise<string> {
  const folder = environmentFolder(installs);
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (existsSync(join(folder, 'complete'))) return python;
  rmSync(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  printNote(`Making the peers' Python environment, once, in ${folder}.`);
  await run('python3', ['-m', 'venv', folder], 'a virtual environment');
  for (const { file, options, about } of installs) {
    printNote(`Installing ${about}.`);
    const args = ['install', '--quiet', '--disable-pip-version-check', '--no-cache-dir'];
    await run(python, ['-m', 'pip', ...args, ...options, '-r', join(PEERS, file)], about);
  }
  markComplete(folder);
  return python;
}

/**
 * The same Python, with what reads data sets.
 * @throws Error as `peersPython` does
 */
export async function dataPeersPython(): Promise<string> {
  const python = await peersPython();
  const list = readFileSync(join(PEERS, DATA));
  const mark = join(
    environmentFolder(INSTALLS),
    `data-${createHash('sha256').update(list).digest('hex')}`,
  );
  if (existsSync(mark)) return python;
  printNote('Installing pandas and torchvision (30 MB to fetch).');
  const args = ['install', '--quiet', '--disable-pip-version-check', '--no-cache-dir', '--no-deps'];
  await run(python, ['-m', 'pip', ...args, '-r', join(PEERS, DATA)], 'pandas and torchvision');
  writeFileSync(mark, '');
  return python;
}

/** Runs a peer's script to its end. @returns what it printed @throws Error where it fails */
export async function runPeer(
  python: string,
  script: string,
  args: readonly string[],
): Promise<string> {
  try {
    const options = { maxBuffer: 2 ** 28 };
    return (await execFileAsync(python, [join(PEERS, script), ...args], options)).stdout;
  } catch (error) {
    const why = String((error as { stderr?: string }).stderr ?? error)
      .trim()
      .split('\n')
      .at(-1);
    throw new Error(`The peer ${script} ended: ${why}`);
  }
}

/** One folder for each set of requirements, beside what set-up keeps for every clone. */
function environmentFolder(installs: readonly Install[]): string {
  const hash = createHash('sha256');
  for (const { file } of installs) hash.update(readFileSync(join(PEERS, file)));
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'label-noise-lab', `peers-${hash.digest('hex').slice(0, 12)}`);
}

/** An environment without this mark was interrupted, and is made anew. */
function markComplete(folder: string): void {
  writeFileSync(join(folder, 'complete.part'), '');
  renameSync(join(folder, 'complete.part'), join(folder, 'complete'));
}

/** Runs a program. @throws Error with the last line that it wrote */
function run(program: string, args: readonly string[], about: string): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    const keep = (part: Buffer) => (text = (text + part.toString()).slice(-4000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', () => {
      fail(new Error(`${program} cannot be started; the peers need Python 3.10 to 3.13.`));
    });
    child.on('close', (code) => {
      const why = text.trim().split('\n').at(-1) || `exit code ${code}`;
      if (code === 0) done();
      else fail(new Error(`Installing ${about} for the peers failed: ${why}`));
    });
  });
}
