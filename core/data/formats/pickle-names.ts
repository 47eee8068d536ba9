/** The names that a pickle of data may use, and what our own code builds for each. */
import type english from '../../../assets/texts/en.json';
import { errorPhrase, InputError } from '../../contract/words/errors.ts';
import { volumeOf } from './arrays.ts';
import type { NdArray } from './arrays.ts';
import { decodeArray } from './npy.ts';
import { arrayOf, NumpyType, Name, Pending, Storage, pickledText } from './pickle-values.ts';
import type { Value } from './pickle-values.ts';

/** The bytes of a PyTorch storage by its key; null where there are none. */
export type Storages = (key: string) => Uint8Array | null;

/** What each name becomes when it is called. Python 2's, NumPy 1's and NumPy 2's are all here. */
const CALLS: Record<string, (given: Value[], where: string) => Value> = {
  'numpy.core.multiarray._reconstruct': () => new Pending(),
  'numpy.core.multiarray.scalar': ([type, bytes], where) =>
    scalarOf(type, bytes ?? new Uint8Array(), where),
  'numpy.core.numeric._frombuffer': ([bytes, type, shape, order], where) => ({
    array: decode(bytes, { type, shape, fortran: pickledText(order) === 'F' }, where),
  }),
  'numpy.dtype': ([descr], where) => {
    const text = pickledText(descr);
    if (text === null) throw unfit('namelessType', where);
    return new NumpyType(text);
  },
  '_codecs.encode': ([text]) => new Uint8Array(Buffer.from(pickledText(text) ?? '', 'latin1')),
  'builtins.bytes': () => new Uint8Array(),
  'collections.OrderedDict': () => new Map(),
  'torch._utils._rebuild_tensor_v2': tensorOf,
};

/** Names that are only handed on. */
const HANDED_ON = /^(numpy\.ndarray|torch\.[A-Za-z0-9]+Storage|torch\.storage\.UntypedStorage)$/;

/** PyTorch's storages by NumPy's types. */
const STORAGES: Record<string, string> = {
  DoubleStorage: '<f8',
  FloatStorage: '<f4',
  HalfStorage: '<f2',
  LongStorage: '<i8',
  IntStorage: '<i4',
  ShortStorage: '<i2',
  CharStorage: '|i1',
  ByteStorage: '|u1',
  BoolStorage: '|b1',
};

/**
 * Looks a name up.
 * @throws InputError for every name that is not data
 */
export function nameOf(module: string, name: string, where: string): Name {
  const path = `${module}.${name}`
    .replace(/^numpy\._core\./, 'numpy.core.')
    .replace(/^__builtin__\./, 'builtins.');
  if (Object.hasOwn(CALLS, path) || HANDED_ON.test(path)) return new Name(path);
  throw new InputError('pickle.code', { where, module, name });
}

/** Calls a name. @throws InputError where it cannot be called, or not with this */
export function call({ path }: Name, given: Value[], where: string): Value {
  const make = Object.hasOwn(CALLS, path) ? CALLS[path] : undefined;
  if (!make) throw unfit('call', where, path);
  return make(given, where);
}

/** Gives a built value its state. @throws InputError where the two do not fit */
export function build(value: Value, state: Value, where: string): void {
  if (value instanceof NumpyType && Array.isArray(state)) {
    const order = pickledText(state[1]);
    if (order && /^[<>|=]$/.test(order)) value.descr = order + value.descr.replace(/^[<>|=]/, '');
    return;
  }
  if (value instanceof Pending && Array.isArray(state)) {
    const [, shape, type, fortran, bytes] = state;
    if (type instanceof NumpyType && /^[|=<>]?O/.test(type.descr) && Array.isArray(bytes)) {
      value.objects = bytes;
      return;
    }
    value.array = decode(bytes, { type, shape, fortran: fortran === true }, where);
    return;
  }
  // An OrderedDict of PyTorch may carry notes about versions, which are no data.
  if (!(value instanceof Map)) throw unfit('state', where);
}

