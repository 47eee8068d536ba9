/**
 * Reads Python's pickles as data, protocols 0 to 5. A pickle is a program that builds objects; of
 * its instructions only those that build plain values are known here, and of its names only those
 * in `pickle-names.ts`, which are built by our own code. Nothing is ever imported or run.
 */
import type english from '../../../assets/texts/en.json';
import { errorPhrase, InputError } from '../../contract/words/errors.ts';
import { shortName } from '../tree/limits.ts';
import { cursorOf, longOf } from './pickle-bytes.ts';
import type { PickleCursor } from './pickle-bytes.ts';
import { build, call, nameOf, persistent } from './pickle-names.ts';
import type { Storages } from './pickle-names.ts';
import { keyOf, Name } from './pickle-values.ts';
import type { Dict, Value } from './pickle-values.ts';

/** Bounds the memory that instructions of one byte can ask for; a data set has far fewer. */
const MOST_STEPS = 20_000_000;

/** The state of reading one pickle. */
interface Machine {
  cursor: PickleCursor;
  stack: Value[];
  /** Where the open lists and tuples begin in the stack. */
  marks: number[];
  memo: Map<number, Value>;
  where: string;
  storages: Storages;
}

/**
 * Reads a pickle.
 * @param storages where PyTorch's tensors find their numbers; none are found if it is not given
 * @throws InputError naming what it holds that is not data, or the byte where it is damaged
 */
export function readPickle(
  bytes: Uint8Array,
  where: string,
  storages: Storages = () => null,
): Value {
  const cursor = cursorOf(bytes, where);
  const machine: Machine = { cursor, stack: [], marks: [], memo: new Map(), where, storages };
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const code = cursor.byte();
    if (code === STOP) return pop(machine);
    const step = STEPS[code];
    if (!step) throw broken(machine, 'unknown', code);
    step(machine);
  }
  throw broken(machine, 'many');
}

/** Whether bytes begin as a pickle of protocol 2 or later does. */
export function isPickle(bytes: Uint8Array): boolean {
  return bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5;
}

const STOP = 0x2e;

type Step = (machine: Machine) => void;

/** What is wrong with it: the text below `errors.pickleFaults`. */
type Fault = keyof (typeof english)['errors']['pickleFaults'];

function broken({ cursor, where }: Machine, fault: Fault, code = 0): InputError {
  const values = { code: `0x${code.toString(16)}`, most: MOST_STEPS };
  const why = errorPhrase(`pickleFaults.${fault}`, values);
  return new InputError('pickle.damaged', { where, why, at: cursor.at() });
}

function pop(machine: Machine): Value {
  const { stack, marks } = machine;
  if (stack.length <= (marks.at(-1) ?? 0)) throw broken(machine, 'missing');
  return stack.pop()!;
}

const top = (machine: Machine): Value => {
  const value = pop(machine);
  machine.stack.push(value);
  return value;
};

/** The values since the last mark. */
function sinceMark(machine: Machine): Value[] {
  const mark = machine.marks.pop();
  if (mark === undefined) throw broken(machine, 'unopened');
  return machine.stack.splice(mark);
}

function recall(machine: Machine, key: number): void {
  const value = machine.memo.get(key);
  if (value === undefined) throw broken(machine, 'recalls');
  machine.stack.push(value);
}

const keep = (machine: Machine, key: number): void => {
  machine.memo.set(key, top(machine));
};

function append(machine: Machine, values: Value[]): void {
  const list = top(machine);
  if (!Array.isArray(list)) throw broken(machine, 'appends');
  for (const value of values) list.push(value);
}

function setItems(machine: Machine, values: Value[], dict: Value = top(machine)): Dict {
  if (!(dict instanceof Map)) throw broken(machine, 'sets');
  if (values.length % 2) throw broken(machine, 'key');
  for (let i = 0; i < values.length; i += 2) dict.set(keyOf(values[i]!), values[i + 1]!);
  return dict;
}

function tupleOf(count: number): Step {
  return (machine) => {
    const values = Array.from({ length: count }, () => pop(machine));
    machine.stack.push(values.reverse());
  };
}

function global(machine: Machine, module: Value, name: Value): void {
  const [a, b] = [keyOf(module), keyOf(name)];
  machine.stack.push(nameOf(shortName(String(a)), shortName(String(b)), machine.where));
}

function reduce(machine: Machine): void {
  const given = pop(machine);
  const callee = pop(machine);
  if (!(callee instanceof Name) || !Array.isArray(given)) {
    throw broken(machine, 'calls');
  }
  machine.stack.push(call(callee, given, machine.where));
}

function persistentOf(machine: Machine): void {
  machine.stack.push(persistent(pop(machine), machine.storages, machine.where));
}

const utf8 = (bytes: Uint8Array): string => {
  // The longest string of V8; longer ones are no labels or names.
  if (bytes.length > 2 ** 29 - 25) throw new InputError('pickle.longText');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
};

/** `I01` and `I00` are how the first protocols write True and False. */
function integerLine(machine: Machine): Value {
  const text = machine.cursor.line();
  if (text === '01' || text === '00') return text === '01';
  const value = Number(text.replace(/L$/, ''));
  if (!Number.isFinite(value)) throw broken(machine, 'number');
  return value;
}

