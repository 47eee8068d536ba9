/** A history that Python pickled, such as Keras's `History.history`, in a `.npy` too; read as data, never run. */
import { readPickle, isPickle } from '../../data/formats/pickle.ts';
import { asArray } from '../../data/formats/pickle-names.ts';
import { Pending, pickledText } from '../../data/formats/pickle-values.ts';
import type { Value } from '../../data/formats/pickle-values.ts';
import { documentTable } from '../document.ts';
import type { LogFormat } from '../format.ts';
import { wholeBytes } from '../source.ts';

/** How deep values may lie in each other. */
const DEEPEST = 8;

/** A pickled history. */
export const pickleFormat: LogFormat = {
  id: 'pickle',
  namesIn: ({ head }) => (isPickle(head.subarray(pickleStart(head))) ? [] : null),
  async read([file], { wanted }) {
    const bytes = await wholeBytes(file);
    const value = readPickle(bytes.subarray(pickleStart(bytes)), file.path);
    return documentTable(plainValue(value, 0), file.path, wanted, 'Pickle');
  },
};

/** Where the pickle begins: NumPy's files of objects have a header before it. */
function pickleStart(bytes: Uint8Array): number {
  const text = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  if (!text.startsWith('\u0093NUMPY') || !/'descr': '\|O'/.test(text)) return 0;
  const at = bytes[6] === 1 ? 10 : 12;
  return at + bytes[8]! + 256 * bytes[9]!;
}

/** Dicts as objects, arrays as lists; null for what is no data of a log. */
function plainValue(value: Value | undefined, depth: number): unknown {
  if (depth > DEEPEST || value === undefined || value === null) return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Map) {
    const entries = [...value].map(([key, below]) => [String(key), plainValue(below, depth + 1)]);
    return Object.fromEntries(entries) as unknown;
  }
  if (Array.isArray(value)) return value.map((one) => plainValue(one, depth + 1));
  // A dict that was saved as an array is the one object in it.
  if (value instanceof Pending && value.objects?.length === 1) {
    return plainValue(value.objects[0], depth + 1);
  }
  const array = asArray(value);
  if (array && array.shape.length <= 1) {
    return array.shape.length === 0 ? array.values[0] : Array.from<unknown>(array.values);
  }
  return pickledText(value);
}
