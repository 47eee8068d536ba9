/** Audited labels in files of every format, and read back by the lab as given labels. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { decode } from 'fast-png';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { undecided, withSuggested } from '../../../core/audit/decided.ts';
import { LABEL_FORMATS } from '../../../core/audit/formats/index.ts';
import { pictureNames } from '../../../core/audit/file-names.ts';
import { exportLabels, labelFormatOf, writeLabels } from '../../../core/audit/write.ts';
import type { Decision } from '../../../core/contract/messages/labels.ts';
import type { Dataset } from '../../../core/data/index.ts';
import { readNpy } from '../../../core/data/formats/npy.ts';
import { readCorrections } from '../../../core/training/corrections.ts';
import { idxFiles, openWith, scratch, zip } from '../data/files.ts';
import type { Files } from '../data/files.ts';
import { numberOf, pictures, tinyPng } from '../data/pictures.ts';
import { auditOf, decidedBy, expectedClasses } from './audited.ts';

const { folder, write, writeAll } = scratch();
let next = 0;
const place = (name: string) => join(folder, `out-${next++}-${name}`);

/** Rows of three classes, called by words or by numbers. */
const rowsOf = (names: readonly string[]): Buffer =>
  Buffer.from(
    [
      'a,b,label',
      ...Array.from({ length: 24 }, (_, i) => `${i},${(i * i) % 7},${names[i % 3]}`),
    ].join('\n'),
  );

const remove: Decision = { choice: 'remove' };
const unsure: Decision = { choice: 'unsure' };
const to = (label: number): Decision => ({ choice: 'class', class: label });
/** Of the rows of an audit: two changed, one kept, one removed, one of which nobody is sure. */
const MADE = { 0: to(2), 3: to(0), 4: remove, 9: unsure, 17: to(1) };

/** A data set, its audit, and what is decided about it. */
async function reviewed(source: string) {
  const opened = await openWith(source);
  const dataset = opened as unknown as Dataset;
  const audit = auditOf(dataset, source);
  return { source, dataset, audit, labels: decidedBy(audit, { Ada: MADE }) };
}

const byWords = await reviewed(write('rows.csv', rowsOf(['red', 'green', 'blue'])));
const byNumbers = await reviewed(write('rows.csv', rowsOf(['1', '2', '3'])));
const bySigns = await reviewed(write('rows.csv', rowsOf(['-1', '0', '1'])));
const byFiles = await reviewed(writeAll(pictures({ cat: 8, dog: 8, 'fly agaric': 8 })));

