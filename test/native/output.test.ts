/** What the command line prints: to full disks, to readers that go away, and of hostile names. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presets } from '../../core/kinds/presets.ts';
import { canMount, smallDisk } from '../small-disk.ts';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
const SMALL = 'data.train=200,data.test=50,training.epochs=3,network.preset=softmax'
  .split(',')
  .flatMap((setting) => ['--set', setting]);
let folder: string;
let run: string;

/** A command in a shell, `$LAB` being the command line. */
function shell(command: string, env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${command}`], {
    cwd: folder,
    env: { ...process.env, LAB: `${process.execPath} ${CLI}`, RUN: run, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr, lines: stderr.trim().split('\n') };
}

function lab(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
}

beforeAll(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'output-test-'));
  run = join(folder, 'run');
  expect(lab(['run', 'mnist-quick', ...SMALL, '--out', run]).status).toBe(0);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const PRINTED = [
  'show "$RUN"',
  'show "$RUN" --json',
  'runs',
  'runs --json',
  'figure',
  'data mnist',
];

describe('a full disk behind stdout', () => {
  const isTold = ({ status, lines }: ReturnType<typeof shell>) => {
    expect([status, lines.length], lines.join('\n')).toEqual([1, 1]);
    expect(lines[0]).toMatch(
      /^The result could not be printed \(the disk that it goes to is full\)/,
    );
  };

  test.runIf(fs.existsSync('/dev/full'))('is told in one sentence by every command', () => {
    for (const command of [...PRINTED, '--help', '--version'])
      isTold(shell(`$LAB ${command} > /dev/full`));
  });

  test.runIf(fs.existsSync('/dev/full'))('does a run no harm', () => {
    const { status, lines } = shell(
      `$LAB run mnist-quick ${SMALL.join(' ')} --out full > /dev/full`,
    );
    expect(status).toBe(1);
    expect(lines.at(-1)).toMatch(/What it wrote to folders is there\.$/);
    expect(fs.existsSync(join(folder, 'full', 'summary.json'))).toBe(true);
    expect(fs.existsSync(join(folder, 'full', 'running.json'))).toBe(false);
  });

  test.runIf(canMount)('is noticed where a part of a result fits', () => {
    const disk = smallDisk(4);
    try {
      isTold(shell(`$LAB runs --json > ${disk.path}/out`, { LABEL_NOISE_LAB_RUNS: manyRuns() }));
    } finally {
      disk.end();
    }
  });

  function manyRuns(): string {
    const runs = join(folder, 'many');
    for (let i = 0; i < 20; i++) hostileRun(join(runs, `run-${i}`), 'plain');
    return runs;
  }
});

describe('a reader that goes away', () => {
  test.each(PRINTED)('ends %s quietly', (command) => {
    const { stderr, status } = shell(`{ $LAB ${command}; echo "code $?" >&2; } | true`);
    expect([stderr, status]).toEqual(['code 0\n', 0]);
  });

  test('does not end a run, whose folder is its result', () => {
    const command = `run mnist-quick ${SMALL.join(' ')} --set training.epochs=6`;
    // The reader takes the first line and goes, long before the last epoch.
    const { stderr, stdout } = shell(
      `{ $LAB ${command} --out away 2>&1; echo "code $?" >&2; } | head -1`,
    );
    expect(stdout).not.toBe('');
    expect(stderr).toBe('code 0\n');
    const away = join(folder, 'away');
    expect(JSON.parse(fs.readFileSync(join(away, 'summary.json'), 'utf8'))).toMatchObject({
      status: 'finished',
      epochs: 6,
    });
    expect(fs.existsSync(join(away, 'running.json'))).toBe(false);
    expect(shell('$LAB show away').status).toBe(0);
  });

  test('ends the following of a log', () => {
    const log = join(folder, 'growing.csv');
    const head = 'epoch,val_loss,val_accuracy,loss,accuracy\n';
    const rows = Array.from({ length: 30 }, (_, i) => `${i},1,0.5,1,0.5\n`);
    fs.writeFileSync(log, head + rows.slice(0, 10).join(''));
    const grow = `sleep 1.5; for i in 1 2 3; do echo "$((9+i)),1,0.5,1,0.5" >> ${log}; sleep 1; done`;
    const { status, stderr } = shell(
      `(${grow}) & { timeout 30 $LAB analyze --follow ${log}; echo "code $?" >&2; } | head -1; wait`,
    );
    expect(status).toBe(0);
    expect(stderr).toContain('code 0\n');
  }, 60_000);
});

/** Signs that steer a terminal, begin a line or turn its direction; no file's name holds all. */
const HOSTILE = 'a\u001b[31m\u0007\u009b\u202eb\u2066c\r\u0085\u2028d';
const STEERING =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** A run as older versions wrote it, whose every text is hostile. */
function hostileRun(at: string, text: string): void {
  fs.mkdirSync(at, { recursive: true });
  const stored = {
    config: { ...presets()[0]!.config, name: text },
    created: '2026-01-01T00:00:00Z',
    classes: [text, '1'],
    shape: [2, 2, 1],
    versions: {},
  };
  fs.writeFileSync(join(at, 'config.json'), JSON.stringify(stored));
  const row = { epoch: 0, trainLoss: 1, trainAccuracy: 0.5, distance: 0, relativeDistance: 0 };
  const line = JSON.stringify({ ...row, distanceByLayer: { [text]: 0 }, seconds: 1 });
  fs.writeFileSync(join(at, 'metrics.jsonl'), `${line}\n`);
  const none = { testAtStop: null, testBest: null, testLast: null, relativeDistance: null };
  const summary = {
    status: 'failed',
    problem: text,
    epochs: 0,
    seconds: 1,
    verdict: null,
    ...none,
  };
  fs.writeFileSync(join(at, 'summary.json'), JSON.stringify(summary));
}

describe('hostile names', () => {
  const NAME = `x${HOSTILE}\ny`;

  /** Lines of a command, of which no sign steers anything. */
  const linesOf = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const { stdout, stderr } = lab(args, env);
    expect(STEERING.exec(stdout + stderr)).toBeNull();
    return [stdout.split('\n').length, stderr.split('\n').length];
  };

  test('of runs steer nothing, and begin no line', () => {
    const [runs, calm] = [join(folder, 'hostile'), join(folder, 'calm')];
    hostileRun(join(runs, `id${HOSTILE}\nz`), NAME);
    hostileRun(join(calm, 'id'), 'calm');
    const inHostile = { LABEL_NOISE_LAB_RUNS: runs };
    const inCalm = { LABEL_NOISE_LAB_RUNS: calm };
    expect(linesOf(['runs'], inHostile)).toEqual(linesOf(['runs'], inCalm));
    const show = ['show', join(runs, `id${HOSTILE}\nz`)];
    expect(linesOf(show)).toEqual(linesOf(['show', join(calm, 'id')]));
    expect(linesOf(['show', NAME])).toEqual([1, 2]);
    expect(linesOf(['run', NAME])).toEqual([1, 2]);
    expect(linesOf([NAME])).toEqual([1, 2]);
    expect(linesOf(['run', 'mnist-quick', '--set', `${NAME}=1`])).toEqual([1, 2]);
    expect(linesOf(['data', join(folder, NAME)])).toEqual([1, 2]);
  });

  test('of files, columns and classes steer nothing, and JSON has them exactly', () => {
    const cell = (text: string) => `"${text}"`;
    const csv = (name: string) =>
      [
        `${cell(`first ${name}`)},number,label`,
        ...Array.from(
          { length: 60 },
          (_, i) => `${((i * 7) % 31) + 0.5},${i % 7},${cell(`${i % 2} ${name}`)}`,
        ),
      ].join('\n');
    const [hostile, calm] = [join(folder, `t${HOSTILE}.csv`), join(folder, 'calm.csv')];
    fs.writeFileSync(hostile, csv(NAME));
    fs.writeFileSync(calm, csv('calm'));
    const options = ['--set', 'reading.labels=label'];
    expect(linesOf(['data', hostile, ...options])).toEqual(linesOf(['data', calm, ...options]));
    const told = JSON.parse(lab(['data', hostile, ...options, '--json']).stdout) as {
      columns: string[];
      classes: string[];
    };
    expect(told.classes).toContain(`0 ${NAME}`);
    expect(told.columns).toContain(`first ${NAME}`);
  });

  test('of a log steer nothing', () => {
    const log = (name: string) => {
      const rows = Array.from({ length: 12 }, (_, i) => `${i},0.5,0.5,0.5,0.5,1`);
      return [`epoch,val_loss,val_accuracy,loss,accuracy,"${name}"`, ...rows].join('\n');
    };
    const [hostile, calm] = [join(folder, `l${HOSTILE}.csv`), join(folder, 'calm-log.csv')];
    fs.writeFileSync(hostile, log(NAME));
    fs.writeFileSync(calm, log('calm'));
    expect(linesOf(['analyze', hostile])).toEqual(linesOf(['analyze', calm]));
    const column = ['--columns', `trainLoss=${NAME}`];
    expect(linesOf(['analyze', hostile, ...column])[1]).toBeLessThanOrEqual(2);
  });

  test('given to a run are cleaned before they are written', () => {
    const out = join(folder, 'named');
    const set = ['--set', `name=${JSON.stringify(NAME)}`];
    const { status, stdout, stderr } = lab(['run', 'mnist-quick', ...SMALL, ...set, '--out', out]);
    expect([status, STEERING.exec(stdout + stderr)]).toEqual([0, null]);
    expect(lab(['report', out]).status).toBe(0);
    const html = fs.readFileSync(join(out, 'named.html'), 'utf8');
    expect([STEERING.exec(html), html.includes('a?[31m')]).toEqual([null, true]);
    const { config } = JSON.parse(fs.readFileSync(join(out, 'config.json'), 'utf8')) as {
      config: { name: string };
    };
    expect(config.name).not.toMatch(/[\n\u001b\u202e]/);
  });
});

test.runIf(process.platform === 'linux')('too little memory is told as that', () => {
  const { status, lines } = shell('ulimit -v 1400000; $LAB run synthetic --out little');
  expect([status, lines.at(-1)]).toEqual([
    2,
    "There is too little memory to load TensorFlow's library; close other programs, or allow this one more.",
  ]);
  expect(fs.existsSync(join(folder, 'little', 'config.json'))).toBe(false);
});

test('what cannot be read is named as it was given, without the words of the system', () => {
  const made = join(folder, 'a-folder');
  fs.mkdirSync(made);
  const few = [
    ['run', made],
    ['theory', made],
    ['run', 'mnist-quick', '--noise-matrix', made],
  ];
  const linux = [
    ['data', '/proc/self/mem'],
    ['analyze', '/proc/self/mem'],
  ];
  for (const args of [...few, ...(process.platform === 'linux' ? linux : [])]) {
    const { status, stdout, stderr } = lab(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^[^\n]+\.\n$/);
    expect(stderr).toContain(args.at(-1));
    expect(stderr).not.toMatch(/\bE[A-Z]{3,}\b|runs folder|\.[0-9a-f]{8}/);
  }
});

describe('runs', () => {
  test('of a folder that is not there yet are none, and it is not made', () => {
    const absent = join(folder, 'absent', 'runs');
    const { status, stdout } = lab(['runs'], { LABEL_NOISE_LAB_RUNS: absent });
    expect([status, stdout]).toEqual([
      0,
      `There are no runs in ${absent} yet; "run mnist-quick" makes one.\n`,
    ]);
    expect(fs.existsSync(join(folder, 'absent'))).toBe(false);
  });

  test('of a folder that cannot be read are one sentence', () => {
    const file = join(folder, 'a-file');
    fs.writeFileSync(file, '');
    for (const place of [file, join(file, 'runs')]) {
      const { status, stdout, stderr } = lab(['runs'], { LABEL_NOISE_LAB_RUNS: place });
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^[^\n]+\.\n$/);
      expect(stderr).toContain(place);
    }
  });

  test.runIf(canMount)('of a folder closed to this user are one sentence', () => {
    const closed = fs.mkdtempSync(join(tmpdir(), 'closed-runs-'));
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'runs'], {
      env: { LABEL_NOISE_LAB_RUNS: closed },
      cwd: '/',
      encoding: 'utf8',
      // Nobody, whom the folder's permissions stop.
      uid: 65_534,
      gid: 65_534,
    });
    fs.rmdirSync(closed);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^[^\n]+ by this user; [^\n]+\.\n$/);
    expect(stderr).toContain(closed);
  });
});
