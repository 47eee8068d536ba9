/** A small, fixed share of `npm run fuzz`: damaged files are refused in one sentence, or open. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attempt } from '../../fuzz/attempt.ts';
import { FORMATS } from '../../fuzz/formats.ts';

const DATA = join(import.meta.dirname, '../../fixtures/data');
const COUNT = 60;

test.each(Object.keys(FORMATS))(
  '%s: a sound file opens, damaged ones do no harm',
  async (format) => {
    const seed = await FORMATS[format]!(DATA);
    expect(await attempt(format, seed, null)).toMatchObject({ kind: 'opened', message: '' });
    const outcomes: string[] = [];
    for (let number = 0; number < COUNT; number++) {
      const { kind, message } = await attempt(format, seed, number);
      outcomes.push(kind);
      expect(kind, message).not.toBe('fault');
    }
    expect(outcomes).toContain('refused');
  },
  60_000,
);
