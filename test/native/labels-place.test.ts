/** What the place Labels asks of the core, on a real run: audit, pages, reasons, review, training again. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHANCE_BINS } from '../../core/contract/messages/labels.ts';
import type { AuditView, SuspectFilter } from '../../core/contract/messages/labels.ts';
import type { Config } from '../../core/contract/config/schema.ts';
import { presets } from '../../core/kinds/presets.ts';
import { paths } from '../../core/run-folder/files.ts';
import { readNpz } from '../../core/run-folder/npz.ts';
import { ownConfig, readRunConfig } from '../../core/run-folder/stored.ts';
import { hearingLab } from './hearing.ts';
import type { HeardLab } from './hearing.ts';
import { THREADS } from './run-graph.ts';

let runs: string;
let lab: HeardLab['lab'];
let events: HeardLab['events'];
let heard: HeardLab['heard'];
let audited: HeardLab['audited'];
let id: string;
let view: AuditView;
const everyone = { given: null, likely: null, above: 0, show: 'all', search: '' } as const;
const all: SuspectFilter = { part: 'train', ...everyone };
const page = (filter: Partial<SuspectFilter> = {}, from = 0, count = 60) =>
  lab['labels.suspects']({ id, ...all, ...filter, from, count });

async function trained(config: Config): Promise<string> {
  const ended = heard('run.ended');
  const started = await lab['run.start']({ config });
  expect((await ended).row.status).toBe('finished');
  return started.id;
}

const labelsOf = (run: string) => readNpz(readFileSync(paths.labels(join(runs, run))), 'labels');

beforeAll(async () => {
  runs = mkdtempSync(join(tmpdir(), 'label-noise-lab-labels-'));
  ({ lab, events, heard, audited } = hearingLab(runs));
  const config = structuredClone(presets()[0]!.config);
  Object.assign(config.data, { train: 1000, holdoutShare: 0.3, test: 300 });
  Object.assign(config.noise, { kind: 'symmetric', rate: 0.3 });
  Object.assign(config.network, { preset: 'mlp', widths: [64] });
  Object.assign(config.training, { epochs: 10, batch: 32, threads: THREADS });
  id = await trained(config);
  view = await audited(id);
}, 120_000);
afterAll(() => rmSync(runs, { recursive: true, force: true }));

describe('an audit', () => {
  test('is not there before it is made, and is told while it is', async () => {
    const { lab: other } = hearingLab(runs);
    expect(await other['labels.open']({ id })).toEqual({ audit: null });
    expect(() => other['labels.suspects']({ id, ...all, from: 0, count: 5 })).toThrow(
      'audit them first',
    );
    const shares = events.flatMap((event) =>
      event.event === 'labels.progress' && event.id === id ? [event.share] : [],
    );
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  test('tells the share of wrong labels, and in hindsight the real one', () => {
    const { train_given: given, train_true: truth } = labelsOf(id);
    const wrong = Array.from(truth!).filter((label, i) => label !== given![i]).length;
    expect(view.realRate).toBeCloseTo(wrong / 1000, 6);
    expect(Math.abs(view.rate.estimate - wrong / 1000)).toBeLessThan(0.06);
    expect(view.parts.map(({ part, samples }) => [part, samples])).toEqual([
      ['train', 1000],
      ['holdout', 300],
      ['test', 300],
    ]);
  });

  test('counts chances and pairs so that they add up', () => {
    const { bins, wrong, pairs, samples, flagged } = view.parts[0]!;
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    expect(sum(bins)).toBe(samples);
    expect(sum(wrong) / samples).toBeCloseTo(view.rate.estimate, 5);
    expect(sum(bins.slice(CHANCE_BINS / 2))).toBe(flagged);
    expect(sum(pairs.map((pair) => pair.flagged))).toBe(flagged);
    expect(sum(pairs.map(({ expected }) => expected.estimate))).toBeCloseTo(sum(wrong), 3);
    expect(sum(pairs.map(({ real }) => real!))).toBe(Math.round(view.realRate! * samples));
    for (const { expected } of pairs) {
      expect(expected.low).toBeLessThanOrEqual(expected.estimate);
      expect(expected.high).toBeGreaterThanOrEqual(expected.estimate);
    }
  });

  test('is refused beside another work, ends when it is told to, and can be made again', async () => {
    const ended = heard('labels.ended');
    await lab['labels.audit']({ id, folds: 3 });
    expect(() => lab['labels.audit']({ id, folds: null })).toThrow('being audited');
    await expect(
      (async () => lab['run.start']({ config: ownConfig(readRunConfig(join(runs, id))) }))(),
    ).rejects.toThrow('being audited');
    await lab['labels.stop']({});
    expect(await ended).toMatchObject({ id, problem: null });
    expect((await lab['labels.open']({ id })).audit).toEqual(view);
  });

  test('of a run that cannot be read is refused, and keeps nothing busy', async () => {
    const broken = 'broken-run';
    cpSync(join(runs, id), join(runs, broken), { recursive: true });
    writeFileSync(paths.config(join(runs, broken)), '{');
    expect(() => lab['labels.audit']({ id: broken, folds: null })).toThrow(/config/);
    cpSync(join(runs, id), join(runs, broken), { recursive: true });
    // Who has to mend a review hears of it before the audit, and not after.
    writeFileSync(join(runs, broken, 'review.jsonl'), '{}\n');
    expect(() => lab['labels.audit']({ id: broken, folds: null })).toThrow(/line 1/);
    rmSync(join(runs, broken), { recursive: true });
    expect((await audited(id)).rate).toEqual(view.rate);
  });

  test('without the data is made of what the run holds', async () => {
    const config = ownConfig(readRunConfig(join(runs, id)));
    const source = join(runs, 'rows.csv');
    const rows = Array.from({ length: 200 }, (_, i) => `${i % 7},${(i * 3) % 5},${i % 2}`);
    writeFileSync(source, `a,b,label\n${rows.join('\n')}\n`);
    const data = { ...config.data, source, train: 100, test: 20 };
    const other = await trained({ ...config, data, name: 'gone' });
    rmSync(source);
    const { lab: fresh, audited: auditFresh } = hearingLab(runs);
    const audit = await auditFresh(other);
    expect(audit.notes.map(({ code }) => code)).toContain('audit.notes.noData');
    const { suspects } = await fresh['labels.suspects']({ id: other, ...all, from: 0, count: 1 });
    expect(suspects[0]!.sample).toBeNull();
  });
});

describe('suspects', () => {
  test('come the likeliest first, page by page, each once', async () => {
    const pages = [];
    for (let from = 0; from < 1000; from += 60) pages.push((await page({}, from)).suspects);
    const found = pages.flat();
    expect(found).toHaveLength(1000);
    expect(new Set(found.map(({ index }) => index)).size).toBe(1000);
    const chances = found.map(({ chance }) => chance);
    expect(chances).toEqual(chances.toSorted((a, b) => b - a));
    const { train_given: given, train_true: truth } = labelsOf(id);
    for (const { index, given: label, sample } of found) {
      expect([label, sample!.truth]).toEqual([given![index], truth![index]]);
    }
  });

  test('are filtered by pair, chance, words and part', async () => {
    const pair = view.parts[0]!.pairs.find(({ flagged }) => flagged > 0)!;
    const { total, right, suspects } = await page({
      given: pair.given,
      likely: pair.likely,
      above: 0.5,
    });
    expect(total).toBe(pair.flagged);
    expect(right).toBeCloseTo(
      suspects.reduce((sum, { likelyChance }) => sum + likelyChance, 0),
      6,
    );
    const first = (await page()).suspects[0]!;
    const named = (await page({ search: first.id })).suspects;
    expect(named.map((one) => one.id)).toContain(first.id);
    expect((await page({ part: 'test' })).total).toBe(300);
    expect(() => page({ part: 'nothing' as 'test' })).toThrow();
  });

  test('say why: what the network called them, and who is near', async () => {
    const { suspects } = await page();
    const { index, given, likely, likelyChance } = suspects[0]!;
    const detail = await lab['labels.suspect']({ id, part: 'train', index });
    expect(detail.predicted).toHaveLength(11);
    expect(detail.chances[0]!.class).toBe(likely);
    expect(detail.chances[0]!.chance).toBeCloseTo(likelyChance, 6);
    expect(detail.neighbours).toHaveLength(8);
    const likeness = detail.neighbours.map((one) => one.likeness);
    expect(likeness).toEqual(likeness.toSorted((a, b) => b - a));
    const labels = labelsOf(id)['train_given']!;
    for (const one of detail.neighbours) {
      expect(one.given).toBe(labels[one.index]);
      expect(one.index).not.toBe(index);
    }
    const agreeing = detail.neighbours.filter((one) => one.given === likely).length;
    expect(agreeing).toBeGreaterThan(detail.neighbours.filter((one) => one.given === given).length);
    expect((await lab['labels.suspect']({ id, part: 'test', index: 4 })).predicted).toEqual([]);
    expect(() => lab['labels.suspect']({ id, part: 'train', index: 1000 })).toThrow(
      'has no such sample',
    );
  });
});

describe('a review', () => {
  test('is kept at once, counted, undone, and found again by another core', async () => {
    const [first, second, third] = (await page()).suspects;
    const at = ({ part, index }: typeof first & object) => ({ part, index });
    const decide = (suspect: typeof first, decision: object | null) =>
      lab['labels.decide']({
        id,
        reviewer: 'Ada',
        made: [{ sample: at(suspect!), decision: decision as never }],
      });
    await decide(first, { choice: 'class', class: first!.likely });
    await decide(second, { choice: 'class', class: second!.given });
    const { review } = await decide(third, { choice: 'unsure' });
    expect(review).toMatchObject({ looked: 3, changed: 1, unsure: 1, undoable: true });
    expect((await hearingLab(runs).audited(id)).review).toEqual(review);
    expect((await page({ show: 'decided' })).total).toBe(3);
    const undone = await lab['labels.undo']({ id, reviewer: 'Ada' });
    expect(undone.samples).toEqual([at(third!)]);
    expect(undone.review).toMatchObject({ looked: 2, unsure: 0 });
    expect(() => decide(first, { choice: 'class', class: 10 })).toThrow('no class number 10');
  });

  test('accepts many at once, which one undo takes back', async () => {
    const before = (await lab['labels.open']({ id })).audit!.review;
    const { total } = await page({ above: 0.9, show: 'open' });
    expect(total).toBeGreaterThan(100);
    const filter = { ...all, above: 0.9 };
    const { accepted, review } = await lab['labels.acceptAll']({ id, reviewer: 'Ada', ...filter });
    expect(accepted).toBe(total);
    expect(review.looked).toBe(before.looked + total);
    const undone = await lab['labels.undo']({ id, reviewer: 'Ada' });
    expect(undone.samples).toHaveLength(total);
    expect(undone.review).toEqual(before);
  });

  test('of another person is merged, and where both differ nothing is changed', async () => {
    const { suspects } = await page();
    const [, second] = suspects;
    const folder = join(runs, '..', `${view.id}-bea`);
    cpSync(join(runs, id), join(folder, id), { recursive: true });
    const { lab: bea, audited: auditBeas } = hearingLab(folder);
    await auditBeas(id);
    await bea['labels.decide']({
      id,
      reviewer: 'Bea',
      made: [
        {
          sample: { part: 'train', index: second!.index },
          decision: { choice: 'class', class: second!.likely },
        },
      ],
    });
    const file = join(folder, 'bea.csv');
    await bea['labels.write']({ id, format: 'review', path: file, language: 'en' });
    const { review } = await lab['labels.merge']({ id, path: file });
    expect(review).toMatchObject({ disputed: 1, reviewers: ['Ada', 'Bea'] });
    expect((await page({ show: 'disputed' })).suspects[0]).toMatchObject({
      index: second!.index,
      decision: null,
    });
    rmSync(folder, { recursive: true });
  });

  test('is written in every format of files', async () => {
    const { catalogue } = await lab['core.info']({});
    // Pictures of all classes are 60,000 files here, and are written in tests of their own.
    const files = catalogue.labelFormats.filter(({ extension }) => extension !== null);
    expect(files.length).toBeGreaterThan(5);
    for (const { id: format, extension } of files) {
      const path = join(runs, '..', `${view.id}-${format}.${extension}`);
      await lab['labels.write']({ id, format, path, language: 'he' });
      expect(existsSync(path)).toBe(true);
      rmSync(path, { recursive: true });
    }
  });

  test('is trained on: the labels that were decided are changed, and no other', async () => {
    await lab['labels.acceptAll']({ id, reviewer: 'Cai', ...all, above: 0.8 });
    const decided = new Map<number, number>();
    for (let from = 0; from < 1000; from += 60) {
      for (const { index, decision } of (await page({}, from)).suspects) {
        if (decision?.choice === 'class') decided.set(index, decision.class);
      }
    }
    // Who is not sure of a label shares it between two classes.
    const doubted = (await page({ show: 'open' })).suspects.find((one) => one.flagged)!;
    await lab['labels.decide']({
      ...{ id, reviewer: 'Cai' },
      made: [{ sample: { part: 'train', index: doubted.index }, decision: { choice: 'unsure' } }],
    });
    const ended = heard('run.ended');
    const again = await lab['labels.trainAgain']({ id });
    const { row } = await ended;
    expect(row).toMatchObject({ id: again.id, status: 'finished' });
    const before = labelsOf(id);
    const after = labelsOf(again.id);
    expect(after['train_index']).toEqual(before['train_index']);
    before['train_given']!.forEach((label, i) => {
      if (i === doubted.index) return;
      expect(after['train_given']![i]).toBe(decided.get(i) ?? label);
    });
    const shared = [after['train_given']![doubted.index], after['train_others']![doubted.index]];
    expect(new Set(shared)).toEqual(new Set([doubted.given, doubted.likely]));
    expect(Array.from(after['train_shares']!).filter((share) => share > 0)).toHaveLength(1);
    const old = (await lab['run.open']({ id })).row;
    expect(row.testLast!).toBeGreaterThan(old.testLast! + 0.02);
    expect(row.name).not.toBe(old.name);
    expect((await lab['labels.open']({ id })).audit!.retrained).toEqual([again.id]);
    await audited(again.id);
    const config = ownConfig(readRunConfig(join(runs, again.id)));
    expect(readFileSync(config.data.corrections, 'utf8').split('\n')[0]).toBe('id,label,share');
  });
});