function decode(
  bytes: Value | undefined,
  { type, shape, fortran }: { type: Value | undefined; shape: Value | undefined; fortran: boolean },
  where: string,
): NdArray {
  if (!(type instanceof NumpyType)) throw unfit('typelessArray', where);
  const sizes = sizesOf(shape, where);
  // Python 2 wrote text where Python 3 writes bytes; a list is what arrays of objects are kept as.
  if (!(bytes instanceof Uint8Array) && !Array.isArray(bytes)) {
    throw unfit('bytelessArray', where);
  }
  const raw = Array.isArray(bytes) ? new Uint8Array() : bytes;
  return decodeArray(raw, { descr: type.descr, fortran, shape: sizes }, where);
}

function scalarOf(type: Value | undefined, bytes: Value, where: string): Value {
  const { values } = decode(bytes, { type, shape: [], fortran: false }, where);
  return values[0] ?? null;
}

function sizesOf(value: Value | undefined, where: string): number[] {
  if (!Array.isArray(value) || !value.every((size) => typeof size === 'number' && size >= 0)) {
    throw unfit('shape', where);
  }
  return value as number[];
}

/** A storage of PyTorch. @throws InputError where its numbers are not in the file */
export function persistent(id: Value, storages: Storages, where: string): Storage {
  const [kind, type, key] = Array.isArray(id) ? id : [];
  const name = type instanceof Name ? type.path.split('.').at(-1)! : '';
  if (pickledText(kind) !== 'storage' || !Object.hasOwn(STORAGES, name)) {
    throw unfit('storage', where);
  }
  const bytes = storages(pickledText(key) ?? '');
  if (!bytes) {
    throw new InputError('torch.numbersMissing', { where, name: pickledText(key) ?? '?' });
  }
  return new Storage(bytes, STORAGES[name]!);
}

/** A tensor's values, gathered by its strides. */
function tensorOf([storage, offset, size, stride]: Value[], where: string): Value {
  if (!(storage instanceof Storage)) throw unfit('tensor', where);
  const shape = sizesOf(size, where);
  const strides = sizesOf(stride, where);
  const width = Number(storage.descr.slice(2));
  const length = Math.floor(storage.bytes.length / width);
  const volume = volumeOf(shape, where);
  const last = shape.reduce((at, n, axis) => at + (n - 1) * (strides[axis] ?? 0), Number(offset));
  // A stride of 0 would make much out of little.
  if (volume > length || (volume > 0 && !(last < length && Number(offset) >= 0))) {
    throw new InputError('torch.tensorSize', { where, shape: shape.join(' x '), length });
  }
  const flat = { descr: storage.descr, fortran: false, shape: [length] };
  const all = decodeArray(storage.bytes.subarray(0, length * width), flat, where);
  const values = all.values.slice(0, volume);
  for (let i = 0; i < volume; i++) {
    let [from, rest] = [Number(offset), i];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += (rest % shape[axis]!) * (strides[axis] ?? 0);
      rest = Math.floor(rest / shape[axis]!);
    }
    values[i] = all.values[from]!;
  }
  return { array: { ...all, shape, values } };
}

/** The array that a value is, or is made of a list of numbers or texts; null where it is neither. */
export function asArray(value: Value | undefined): NdArray | null {
  const array = arrayOf(value);
  if (value instanceof Pending && value.objects) return asArray(value.objects);
  if (array || !Array.isArray(value)) return array;
  if (value.every((item) => typeof item === 'number')) {
    const whole = value.every((item) => Number.isInteger(item));
    return {
      shape: [value.length],
      kind: whole ? 'int' : 'float',
      values: Float64Array.from(value as number[]),
    };
  }
  const texts = value.map((item) => pickledText(item));
  if (texts.includes(null)) return null;
  return { shape: [value.length], kind: 'text', values: texts as string[] };
}

/** What cannot be read: the text below `errors.pickleKinds`. */
type Kind = keyof (typeof english)['errors']['pickleKinds'];

function unfit(kind: Kind, where: string, name = ''): InputError {
  const what = errorPhrase(`pickleKinds.${kind}`, { name });
  return new InputError('pickle.kind', { where, what });
}