/** A quoted Python text; its escapes are undone as JSON's would be. */
function quotedLine(machine: Machine): Value {
  const text = machine.cursor.line();
  const inner = /^(['"])(.*)\1$/s.exec(text)?.[2];
  if (inner === undefined) throw broken(machine, 'quotes');
  const plain = inner.replace(
    /\\(x[0-9a-f]{2}|.)/gi,
    (_, escape: string) => ESCAPES[escape] ?? (escape[0] === 'x' ? hex(escape) : escape),
  );
  return new Uint8Array(Buffer.from(plain, 'latin1'));
}

/** The first protocols write all letters beyond latin1, and a few others, by their numbers. */
function escapedLine({ cursor }: Machine): Value {
  return cursor.line().replace(/\\u([0-9a-f]{4})|\\U([0-9a-f]{8})/gi, (_, short, long) => {
    const code = parseInt(short ?? long, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' };
const hex = (escape: string): string => String.fromCharCode(parseInt(escape.slice(1), 16));

const push =
  (value: (machine: Machine) => Value): Step =>
  (machine) => {
    machine.stack.push(value(machine));
  };
const bytesOf = (size: 1 | 4 | 8): Step => push(({ cursor }) => cursor.take(cursor.uint(size)));
const textOf = (size: 1 | 4 | 8): Step =>
  push(({ cursor }) => utf8(cursor.take(cursor.uint(size))));

/** What each instruction does, by its byte; the comments are Python's names for them. */
const STEPS: Record<number, Step> = {
  0x80: ({ cursor }) => void cursor.byte(), // PROTO
  0x95: ({ cursor }) => void cursor.uint(8), // FRAME
  0x28: ({ stack, marks }) => void marks.push(stack.length), // MARK
  0x30: pop, // POP
  0x31: sinceMark, // POP_MARK
  0x32: push(top), // DUP
  0x4e: push(() => null), // NONE
  0x88: push(() => true), // NEWTRUE
  0x89: push(() => false), // NEWFALSE
  0x49: push(integerLine), // INT
  0x4c: push(integerLine), // LONG
  0x46: push(integerLine), // FLOAT
  0x4a: push(({ cursor }) => cursor.int32()), // BININT
  0x4b: push(({ cursor }) => cursor.uint(1)), // BININT1
  0x4d: push(({ cursor }) => cursor.uint(2)), // BININT2
  0x8a: push(({ cursor }) => longOf(cursor.take(cursor.uint(1)))), // LONG1
  0x8b: push(({ cursor }) => longOf(cursor.take(cursor.uint(4)))), // LONG4
  0x47: push(({ cursor }) => cursor.float()), // BINFLOAT
  0x53: push(quotedLine), // STRING
  0x56: push(escapedLine), // UNICODE
  0x54: bytesOf(4), // BINSTRING
  0x55: bytesOf(1), // SHORT_BINSTRING
  0x42: bytesOf(4), // BINBYTES
  0x43: bytesOf(1), // SHORT_BINBYTES
  0x8e: bytesOf(8), // BINBYTES8
  0x96: bytesOf(8), // BYTEARRAY8
  0x58: textOf(4), // BINUNICODE
  0x8c: textOf(1), // SHORT_BINUNICODE
  0x8d: textOf(8), // BINUNICODE8
  0x5d: push(() => []), // EMPTY_LIST
  0x61: (machine) => append(machine, [pop(machine)]), // APPEND
  0x65: (machine) => append(machine, sinceMark(machine)), // APPENDS
  0x6c: push(sinceMark), // LIST
  0x29: push(() => []), // EMPTY_TUPLE
  0x74: push(sinceMark), // TUPLE
  0x85: tupleOf(1), // TUPLE1
  0x86: tupleOf(2), // TUPLE2
  0x87: tupleOf(3), // TUPLE3
  0x7d: push(() => new Map()), // EMPTY_DICT
  0x64: push((machine) => setItems(machine, sinceMark(machine), new Map())), // DICT
  0x73: (machine) => void setItems(machine, [pop(machine), pop(machine)].reverse()), // SETITEM
  0x75: (machine) => void setItems(machine, sinceMark(machine)), // SETITEMS
  0x67: (machine) => recall(machine, Number(machine.cursor.line())), // GET
  0x68: (machine) => recall(machine, machine.cursor.uint(1)), // BINGET
  0x6a: (machine) => recall(machine, machine.cursor.uint(4)), // LONG_BINGET
  0x70: (machine) => keep(machine, Number(machine.cursor.line())), // PUT
  0x71: (machine) => keep(machine, machine.cursor.uint(1)), // BINPUT
  0x72: (machine) => keep(machine, machine.cursor.uint(4)), // LONG_BINPUT
  0x94: (machine) => keep(machine, machine.memo.size), // MEMOIZE
  0x63: (machine) => global(machine, machine.cursor.line(), machine.cursor.line()), // GLOBAL
  0x93: (machine) => {
    const name = pop(machine);
    global(machine, pop(machine), name);
  }, // STACK_GLOBAL
  0x52: reduce, // REDUCE
  0x81: reduce, // NEWOBJ
  0x62: (machine) => {
    const state = pop(machine);
    build(top(machine), state, machine.where);
  }, // BUILD
  0x51: persistentOf, // BINPERSID
};
