/** A home, a temporary folder and a working folder of their own, whose every byte is looked at. */
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** Files that a shell, a key or a person would miss. */
const FILES = [
  'home/.bashrc',
  'home/.profile',
  'home/.ssh/authorized_keys',
  'home/.config/autostart/other.desktop',
  'home/Documents/taxes.csv',
  'tmp/other.txt',
  'work/notes.json',
];

/** Where the lab is let loose. */
export interface Sandbox {
  home: string;
  /** Neither the lab's runs nor its temporary files: another program's. */
  tmp: string;
  /** The folder in which the app is started. */
  work: string;
  /** Profile and runs: what the app may write, besides temporary files. */
  lab: string;
  /** The environment in which the app knows no other place. */
  env: Record<string, string>;
  /** A line for every file and folder outside the lab's own: kind, size, time, content. */
  snapshot(): string[];
  remove(): void;
}

/** Makes a sandbox. */
export function makeSandbox(): Sandbox {
  const root = mkdtempSync(join(tmpdir(), 'label-noise-lab-hostile-'));
  const place = (name: string): string => join(root, name);
  for (const name of ['home', 'tmp', 'work', 'lab', 'scratch']) mkdirSync(place(name));
  for (const name of FILES) {
    mkdirSync(dirname(place(name)), { recursive: true });
    writeFileSync(place(name), `a,label\n${name},1\n`);
  }
  const own = [place('lab'), place('scratch')];
  return {
    home: place('home'),
    tmp: place('tmp'),
    work: place('work'),
    lab: place('lab'),
    env: {
      HOME: place('home'),
      TMPDIR: place('scratch'),
      XDG_CACHE_HOME: place('scratch'),
      XDG_DATA_HOME: place('scratch'),
      LABEL_NOISE_LAB_RUNS: join(place('lab'), 'runs'),
    },
    snapshot: () => linesOf(root, root, own),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function linesOf(root: string, folder: string, without: string[]): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => !without.includes(path))
    .flatMap((path) => {
      const is = lstatSync(path);
      const content = is.isFile() ? hash(path) : '';
      const line = `${relative(root, path)} ${is.mode} ${is.size} ${is.mtimeMs} ${content}`;
      return is.isDirectory() ? [line, ...linesOf(root, path, without)] : [line];
    });
}

const hash = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');
