/** Random damage to run folders: each is told, or does no harm, which equal answers prove. */
import {
  copyFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportRun } from '../../../core/export/index.ts';
import { beginRun, reopenRun } from '../../../core/runs/begin.ts';
import { executeRun } from '../../../core/runs/execute.ts';
import { reportText } from '../../../core/report/index.ts';
import { keepModel, keptEpochs } from '../../../core/run-folder/checkpoints.ts';
import { checkWhole } from '../../../core/run-folder/check.ts';
import { listRuns } from '../../../core/run-folder/list.ts';
import { isRun } from '../../../core/run-folder/stored.ts';
import { runView } from '../../../core/run-folder/views.ts';
import { count, endOf, goOn, smallConfig, temporaryFolder } from './small-run.ts';

const EPOCHS = 6;
const KEPT = 3;
const config = smallConfig(EPOCHS);

const { path: folder, remove } = temporaryFolder();
const finished = join(folder, 'originals', 'finished');
const stopped = join(folder, 'originals', 'stopped');
const killed = join(folder, 'originals', 'killed');
beforeAll(async () => {
  await executeRun(await beginRun(finished, config));
  keepModel(finished, KEPT);
  let epochs = 0;
  await executeRun(await beginRun(stopped, config), {
    epoch: () => epochs++,
    stopped: () => epochs > 4,
  });
  cpSync(stopped, killed, { recursive: true });
  rmSync(join(killed, 'summary.json'));
  for (const run of [finished, stopped, killed]) expect(checkWhole(run).damage).toBeNull();
});
afterAll(remove);

/** Long enough after the writing of a run that the index of runs trusts the times of its files. */
const later = (): number => Date.now() + 60_000;

interface Damage {
  kind: 'flip' | 'cut' | 'cut lines' | 'remove' | 'swap' | 'duplicate' | 'zero' | 'other run';
  file: number;
  other: number;
  at: number;
  bit: number;
}

const damages: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom(
    'flip',
    'cut',
    'cut lines',
    'remove',
    'swap',
    'duplicate',
    'zero',
    'other run',
  ),
  file: fc.nat(1000),
  other: fc.nat(1000),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  bit: fc.nat(7),
});

function filesOf(run: string): string[] {
  const names = readdirSync(run, { recursive: true }).map(String).sort();
  return names.filter((name) => statSync(join(run, name)).isFile());
}

/** Does the damage. @returns what was done, in words; null where nothing was changed */
function damage(run: string, { kind, file, other, at, bit }: Damage): string | null {
  const files = filesOf(run);
  const name = files[file % files.length]!;
  const path = join(run, name);
  const bytes = readFileSync(path);
  const place = Math.floor(at * bytes.length);
  const ofKind = files.filter((one) => one.split('.').at(-1) === name.split('.').at(-1));
  const second = ofKind[other % ofKind.length]!;
  switch (kind) {
    case 'flip':
      bytes[place]! ^= 1 << bit;
      writeFileSync(path, bytes);
      return `bit ${bit} of byte ${place} of ${name}`;
    case 'cut':
      writeFileSync(path, bytes.subarray(0, place));
      return `${name} cut to ${place} of ${bytes.length}`;
    case 'cut lines': {
      const lines = bytes.toString('latin1').split('\n');
      const kept = Math.floor(at * lines.length);
      writeFileSync(path, Buffer.from(lines.slice(0, kept).join('\n') + '\n', 'latin1'));
      return `${name} cut to ${kept} of ${lines.length} lines`;
    }
    case 'remove':
      rmSync(path);
      return `${name} removed`;
    case 'swap':
      if (second === name) return null;
      renameSync(path, `${path}.swap`);
      renameSync(join(run, second), path);
      renameSync(`${path}.swap`, join(run, second));
      return `${name} swapped with ${second}`;
    case 'duplicate':
      if (second === name) return null;
      copyFileSync(path, join(run, second));
      return `${name} copied over ${second}`;
    case 'zero':
      writeFileSync(path, bytes.fill(0, place, Math.min(place + 400, bytes.length)));
      return `400 zeros from byte ${place} of ${name}`;
    case 'other run': {
      const from = join(folder, 'originals', run.includes('finished') ? 'stopped' : 'finished');
      try {
        copyFileSync(join(from, name), path);
      } catch {
        return null;
      }
      return `${name} of another run`;
    }
  }
}

