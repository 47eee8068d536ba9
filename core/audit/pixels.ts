/** Samples as PNG files. */
import { encode } from 'fast-png';
import { valuesPerSample } from '../data/index.ts';
import type { SampleShape, Samples } from '../data/index.ts';

/** Whether samples of a shape are pictures that a PNG can hold: grey or of three colours. */
export const isPicture = ([height, width, channels]: SampleShape): boolean =>
  height * width > 1 && (channels === 1 || channels === 3);

/** A picture of one or three channels as the bytes of a PNG. @param pixels bytes, 0 to 255 */
export function pngOf(pixels: Uint8Array, [height, width, channels]: SampleShape): Uint8Array {
  return encode({ height, width, channels, depth: 8, data: pixels });
}

/** The values of one sample. */
export function valuesAt(
  { values }: Pick<Samples, 'values'>,
  shape: SampleShape,
  place: number,
): Samples['values'] {
  const size = valuesPerSample(shape);
  return values.subarray(place * size, (place + 1) * size);
}
