/** Labels of several annotators beside a run: read, heard, kept, shown, and refused where they do not fit. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditRun } from '../../core/audit/audit-run.ts';
import type { RunAudit } from '../../core/audit/audit-run.ts';
import { presets } from '../../core/kinds/presets.ts';
import { randomOf } from '../../core/random.ts';
import { paths } from '../../core/run-folder/files.ts';
import { readNpz } from '../../core/run-folder/npz.ts';
import { beginRun } from '../../core/runs/begin.ts';
import { executeRun } from '../../core/runs/execute.ts';
import { auroc } from '../bench/labels/scores.ts';
import { hearingLab } from './hearing.ts';
import { THREADS } from './run-graph.ts';

const CLI = join(__dirname, '../../dist/core/cli.cjs');
const NAMES = ['red', 'green', 'blue'];
const ROWS = 900;
let runs: string;
let run: string;
let file: string;
let before: RunAudit;

/** Clouds that lie over each other, so that the network alone cannot tell all. */
function cloud(random: ReturnType<typeof randomOf>): string {
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const angle = (2 * Math.PI * (i % 3)) / 3;
    const at = (centre: number) => (centre + 2 * (random.real() + random.real() - 1)).toFixed(4);
    return [at(Math.cos(angle)), at(Math.sin(angle)), NAMES[i % 3]!].join();
  });
  return `a,b,label\n${rows.join('\n')}\n`;
}

/** Three people who are wrong in 2, 3 and 4 of 10, and the truth, which must not be read. */
function annotators(random: ReturnType<typeof randomOf>): string {
  const said = (i: number, wrong: number) =>
    NAMES[random.real() < wrong ? (i + 1 + random.below(2)) % 3 : i % 3]!;
  const rows = Array.from({ length: ROWS }, (_, i) =>
    [i, ...[0.2, 0.3, 0.4].map((wrong) => said(i, wrong)), NAMES[i % 3], 'a remark'].join(),
  );
  return `index,Ada,Ben,Cai,true_label,note\n${rows.join('\n')}\n`;
}

const doubtOf = ({ found }: RunAudit) => {
  const { train_given: given, train_true: truth } = readNpz(readFileSync(paths.labels(run)), '');
  return auroc(
    found.train.wrong,
    Array.from(given!, (label, i) => label !== truth![i]),
  );
};

beforeAll(async () => {
  runs = mkdtempSync(join(tmpdir(), 'label-noise-lab-annotators-'));
  run = join(runs, 'run');
  file = join(runs, 'annotators.csv');
  const random = randomOf(2, 'annotators of a run');
  writeFileSync(join(runs, 'rows.csv'), cloud(random));
  writeFileSync(file, annotators(random));
  const config = structuredClone(presets()[0]!.config);
  Object.assign(config.data, { source: join(runs, 'rows.csv'), train: 500, test: 100 });
  Object.assign(config.data, { holdoutShare: 0.4 });
  Object.assign(config.noise, { kind: 'symmetric', rate: 0.3 });
  Object.assign(config.network, { preset: 'mlp', widths: [16] });
  Object.assign(config.training, { epochs: 8, batch: 20, threads: THREADS });
  await executeRun(await beginRun(run, config));
  before = await auditRun(run);
}, 120_000);
afterAll(() => rmSync(runs, { recursive: true, force: true }));

describe('annotators', () => {
  test('make an audit surer, and true labels are not among them', async () => {
    const heard = await auditRun(run, { annotators: { path: file, columns: [] } });
    expect(heard.annotators!.names).toEqual(['Ada', 'Ben', 'Cai']);
    expect(doubtOf(heard)).toBeGreaterThan(doubtOf(before) + 0.05);
    const note = heard.notes.find(({ code }) => code === 'audit.notes.annotators');
    expect(note!.values).toMatchObject({ many: '3', names: ['Ada', 'Ben', 'Cai'] });
    const some = await auditRun(run, { annotators: { path: file, columns: ['Cai'] } });
    expect(doubtOf(some)).toBeLessThan(doubtOf(heard));
  });

  test('are kept by the window, heard in the next audit, and shown beside each suspect', async () => {
    const { lab, audited } = hearingLab(runs);
    const plain = await audited('run');
    await lab['labels.annotate']({ id: 'run', path: file });
    const { rate, notes } = await audited('run');
    expect(notes.map(({ code }) => code)).toContain('audit.notes.annotators');
    expect(rate).not.toEqual(plain.rate);
    const detail = await lab['labels.suspect']({ id: 'run', part: 'train', index: 0 });
    const place = readNpz(readFileSync(paths.labels(run)), '')['train_index']![0]!;
    const line = readFileSync(file, 'utf8').split('\n')[place + 1]!.split(',');
    expect(detail.annotators.map(({ name }) => name)).toEqual(['Ada', 'Ben', 'Cai']);
    expect(detail.annotators.map(({ label }) => plain.classes[label])).toEqual(line.slice(1, 4));
    const kept = join(run, 'annotators.json');
    writeFileSync(kept, readFileSync(kept, 'utf8').replace('1', '2'));
    await expect(audited('run')).rejects.toThrow('annotators.damaged');
    rmSync(kept);
  });

  test('are named on the command line', () => {
    const lab = (...args: string[]) =>
      spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
    const { status, stdout } = lab(
      ...['audit', run, '--annotators', file, '--annotator', 'Ada', '--annotator', 'Ben', '--json'],
    );
    expect(status).toBe(0);
    expect(stdout).toContain('2 annotators were heard too (Ada, Ben)');
    const refused = lab('audit', run, '--annotator', 'Ada');
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringMatching(/--annotators/)]);
  });

  test.each([
    ['index,who\n0,purple\n1,red\n', /no column whose values are classes/],
    ['Ada\nred\ngreen\n', /900|2 /],
  ])('are refused where they do not fit: %j', async (text, why) => {
    const wrong = join(runs, 'wrong.csv');
    writeFileSync(wrong, text);
    await expect(auditRun(run, { annotators: { path: wrong, columns: [] } })).rejects.toThrow(why);
    const columns = ['Zoe'];
    await expect(auditRun(run, { annotators: { path: file, columns } })).rejects.toThrow(
      /no column Zoe/,
    );
  });
});
