/** Arrays of a record's files, as data only and with their bounds checked. */
import { readFileSync, statSync } from 'node:fs';
import { InputError } from '../contract/words/errors.ts';
import type { NdArray, Numbers } from '../data/formats/arrays.ts';
import { readNpy } from '../data/formats/npy.ts';
import { newLabels } from '../data/labels.ts';
import type { Labels } from '../data/labels.ts';
import { unzipped } from '../run-folder/npz.ts';

/** A file of a record is no larger than this, in bytes. */
const MOST = 2 ** 31 - 1;

/** What a training calls a sample: its number in the data set, its file or another name. */
export type SampleName = string | number;

/** The arrays of one file. */
export class RecordArrays {
  private constructor(
    readonly where: string,
    private readonly files: Readonly<Record<string, Uint8Array>>,
  ) {}

  /** @throws InputError where it is missing, damaged or too large */
  static read(where: string): RecordArrays {
    const size = statSync(where, { throwIfNoEntry: false })?.size;
    if (size === undefined) throw new InputError('record.missing', { where });
    if (size > MOST) throw new InputError('record.tooLarge', { where });
    return new RecordArrays(where, unzipped(readFileSync(where), where));
  }

  has(name: string): boolean {
    return `${name}.npy` in this.files;
  }

  /** @throws InputError where it is not there or cannot be read */
  array(name: string): NdArray {
    const file = this.files[`${name}.npy`];
    if (!file) throw new InputError('record.noArray', { where: this.where, name });
    return readNpy(file, `${this.where} (${name})`);
  }

  /** Whole numbers, each below a limit. @param samples how many there must be; any where it is null */
  classes(name: string, limit: number, samples: number | null): Labels {
    const { values } = this.numbers(name, samples === null ? null : [samples]);
    const out = newLabels(values.length, limit);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (!Number.isInteger(value) || value < 0 || value >= limit) throw this.wrong(name, i);
      out[i] = value;
    }
    return out;
  }

  /** Numbers that are finite, or the largest that float32 can tell. */
  floats(name: string, samples: number): Float32Array {
    const { values } = this.numbers(name, [samples]);
    const out = Float32Array.from(values as ArrayLike<number>);
    for (let i = 0; i < out.length; i++) {
      if (Number.isNaN(out[i])) throw this.wrong(name, i);
    }
    return out;
  }

  /** Numbers of a shape; -1 stands for any length. */
  numbers(name: string, shape: readonly number[] | null): { values: Numbers; shape: number[] } {
    const found = this.array(name);
    const fits =
      shape === null ||
      (found.shape.length === shape.length &&
        shape.every((size, axis) => size === -1 || size === found.shape[axis]));
    if (found.kind === 'text' || !fits) {
      throw new InputError('record.shape', { where: this.where, name, shape: found.shape });
    }
    return { values: found.values as Numbers, shape: found.shape };
  }

  /** Names of samples: whole numbers or texts. */
  names(name: string): readonly SampleName[] {
    const { values, kind, shape } = this.array(name);
    if (shape.length === 1 && (kind === 'text' || kind === 'int'))
      return Array.from<SampleName>(values);
    throw new InputError('record.shape', { where: this.where, name, shape });
  }

  private wrong(name: string, place: number): InputError {
    return new InputError('record.value', { where: this.where, name, place });
  }
}
