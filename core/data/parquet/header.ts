/** The footer of a Parquet file. */
import { parquetMetadata, parquetRead } from 'hyparquet';
import type { FileMetaData, ParquetReadOptions, RowGroup, SchemaElement } from 'hyparquet';
import { InputError } from '../../contract/words/errors.ts';
import { checkGroup, claimsTooMuch, COMPRESSORS } from './bounds.ts';

/** A file that is read, in memory. */
export interface ParquetFile {
  bytes: Uint8Array;
  where: string;
  metadata: FileMetaData;
}

/**
 * Reads the footer: schema, sizes and the writer's own notes.
 * @throws InputError where it is damaged, or claims more than can be held
 */
export function openParquet(bytes: Uint8Array, where: string): ParquetFile {
  const metadata = orDamaged(where, () => {
    const found = parquetMetadata(bufferOf(bytes));
    const counted = found.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
    if (counted !== Number(found.num_rows)) throw new Error('Its groups have other rows.');
    if (!found.schema.every(({ name }) => typeof name === 'string')) {
      throw new Error('A column has no name.');
    }
    return found;
  });
  if (claimsTooMuch(metadata, bytes.length)) {
    throw new InputError('parquet.tooLarge', { where, rows: Number(metadata.num_rows) });
  }
  return { bytes, where, metadata };
}

/** What `datasets` by Hugging Face noted; null where it did not. */
export function notesOf({ metadata }: ParquetFile): string | null {
  const notes = metadata.key_value_metadata?.find(({ key }) => key === 'huggingface');
  return notes?.value ?? null;
}

/** The columns of the first level, in their order. */
export function topColumns({ metadata: { schema } }: ParquetFile): TopColumn[] {
  const found: TopColumn[] = [];
  for (let at = 1; at < schema.length;) {
    const { name, num_children: children = 0, repetition_type: repetition } = schema[at]!;
    const end = afterTree(schema, at);
    const nested = children > 0 || repetition === 'REPEATED';
    found.push({ name, nested, list: nested && isList(schema.slice(at, end)) });
    at = end;
  }
  return found;
}

/** A column of the first level. */
interface TopColumn {
  name: string;
  /** Whether it is a list or an object. */
  nested: boolean;
  /** Whether it is a list of numbers, or a list of such lists. */
  list: boolean;
}

/** Whether a subtree is one chain of lists that ends in numbers. */
function isList(tree: readonly SchemaElement[]): boolean {
  const [last, ...before] = [...tree].reverse();
  return (
    before.every(({ num_children: children }) => children === 1) &&
    tree.some(({ repetition_type: repetition }) => repetition === 'REPEATED') &&
    ['BOOLEAN', 'INT32', 'INT64', 'FLOAT', 'DOUBLE'].includes(last!.type ?? '') &&
    !/MAP/.test(tree[0]!.converted_type ?? '')
  );
}

function afterTree(schema: SchemaElement[], at: number): number {
  let next = at + 1;
  for (let i = 0; i < (schema[at]?.num_children ?? 0) && next < schema.length; i++) {
    next = afterTree(schema, next);
  }
  return next;
}

/** Some rows of a file, as many as one of its groups has. */
export interface Group {
  /** The first row, from 0, and the one after the last. */
  rowStart: number;
  rowEnd: number;
  group: RowGroup;
}

/** The groups of rows, one after the other, so that memory holds one unpacked. */
export function* rowGroups({ metadata }: ParquetFile): Generator<Group> {
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    yield { rowStart, rowEnd, group };
    rowStart = rowEnd;
  }
}

/**
 * Reads some columns of a group, once it is checked that their pages claim what can be.
 * @throws InputError where it is damaged
 */
export async function readGroup(
  { bytes, where, metadata }: ParquetFile,
  { rowStart, rowEnd, group }: Group,
  columns: string[],
  how: Pick<ParquetReadOptions, 'onChunk' | 'utf8'> | ObjectsOptions,
): Promise<void> {
  try {
    checkGroup(bytes, group, columns);
    const file = bufferOf(bytes);
    const options = { file, metadata, columns, rowStart, rowEnd, compressors: COMPRESSORS };
    await parquetRead({ ...options, ...how } as ParquetReadOptions);
  } catch {
    throw damaged(where);
  }
}

/** Rows as objects, by the names of their columns. */
interface ObjectsOptions {
  utf8: boolean;
  rowFormat: 'object';
  onComplete: (rows: Record<string, unknown>[]) => void;
}

/** A file in memory, as hyparquet wants it. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  const whole = byteOffset === 0 && byteLength === buffer.byteLength;
  return (whole ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)) as ArrayBuffer;
}

function orDamaged<T>(where: string, step: () => T): T {
  try {
    return step();
  } catch {
    throw damaged(where);
  }
}

/** What is said of a file that cannot be read. */
export function damaged(where: string): InputError {
  return new InputError('parquet.damaged', { where });
}
