/** Writes logs for tests, into a folder that goes away with them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { maskedCrc } from '../../../core/logs/formats/tfrecord.ts';
import { readLog } from '../../../core/logs/index.ts';
import type { Columns, Log } from '../../../core/logs/index.ts';

/** Logs made by the real programs. */
export const FIXTURES = join(import.meta.dirname, '../../fixtures/logs');

/** Ways to write files into a folder of this test file's own. */
export function scratch(): {
  folder: string;
  write: (name: string, content: string | Uint8Array) => string;
  read: (content: string, columns?: Columns, name?: string) => Promise<Log>;
} {
  const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-logs-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  const read = (content: string, columns: Columns = {}, name = 'log') =>
    readLog(write(name, content), { columns });
  return { folder, write, read };
}

/** A TFRecord around some bytes. */
export function record(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([length, sum(length), bytes, sum(bytes)]);
}

function sum(bytes: Uint8Array): Buffer {
  const masked = Buffer.alloc(4);
  masked.writeUInt32LE(maskedCrc(bytes));
  return masked;
}

/** An event with one scalar as a `simple_value`, written by hand from the message's definition. */
export function scalarEvent(step: number, tag: string, value: number): Buffer {
  const name = Buffer.from(tag);
  const number = Buffer.alloc(4);
  number.writeFloatLE(value);
  const inner = Buffer.concat([
    Buffer.from([0x0a, name.length]),
    name,
    Buffer.from([0x15]),
    number,
  ]);
  const summary = Buffer.concat([Buffer.from([0x0a, inner.length]), inner]);
  return record(
    Buffer.concat([Buffer.from([0x10, step]), Buffer.from([0x2a, summary.length]), summary]),
  );
}

/** A CSV of some columns. */
export function csv(
  names: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return [names, ...rows].map((cells) => cells.join(',')).join('\n') + '\n';
}
