/** Fields of figures, written short. */
import { FIGURE_DATA } from '../contract/messages/figures.ts';
import type { FigureField } from '../contract/messages/figures.ts';

/** A whole number. */
export const whole = (id: string, min: number, max: number, step = 1): FigureField => ({
  kind: 'number',
  id,
  min,
  max,
  step,
  slider: false,
});

/** Any number. */
export const real = (id: string, min: number, max: number, step: number): FigureField =>
  whole(id, min, max, step);

/** A number chosen by a slider, whose figure is drawn anew as it moves. */
export const slider = (id: string, min: number, max: number, step = 1): FigureField => ({
  ...(whole(id, min, max, step) as Extract<FigureField, { kind: 'number' }>),
  slider: true,
});

/** A list of numbers. */
export const list = (id: string, min: number, max: number): FigureField => ({
  kind: 'numbers',
  id,
  min,
  max,
});

/** One of several. */
export const choice = (id: string, ...options: string[]): FigureField => ({
  kind: 'choice',
  id,
  options,
});

/** What is read: data of the lab's own, or the person's. */
export const dataField = (...builtIn: string[]): FigureField => ({
  kind: 'data',
  id: FIGURE_DATA,
  builtIn,
});
