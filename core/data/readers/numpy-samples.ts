/** From an array to samples: height x width x channels, bytes or float32. */
import { note } from '../../contract/words/notes.ts';
import type { Phrase } from '../../contract/words/phrase.ts';
import { InputError } from '../../contract/words/errors.ts';
import type { SampleShape } from '../dataset.ts';
import type { NdArray, Numbers } from '../formats/arrays.ts';
import type { Named } from './numpy-choice.ts';

/** Samples and their shape. */
export interface ArraySamples {
  shape: SampleShape;
  values: Uint8Array | Float32Array;
}

/**
 * Samples of an array: rows (n, d), pictures (n, h, w), (n, h, w, c) or (n, c, h, w).
 * @param said takes a sentence for each thing that was guessed
 * @throws InputError where it is no such array, or a number is none
 */
export function arraySamples({ name, where, array }: Named, said: Phrase[]): ArraySamples {
  const { shape } = array;
  if (array.kind === 'text' || shape.length === 0 || shape.length > 4 || shape.includes(0)) {
    throw new InputError('numpy.samplesKind', {
      where,
      shape: shape.join(' x ') || '0',
      kind: array.kind,
    });
  }
  const numbers = array.values as Numbers;
  checkFinite(numbers, shape, where);
  const values = pixelsOf(array, name, said);
  const [, a = 1, b = 1, c = 1] = shape;
  if (shape.length <= 2) return { shape: [1, 1, a], values };
  if (shape.length === 3) return { shape: [a, b, 1], values };
  if (!isChannelFirst(a, c)) return { shape: [a, b, c], values };
  said.push(note('channelsFirst', { name, channels: a }));
  return { shape: [b, c, a], values: channelsLast(values, a, b * c) };
}

/** 3 x 32 x 32 has its colours first; 32 x 32 x 3 and the undecided have them last. */
function isChannelFirst(first: number, last: number): boolean {
  return (first === 1 || first === 3) && last > 4;
}

function channelsLast<T extends Uint8Array | Float32Array>(
  values: T,
  channels: number,
  plane: number,
): T {
  const turned = values.slice() as T;
  const size = channels * plane;
  for (let sample = 0; sample < values.length; sample += size) {
    let to = sample;
    for (let pixel = 0; pixel < plane; pixel++) {
      for (let channel = 0; channel < channels; channel++) {
        turned[to++] = values[sample + channel * plane + pixel]!;
      }
    }
  }
  return turned;
}

/** Bytes stay, whole numbers of pictures from 0 to 255 become bytes, and all else float32. */
function pixelsOf(
  { shape, kind, values }: NdArray,
  name: string,
  said: Phrase[],
): Uint8Array | Float32Array {
  if (kind === 'int' && values instanceof Uint8Array) return values;
  const numbers = values as Numbers;
  if (kind === 'int' && shape.length >= 3 && numbers.every((value) => value >= 0 && value < 256)) {
    said.push(note('asPixels', { name }));
    return Uint8Array.from(numbers);
  }
  return numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);
}

/** The first NaN or infinite value ends reading, told by its sample and place in it. */
function checkFinite(values: Numbers, shape: readonly number[], where: string): void {
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return;
  const at = values.findIndex((value: number) => !Number.isFinite(Math.fround(value)));
  if (at < 0) return;
  const size = values.length / shape[0]!;
  const place = { where, sample: Math.floor(at / size), column: at % size };
  throw Number.isFinite(values[at]!)
    ? new InputError('numpy.tooLarge', place)
    : new InputError('numpy.notFinite', { ...place, value: String(values[at]) });
}
