/** Checks the settings of a figure against its fields. */
import { InputError } from '../contract/words/errors.ts';
import type { FigureField, FigureInfo, FigureSettings } from '../contract/messages/figures.ts';

/** Lists of numbers hold at most so many. */
const MOST = 30;

/**
 * Settings of a size, with changes.
 * @param size of the figure; its first where it is not given
 * @throws InputError naming the field, and what is allowed
 */
export function settingsOf(
  info: FigureInfo,
  size: string | undefined,
  changes: FigureSettings,
): FigureSettings {
  const named = size === undefined ? info.sizes[0] : info.sizes.find(({ id }) => id === size);
  if (!named) {
    const names = info.sizes.map(({ id }) => id).join(', ');
    throw new InputError('figure.size', { size, id: info.id, names });
  }
  return checkSettings(info, { ...named.settings, ...changes });
}

/** The same settings, in the order of the fields. @throws InputError naming the field, and what is allowed */
export function checkSettings(info: FigureInfo, settings: FigureSettings): FigureSettings {
  const known = new Set(info.fields.map(({ id }) => id));
  const stranger = Object.keys(settings).find((id) => !known.has(id));
  if (stranger !== undefined) {
    throw new InputError('figure.unknownField', { id: info.id, stranger, names: [...known] });
  }
  return Object.fromEntries(
    info.fields.map((field) => {
      const value = settings[field.id];
      if (value === undefined || !fits(field, value)) {
        const found = value === undefined ? 'missing' : JSON.stringify(value);
        throw new InputError('figure.value', { id: field.id, found, allowed: allowed(field) });
      }
      return [field.id, value];
    }),
  );
}

function fits(field: FigureField, value: FigureSettings[string]): boolean {
  switch (field.kind) {
    case 'number':
      return typeof value === 'number' && inRange(field, value) && !(isWhole(field) && value % 1);
    case 'numbers':
      return (
        Array.isArray(value) &&
        value.length > 0 &&
        value.length <= MOST &&
        value.every((each) => inRange(field, each))
      );
    case 'choice':
      return typeof value === 'string' && field.options.includes(value);
    case 'data':
      return typeof value === 'string' && value !== '';
  }
}

const inRange = ({ min, max }: { min: number; max: number }, value: number) =>
  value >= min && value <= max;
const isWhole = ({ step }: { step: number }) => step >= 1;

function allowed(field: FigureField): string {
  switch (field.kind) {
    case 'number':
      return `a ${isWhole(field) ? 'whole ' : ''}number from ${field.min} to ${field.max}`;
    case 'numbers':
      return `a list of 1 to ${MOST} numbers from ${field.min} to ${field.max}, such as [${field.min}, ${field.max}]`;
    case 'choice':
      return field.options.join(' or ');
    case 'data':
      return [...field.builtIn, 'the path of a file or folder'].join(' or ');
  }
}

/** A number among checked settings. */
export const numberOf = (settings: FigureSettings, id: string): number => settings[id] as number;
/** A list of numbers among checked settings. */
export const numbersOf = (settings: FigureSettings, id: string): number[] =>
  settings[id] as number[];
/** A text among checked settings. */
export const textOf = (settings: FigureSettings, id: string): string => settings[id] as string;
