/** A known data set of pictures is read alike however it is laid out, or what is doubtful is asked. */
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { InputError } from '../../../core/contract/words/errors.ts';
import type { Opened } from './files.ts';
import { openWith, scratch } from './files.ts';
import { layouts, packed } from './picture-layouts.ts';
import type { Known } from './picture-layouts.ts';
import { numberOf } from './pictures.ts';

const { folder, write, writeAll } = scratch();
beforeAll(() => {
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
});

/** `npm run prove picture-layouts` has all of them. */
const RUNS = process.env['LAB_PROOFS'] === 'whole' ? 1000 : 100;
/** Layouts that may be asked about instead of read. */
const ASKED = 0.1;

const line = (number: number, label: string, part: string) => `${number} ${part} ${label}`;

/** What must be read: by the one rule, validation is the test part only where there is no other. */
function expected(known: readonly Known[]): string[] {
  const hasTest = known.some(({ part }) => part === 'test');
  return known
    .flatMap(({ number, label, part }) => {
      if (part === 'val') return hasTest ? [] : [line(number, label, 'test')];
      return part === 'train' || part === 'test' ? [line(number, label, part)] : [];
    })
    .sort();
}

/** What was read, by its pixels and its true labels. */
function found({ train, test: tested, classes }: Opened): string[] {
  return (['train', 'test'] as const)
    .flatMap((part) => {
      const samples = part === 'train' ? train : tested;
      const labels = samples?.truth ?? samples?.labels ?? [];
      return Array.from(labels, (label, i) =>
        line(numberOf(samples!.values, i), classes[label]!, part),
      );
    })
    .sort();
}

test(
  `${RUNS} random layouts are read as they are meant, or asked about`,
  async () => {
    const asked: string[] = [];
    await fc.assert(
      fc.asyncProperty(layouts, async ({ known, files, container, how }) => {
        const bytes = await packed(files, container);
        const path = bytes ? write(`set.${container}`, bytes) : writeAll(files);
        try {
          const dataset = await openWith(path);
          if (JSON.stringify(found(dataset)) !== JSON.stringify(expected(known))) {
            throw new Error(
              `${how}\n${JSON.stringify(found(dataset).slice(0, 5))}\n${JSON.stringify(expected(known).slice(0, 5))}\n${dataset.inferred.join('\n')}\n${Object.keys(files).slice(0, 12).join('\n')}`,
            );
          }
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          asked.push(error.message);
        }
      }),
      { numRuns: RUNS, seed: 17, endOnFailure: true },
    );
    process.stdout.write(
      `${RUNS} layouts of pictures: ${asked.length} asked about, none misread\n`,
    );
    expect(asked.length / RUNS).toBeLessThan(ASKED);
  },
  RUNS * 300,
);
