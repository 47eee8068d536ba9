/** Opens damaged files and judges what comes of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { inferAll } from '../../core/contract/config/schema.ts';
import { openDataset } from '../../core/data/index.ts';
import { InputError } from '../../core/contract/words/errors.ts';
import { randomOf } from '../../core/random.ts';
import type { Seed } from './formats.ts';
import { mutate } from './mutate.ts';

/** What came of one damaged file. */
export interface Outcome {
  /** `opened`: what was left is a data set. `refused`: one plain sentence. Anything else is a fault. */
  kind: 'opened' | 'refused' | 'fault';
  /** What was thrown. */
  message: string;
  seconds: number;
}

/**
 * Damages and opens the `number`-th mutation of a seed; the same number is the same damage.
 * @param number null for the sound files
 */
export async function attempt(format: string, seed: Seed, number: number | null): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-fuzz-'));
  // What is decoded here is not kept beside the person's own.
  process.env['XDG_CACHE_HOME'] = folder;
  const begun = performance.now();
  const outcome = (kind: Outcome['kind'], message = ''): Outcome => ({
    kind,
    message,
    seconds: (performance.now() - begun) / 1000,
  });
  try {
    const source = write(folder, format, seed, number);
    const reading = { ...inferAll, ...seed.reading?.(join(folder, 'set')) };
    await openDataset({ source, reading });
    return outcome('opened');
  } catch (error) {
    const { message } = error as Error;
    const plain = error instanceof InputError && !message.includes('\n') && message.length < 2000;
    return outcome(plain ? 'refused' : 'fault', `${(error as Error).stack ?? message}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder: string, format: string, seed: Seed, number: number | null): string {
  const random = randomOf(number ?? 0, `fuzz/${format}`);
  const { zipped } = seed;
  const targets = seed.damaged ?? Object.keys(seed.files);
  const target = targets[random.below(targets.length)]!;
  const inside: Record<string, Uint8Array> = {};
  const outside: Record<string, Uint8Array> = {};
  for (const [name, bytes] of Object.entries(seed.files)) {
    const now = number !== null && name === target ? mutate(bytes, random) : bytes;
    if (zipped && name.startsWith(`${zipped}/`)) inside[name.slice(zipped.length + 1)] = now;
    else outside[name] = now;
  }
  if (zipped) outside[zipped] = zipSync(inside);
  for (const [name, bytes] of Object.entries(outside)) {
    mkdirSync(dirname(join(folder, 'set', name)), { recursive: true });
    writeFileSync(join(folder, 'set', name), bytes);
  }
  const names = Object.keys(outside);
  return names.length === 1 ? join(folder, 'set', names[0]!) : join(folder, 'set');
}
