/** Checks the settings of a figure against its fields. */
import { InputError } from '../contract/words/errors.ts';
import { allowedIn, fits } from '../contract/catalogue/check.ts';
import { data } from '../contract/catalogue/field.ts';
import { FIGURE_DATA, NO_DATA } from '../contract/messages/figures.ts';
import type { FigureInfo, FigureSettings } from '../contract/messages/figures.ts';

/** What is read: data of the lab's own, or the person's. */
export const dataField = (...builtIn: string[]) => data(FIGURE_DATA, ...builtIn);

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
  const checked = Object.fromEntries(
    info.fields.map((field) => {
      const value = settings[field.id];
      if (field.kind === 'data' && value === NO_DATA && asksForData(info)) {
        throw new InputError('figure.needsData', { id: info.id });
      }
      if (value === undefined || !fits(field, value)) {
        const found = value === undefined ? 'missing' : JSON.stringify(value);
        throw new InputError('figure.value', { id: field.id, found, allowed: allowedIn(field) });
      }
      return [field.id, value];
    }),
  );
  needSamples(checked);
  return checked;
}

/** The hold-out is a part of the training samples. @throws InputError where it leaves none */
function needSamples(settings: FigureSettings): void {
  const { holdout, train } = settings;
  if (typeof holdout !== 'number' || typeof train !== 'number' || holdout < train) return;
  throw new InputError('figure.allHeldOut', { holdout, train });
}

/** Whether a size of the figure is of a person's own data. */
const asksForData = ({ sizes }: FigureInfo): boolean =>
  sizes.some(({ settings }) => settings[FIGURE_DATA] === NO_DATA);

/** A number among checked settings. */
export const numberOf = (settings: FigureSettings, id: string): number => settings[id] as number;
/** A list of numbers among checked settings. */
export const numbersOf = (settings: FigureSettings, id: string): number[] =>
  settings[id] as number[];
/** A text among checked settings. */
export const textOf = (settings: FigureSettings, id: string): string => settings[id] as string;