describe('a file of audited labels', () => {
  const cases = [byWords, byNumbers, bySigns, byFiles].flatMap((set, i) =>
    ['csv', 'json', 'parquet', 'npy'].map((format) => [format, i, set] as const),
  );
  test.each(cases)('%s of data set %i is read back as given labels', async (format, _, set) => {
    const path = place(`labels.${format}`);
    await writeLabels(format, path, set.labels);
    const read = await openWith(set.source, { labelsFile: path });
    const expected = expectedClasses(set.dataset, set.audit, MADE);
    expect([...read.train.labels]).toEqual(expected.filter((label) => label !== null));
    const kept = expected.flatMap((label, i) => (label === null ? [] : [i]));
    expect([...read.train.truth!]).toEqual(kept.map((i) => set.dataset.train.labels[i]));
  });

  test('of the whole data set is read back too', async () => {
    const path = exportLabels(place('labels'), byWords.labels);
    const read = await openWith(byWords.source, { labelsFile: path });
    const expected = expectedClasses(byWords.dataset, byWords.audit, MADE);
    expect([...read.train.labels]).toEqual(expected.filter((label) => label !== null));
  });

  test('has the columns of cleanlab, then the label and what was decided', async () => {
    const { labels, audit } = byWords;
    const paths = Object.fromEntries(
      ['csv', 'json', 'parquet'].map((format) => [format, place(`table.${format}`)]),
    );
    for (const [format, path] of Object.entries(paths)) await writeLabels(format, path, labels);
    const rows = parse(readFileSync(paths['csv']!), { columns: true }) as Record<string, string>[];
    expect(Object.keys(rows[0]!).slice(0, 10)).toEqual(
      'part index id given probability suggested suggestedProbability flagged label decision'.split(
        ' ',
      ),
    );
    const said = rows.map((row) => row['decision']);
    const words = audit.rows.map((row, i) => {
      const made = (MADE as Record<number, Decision>)[i];
      if (made?.choice === 'remove') return 'removed';
      if (made?.choice === 'unsure') return 'unsure';
      if (!made) return '';
      if (made.class === row.given) return 'kept';
      return made.class === row.suggested ? 'accepted' : 'changed';
    });
    expect(said).toEqual(words);
    expect(rows[4]!['label']).toBe('');
    expect(rows[9]!['label']).toBe(rows[9]!['given']);
    const json = JSON.parse(readFileSync(paths['json']!, 'utf8')) as Record<string, unknown>[];
    const bytes = readFileSync(paths['parquet']!);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const parquet = (await parquetReadObjects({ file })) as typeof json;
    for (const [i, row] of rows.entries()) {
      const texts = (one: Record<string, unknown>) =>
        Object.entries(one).map(([key, value]) =>
          typeof value === 'number' ? [key, Number(value.toPrecision(6))] : [key, value ?? ''],
        );
      const plain = Object.entries(row).map(([key, value]) => {
        if (/probability|index/i.test(key)) return [key, Number(value)];
        return [key, value === 'true' ? true : value === 'false' ? false : value];
      });
      expect(texts(json[i]!)).toEqual(plain);
      expect(texts(parquet[i]!)).toEqual(plain);
    }
  });

  test('corrects only what was decided otherwise, and takes out what was removed', async () => {
    const { labels, dataset, audit } = byWords;
    const path = place('labels.csv');
    await writeLabels('csv', path, labels);
    const { classes } = readCorrections(path, dataset, audit.prepared!.split);
    const expected = expectedClasses(dataset, audit, MADE);
    const changed = expected.flatMap((label, i) =>
      label === dataset.train.labels[i] ? [] : [[i, label ?? -1] as const],
    );
    expect(changed.length).toBeGreaterThan(2);
    expect([...classes].sort((a, b) => a[0] - b[0])).toEqual(changed);
  });

  test('that nobody reviewed corrects as suggested, or nothing at all', async () => {
    const { dataset, audit } = byWords;
    const correctionsOf = async (labels: ReturnType<typeof undecided>) => {
      const path = place('labels.csv');
      await writeLabels('csv', path, labels);
      return readCorrections(path, dataset, audit.prepared!.split).classes;
    };
    expect([...(await correctionsOf(undecided('a', 'a', audit)))]).toEqual([]);
    const flagged = audit.rows.filter((row) => row.flagged);
    const found = await correctionsOf(withSuggested(undecided('a', 'a', audit)));
    expect(found.size).toBe(flagged.length);
    for (const { part, index, suggested } of flagged) {
      expect(found.get(audit.prepared!.split[part][index]!)).toBe(suggested);
    }
  });

  test('of soft labels has certain rows where somebody decided, and chances elsewhere', async () => {
    const { labels, dataset, audit } = byWords;
    const path = place('soft.npy');
    await writeLabels('soft', path, labels);
    const { shape, values } = readNpy(readFileSync(path), path);
    expect(shape).toEqual([24, 3]);
    const rows = Array.from({ length: 24 }, (_, i) =>
      [0, 1, 2].map((c) => values[3 * i + c] as number),
    );
    const hot = (label: number) => [0, 1, 2].map((c) => Number(c === label));
    const { split } = audit.prepared!;
    audit.rows.forEach(({ part, index }, i) => {
      const found = part === 'train' ? audit.found.train : audit.found.unseen[0]!;
      const chances = [...found.probabilities.subarray(3 * index, 3 * index + 3)];
      const made = (MADE as Record<number, Decision>)[i];
      const expected =
        made?.choice === 'class'
          ? hot(made.class)
          : made?.choice === 'remove'
            ? [0, 0, 0]
            : chances;
      expect(rows[split[part][index]!]).toEqual(expected);
    });
    expect(rows[23]).toEqual(hot(dataset.train.labels[23]!));
  });

  test('is of the format that its ending names', () => {
    const named = ['a.csv', 'a.JSON', 'a.parquet', 'a.npy', 'a.html'].map(
      (path) => labelFormatOf(path).id,
    );
    expect(named).toEqual(['csv', 'json', 'parquet', 'npy', 'html']);
    expect(() => labelFormatOf('a.doc')).toThrow(/must end with one of \.csv, \.json/);
  });

  test('of other data is refused in one sentence, as is an array without its data', async () => {
    const path = place('labels.csv');
    await writeLabels('csv', path, byWords.labels);
    const fewer = rowsOf(['red', 'green', 'blue']).toString().split('\n').slice(0, 11).join('\n');
    const other = write('rows.csv', Buffer.from(fewer));
    await expect(openWith(other, { labelsFile: path })).rejects.toThrow(
      /is the audit of other data: 10 of its 23 samples are in rows\.csv/,
    );
    const bare = { ...byWords.labels, audit: { ...byWords.audit, prepared: null } };
    for (const format of ['npy', 'soft', 'sorted']) {
      await expect(writeLabels(format, place(format), bare)).rejects.toThrow(
        /data are not at hand/,
      );
    }
  });
});

