/**
 * `npm run fuzz -- [--format X] [--count N] [--first N]`: opens damaged files and prints the totals.
 * Each format runs in a process of its own, which is ended where it hangs.
 */
import '../word-errors.ts';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { attempt } from './attempt.ts';
import type { Outcome } from './attempt.ts';
import { FORMATS } from './formats.ts';

const HANG = 2;
const MOST_MEMORY = 1024;

/** Sent by the child before and after each attempt, with its memory at most so far in MiB. */
type Message = { number: number } | { number: number; outcome: Outcome; memory: number };

const { values } = parseArgs({
  options: {
    format: { type: 'string' },
    count: { type: 'string', default: '1000' },
    first: { type: 'string', default: '0' },
    child: { type: 'boolean', default: false },
  },
});
const [count, first] = [Number(values.count), Number(values.first)];
const data = join(process.cwd(), 'test', 'fixtures', 'data');

if (values.child) await child(values.format!);
else if (values.format && !FORMATS[values.format]) {
  print(`There is no format ${values.format}; there are ${Object.keys(FORMATS).join(', ')}.`);
  process.exitCode = 2;
} else await parent(values.format ? [values.format] : Object.keys(FORMATS));

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function child(format: string): Promise<void> {
  const seed = await FORMATS[format]!(data);
  const tell = (message: Message) =>
    new Promise((resolve) => process.send!(message, undefined, undefined, resolve));
  for (let number = first; number < first + count; number++) {
    await tell({ number });
    const outcome = await attempt(format, seed, number);
    await tell({ number, outcome, memory: process.resourceUsage().maxRSS / 1024 });
  }
  process.disconnect();
}

interface Totals {
  opened: number;
  refused: number;
  faults: string[];
  slowest: number;
  memory: number;
}

async function parent(formats: string[]): Promise<void> {
  let faults = 0;
  for (const format of formats) {
    const totals: Totals = { opened: 0, refused: 0, faults: [], slowest: 0, memory: 0 };
    for (let next = first; next < first + count;) next = await stretch(format, next, totals);
    faults += totals.faults.length;
    const { opened, refused, slowest, memory } = totals;
    print(
      `${format.padEnd(14)} ${count} damaged: ${refused} refused, ${opened} opened, ` +
        `${totals.faults.length} faults; slowest ${slowest.toFixed(2)} s, memory ${Math.round(memory)} MiB`,
    );
    for (const fault of totals.faults.slice(0, 5)) print(`  ${fault}`);
  }
  process.exitCode = faults > 0 ? 1 : 0;
}

/** Runs until the end or a crash or hang; returns the number to go on with. */
function stretch(format: string, from: number, totals: Totals): Promise<number> {
  return new Promise((resolve) => {
    const rest = String(first + count - from);
    const worker = fork(
      process.argv[1]!,
      ['--child', '--format', format, '--first', String(from), '--count', rest],
      { silent: true },
    );
    let [current, ended] = [from, false];
    let timer: NodeJS.Timeout | undefined;
    const hang = () => worker.kill('SIGKILL');
    worker.on('message', (message: Message) => {
      clearTimeout(timer);
      current = message.number;
      if ('outcome' in message) {
        counted(totals, message.number, message.outcome, message.memory);
        ended = message.number === first + count - 1;
      } else timer = setTimeout(hang, 5 * HANG * 1000);
    });
    worker.on('close', (code, signal) => {
      clearTimeout(timer);
      if (!ended)
        totals.faults.push(`${current}: the process ended (${signal ?? code}), hung or crashed`);
      resolve(ended ? first + count : current + 1);
    });
  });
}

function counted(totals: Totals, number: number, outcome: Outcome, memory: number): void {
  totals.slowest = Math.max(totals.slowest, outcome.seconds);
  totals.memory = Math.max(totals.memory, memory);
  if (outcome.kind === 'fault') totals.faults.push(`${number}: ${outcome.message}`);
  else totals[outcome.kind]++;
  if (outcome.seconds > HANG) totals.faults.push(`${number}: took ${outcome.seconds.toFixed(1)} s`);
  if (memory > MOST_MEMORY) totals.faults.push(`${number}: ${Math.round(memory)} MiB of memory`);
}