/** What a person gets of a run in every way, or the sentence that refuses it. */
function answersOf(run: string): Record<string, unknown> {
  const tried = (read: () => unknown): unknown => {
    try {
      return read();
    } catch (error) {
      return `told: ${String(error)}`;
    }
  };
  const exported = (epoch: number | null): unknown =>
    tried(() => {
      const out = join(folder, 'export');
      rmSync(out, { recursive: true, force: true });
      exportRun(run, 'tfjs', epoch, () => out);
      return readFileSync(join(out, 'weights.bin')).toString('base64');
    });
  return {
    list: tried(() => {
      const { rows, problem } = listRuns(join(run, '..'), later());
      return problem ? `told: ${problem.code}` : { ...rows[0], id: '' };
    }),
    view: tried(() => {
      const view = runView(run);
      return { ...view, row: { ...view.row, id: '' }, kept: [] };
    }),
    csv: tried(() => {
      const { damage } = checkWhole(run);
      return damage ? `told: ${damage.code}` : reportText(run, 'csv');
    }),
    kept: keptEpochs(run),
    best: exported(null),
    each: Array.from({ length: EPOCHS + 1 }, (_, epoch) => exported(epoch)),
  };
}

/** Whether an answer says that something is wrong. */
function isTold(answer: unknown): boolean {
  const text = JSON.stringify(answer) ?? '';
  return /told: |errors\.run\./.test(text);
}

test(`${count(40, 540)} damages to finished and interrupted runs: none is silent`, async () => {
  const wanted = new Map<string, Record<string, unknown>>();
  const tally = { told: 0, harmless: 0, nothing: 0 };
  const end = endOf(finished);
  const originals = { finished, stopped, killed };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<keyof typeof originals>('finished', 'stopped', 'killed'),
      damages,
      async (state, what) => {
        const runs = join(folder, `damaged-${state}`);
        const run = join(runs, 'run');
        rmSync(runs, { recursive: true, force: true });
        cpSync(originals[state], run, { recursive: true });
        // What is kept to list and open runs quickly must not hide damage.
        listRuns(runs, later());
        if (!wanted.has(state)) wanted.set(state, answersOf(run));
        const done = damage(run, what);
        if (done === null) {
          tally.nothing++;
          return;
        }
        const good = wanted.get(state)!;
        const answers = answersOf(run);
        let told = false;
        for (const [way, answer] of Object.entries(answers)) {
          if (JSON.stringify(answer) === JSON.stringify(good[way])) continue;
          const isEarlier = isShorter(way, answer, good[way], state);
          expect(isTold(answer) || isEarlier, `${done}: ${way} of ${relative(folder, run)}`).toBe(
            true,
          );
          told = true;
        }
        tally[told ? 'told' : 'harmless']++;
        await checkGoesOn(run, done, end);
      },
    ),
    { numRuns: count(40, 540), seed: 16 },
  );
  process.stdout.write(`damage: ${JSON.stringify(tally)}, 0 silent\n`);
}, 900_000);

/**
 * Without its summary a run counts as interrupted and its end is made again; without its last
 * checksums, its last epoch is trained again: that is said by its status and its epochs.
 */
function isShorter(way: string, answer: unknown, good: unknown, state: string): boolean {
  const rowOf = (value: unknown) =>
    (way === 'view' ? (value as { row?: unknown }).row : value) as
      { status?: string; lastEpoch?: number } | undefined;
  if (way === 'list' || way === 'view') return rowOf(answer)?.status === 'interrupted';
  // A model that is not there is not said to be kept.
  if (way === 'kept') return (answer as number[]).length < (good as number[]).length;
  if (way === 'csv') return String(good).startsWith(String(answer)) && state === 'killed';
  // The epoch that is recommended may be another one where an epoch is missing at the end.
  return way === 'best' && state === 'killed';
}

/** Resumed, a run ends as it would have, or says why it cannot. */
async function checkGoesOn(run: string, done: string, end: object): Promise<void> {
  if (!isRun(run)) return;
  try {
    const before = checkWhole(run);
    if (before.summary?.status === 'finished' && !before.damage) await reopenRun(run);
    else await goOn(run, config);
  } catch (error) {
    expect(String(error), done).toMatch(/is complete|is damaged/);
    return;
  }
  expect(endOf(run), done).toEqual(end);
}