describe('a folder of sorted pictures', () => {
  const filesIn = (at: string): string[] =>
    (readdirSync(at, { recursive: true }) as string[])
      .filter((name) => name.endsWith('.png'))
      .sort();

  test.each([
    ['a folder', async (files: Files) => Promise.resolve(writeAll(files))],
    ['an archive', async (files: Files) => Promise.resolve(write('set.zip', zip(files)))],
  ])('has copies out of %s, which stays as it is', async (_, made) => {
    const files = pictures({ cat: 8, dog: 8, 'fly agaric': 8 });
    const set = await reviewed(await made(files));
    const path = place('sorted');
    await writeLabels('sorted', path, set.labels);
    const expected = expectedClasses(set.dataset, set.audit, MADE);
    const goal = expected.flatMap((label, i) =>
      label === null
        ? []
        : [`${set.dataset.classes[label]!}/${set.dataset.ids![i]!.split('/')[1]}`],
    );
    expect(filesIn(path)).toEqual(goal.sort());
    for (const name of goal) {
      const number = Number(/(\d+)\.png/.exec(name)![1]);
      expect(readFileSync(join(path, name))).toEqual(Buffer.from(tinyPng(number)));
    }
    // It is a data set again, labelled as corrected.
    const read = await openWith(path);
    const counts = (labels: readonly (number | null)[]) =>
      [0, 1, 2].map((c) => labels.filter((l) => l === c).length);
    expect(counts([...read.train.labels])).toEqual(counts(expected));
    expect((await openWith(set.source)).train.labels).toEqual(set.dataset.train.labels);
  });

  test('is written out of arrays too, each pixel as it was', async () => {
    const set = await reviewed(writeAll(idxFiles()));
    const path = place('sorted');
    await writeLabels('sorted', path, undecided('a', 'a', set.audit));
    const { labels, values } = set.dataset.train;
    expect(filesIn(path)).toEqual(
      Array.from(labels, (label, i) => `${set.dataset.classes[label]}/${i}.png`).sort(),
    );
    labels.forEach((label, i) => {
      const { data } = decode(readFileSync(join(path, `${set.dataset.classes[label]}/${i}.png`)));
      expect([...data]).toEqual([...values.subarray(6 * i, 6 * i + 6)]);
    });
  });

  test('is refused for rows of a table', async () => {
    const path = place('sorted');
    await expect(writeLabels('sorted', path, byWords.labels)).rejects.toThrow(/are not pictures/);
    expect(existsSync(path)).toBe(false);
  });

  test('keeps names, and tells two of one name apart on any system', () => {
    const names = pictureNames(
      ['cat/1.png', 'dog/1.png', 'cat/A.png', 'b/a.png', 'x:y/CON.png', 'cat/9.png'],
      ['cat', 'cat', 'cat', 'cat', 'a/b', null],
      ['cat', 'a/b', 'a:b', 'CAT'],
    );
    expect(names).toEqual([
      ...['cat/1.png', 'cat/dog-1.png', 'cat/A.png', 'cat/b-a.png', 'a_b/_CON.png', null],
    ]);
  });
});

describe('the report of an audit', () => {
  test('is one page in the asked language, with pictures, and nothing from outside', async () => {
    const labels = decidedBy(byFiles.audit, { Ada: MADE, 'Ben <b>': { 0: to(1), 1: unsure } });
    const pages = await Promise.all(
      (['en', 'he'] as const).map(async (language) => {
        const path = place(`audit-${language}.html`);
        await writeLabels('html', path, labels, language);
        return readFileSync(path, 'utf8');
      }),
    );
    const [english, hebrew] = pages as [string, string];
    expect(english).toContain('About 25% of the training labels are wrong (20% to 30%).');
    expect(english).toContain('An &lt;experiment&gt;');
    expect(english).toContain('Ada, Ben &lt;b&gt;');
    expect(english.match(/<img alt="" src="data:image\/png;base64,/g)).toHaveLength(
      byFiles.audit.rows.filter((row) => row.flagged).length,
    );
    expect(hebrew).toContain('dir="rtl"');
    expect(hebrew).toContain('דוח על התוויות');
    for (const page of pages) {
      expect(page).not.toMatch(/<script|https?:|src="(?!data:)/);
      expect(page).not.toMatch(/audit\.(page|decisions)\./);
    }
  });

  test('of a first suspect shows its very picture', async () => {
    const path = place('audit.html');
    await writeLabels('html', path, byFiles.labels);
    const page = readFileSync(path, 'utf8');
    const [, base64] = /base64,([^"]*)"/.exec(page)!;
    const { data } = decode(Buffer.from(base64!, 'base64'));
    const worst = byFiles.audit.rows.toSorted((a, b) => b.probability - a.probability)[0]!;
    expect(numberOf(data as Uint8Array, 0)).toBe(Number(/(\d+)\.png/.exec(worst.id)![1]));
  });

  test('of rows has no pictures, and of no suspects no list', async () => {
    const path = place('audit.html');
    await writeLabels('html', path, undecided('a', 'a', byWords.audit));
    const page = readFileSync(path, 'utf8');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('Review');
    const rows = byWords.audit.rows.filter((row) => !row.flagged);
    await writeLabels('html', path, undecided('a', 'a', { ...byWords.audit, rows }));
    expect(readFileSync(path, 'utf8')).not.toContain('Likeliest wrong');
  });
});

test('every format writes what it is asked for', async () => {
  for (const { id, extension } of LABEL_FORMATS.all) {
    const path = place(extension ? `all.${extension}` : 'all');
    await writeLabels(id, path, byFiles.labels);
    expect(existsSync(path), id).toBe(true);
  }
});
