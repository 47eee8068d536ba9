/** One sample as the window draws it. */
import type { SampleView } from '../contract/messages/records.ts';
import { shadesOf } from '../training/features.ts';
import type { Scaling } from '../training/features.ts';

/** Numbers of a row that the window lists; a column of kinds takes one for each of them. */
const LISTED = 200;

/**
 * A sample with its labels.
 * @param values one sample: pixels, or the numbers of a table's row
 */
export function sampleView(
  values: Uint8Array | Float32Array,
  scaling: Scaling,
  labels: Pick<SampleView, 'index' | 'given' | 'truth'>,
): SampleView {
  return {
    ...labels,
    pixels: Buffer.from(shadesOf(values, scaling)).toString('base64'),
    row: values instanceof Float32Array ? Array.from(values.subarray(0, LISTED)) : null,
  };
}
