/** Which values a field takes, as the core will check them again. */
import type { FigureField, FigureSettings } from '../../../core/contract/messages/figures.ts';

/** Whether a value can be asked for. */
export function fits(field: FigureField, value: FigureSettings[string]): boolean {
  const inRange = (number: number, { min, max }: { min: number; max: number }) =>
    Number.isFinite(number) && number >= min && number <= max;
  switch (field.kind) {
    case 'number':
      return (
        typeof value === 'number' &&
        inRange(value, field) &&
        (field.step < 1 || Number.isInteger(value))
      );
    case 'numbers':
      return (
        Array.isArray(value) &&
        value.length > 0 &&
        value.length <= 30 &&
        value.every((number) => inRange(number, field))
      );
    case 'choice':
      return typeof value === 'string' && field.options.includes(value);
    case 'data':
      return typeof value === 'string' && value !== '';
  }
}
