/**
 * Weights & Biases' offline runs: a log of records in blocks as LevelDB writes it, each record a
 * protobuf message. Only what was logged (`history`) is looked at; everything else is skipped.
 */
import CRC32 from 'crc-32';
import protobuf from 'protobufjs/light.js';
import { logNote } from '../../contract/words/notes.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { LogFormat } from '../format.ts';
import { bytesOf } from '../source.ts';
import type { LogFile } from '../source.ts';
import { Store } from '../store.ts';
import { parsed } from './json-lines.ts';

/** `:W&B`, a number against chance, a version. */
const MARK = Buffer.from(':W&B');
const FILE_HEADER = 7;
const BLOCK = 2 ** 15;
/** A record's checksum, length and kind. */
const HEADER = 7;
/** Kinds of pieces: a whole record, its first, one inside and its last. */
const WHOLE = 1;
const FIRST = 2;
const LAST = 4;
/** A record of more bytes is damage. */
const LONGEST = 2 ** 28;

const root = protobuf.Root.fromJSON({
  nested: {
    Item: {
      fields: {
        key: { type: 'string', id: 1 },
        nestedKey: { rule: 'repeated', type: 'string', id: 2 },
        valueJson: { type: 'string', id: 16 },
      },
    },
    History: { fields: { item: { rule: 'repeated', type: 'Item', id: 1 } } },
    Record: { fields: { history: { type: 'History', id: 2 } } },
  },
});
const record = root.lookupType('Record');

/** A run that was logged without a server. */
export const wandbFormat: LogFormat = {
  id: 'wandb',
  together: true,
  namesIn: ({ head }) => (MARK.equals(head.subarray(0, MARK.length)) ? [] : null),
  async read([file, ...others], { where, wanted }) {
    if (others.length > 0) {
      const names = [file, ...others].map(({ folders, path }) => folders.at(-1) ?? path).sort();
      throw new InputError('log.folderOfRuns', { where, n: names.length, names });
    }
    const store = new Store(wanted);
    const notes: Phrase[] = [];
    const onCut = () => notes.push(logNote('shortRecord', { file: file.path }));
    for await (const bytes of recordsIn(file, onCut)) {
      const items = itemsIn(bytes, file.path);
      if (items.length === 0) continue;
      store.row();
      for (const [name, value] of items) {
        if (store.name(name)) store.putValue(name, value, () => file.path);
      }
    }
    const about = { format: 'Weights & Biases offline run', zeroIsBefore: false, where: file.path };
    return store.table(about, notes);
  },
};

interface Item {
  key?: string;
  nestedKey?: string[];
  valueJson?: string;
}

function itemsIn(bytes: Uint8Array, where: string): [string, unknown][] {
  try {
    const { history } = record.toObject(record.decode(bytes)) as { history?: { item?: Item[] } };
    return (history?.item ?? []).map(({ key, nestedKey, valueJson }) => [
      key || (nestedKey ?? []).join('.'),
      parsed(valueJson ?? ''),
    ]);
  } catch {
    throw new InputError('log.noRecords', { where });
  }
}

/** The records of a file; one that is cut short ends them. */
async function* recordsIn(file: LogFile, onCut: () => void): AsyncGenerator<Uint8Array> {
  let parts: Buffer[] = [];
  let size = 0;
  let isOpen = false;
  let at = 0;
  for await (const block of blocksOf(file)) {
    let from = at === 0 ? FILE_HEADER : 0;
    if (from > block.length) return onCut();
    while (from + HEADER <= block.length) {
      const length = block.readUInt16LE(from + 4);
      const kind = block[from + 6]!;
      // The rest of a block is filled with zeros.
      if (kind === 0 && length === 0) break;
      const end = from + HEADER + length;
      if (end > block.length) return onCut();
      const piece = checked(
        block.subarray(from + 6, end),
        block.readUInt32LE(from),
        file,
        at + from,
      );
      if (kind === WHOLE || kind === FIRST) [parts, size] = [[], 0];
      parts.push(piece);
      size += piece.length;
      if (kind < WHOLE || kind > LAST || size > LONGEST) throw damaged(file, at + from);
      isOpen = kind !== WHOLE && kind !== LAST;
      if (!isOpen) yield Buffer.concat(parts);
      from = end;
    }
    at += block.length;
  }
  if (isOpen) onCut();
}

function checked(kindAndBytes: Buffer, sum: number, file: LogFile, at: number): Buffer {
  if (CRC32.buf(kindAndBytes) >>> 0 !== sum) throw damaged(file, at);
  return kindAndBytes.subarray(1);
}

const damaged = ({ path }: LogFile, at: number): InputError =>
  new InputError('log.checksum', { where: path, at });

async function* blocksOf(file: LogFile): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of bytesOf(file)) {
    rest = Buffer.concat([rest, piece]);
    let from = 0;
    for (; rest.length - from >= BLOCK; from += BLOCK) yield rest.subarray(from, from + BLOCK);
    rest = rest.subarray(from);
  }
  if (rest.length > 0) yield rest;
}
