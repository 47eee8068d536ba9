/** What answers methods of the core: one function a method. */
import { InputError } from '../contract/words/errors.ts';
import type { CoreMethod, Params, Result } from '../contract/messages/messages.ts';

/** A function for each of some methods. It may throw InputError, whose phrase the asker is told. */
export type Handlers<M extends CoreMethod> = {
  [Each in M]: (params: Params<Each>) => Result<Each> | Promise<Result<Each>>;
};

/** What the core works at: one thing at a time, since each takes all threads. */
export interface Work {
  now: 'run' | 'figure' | 'audit' | null;
}

/** What each is refused with. */
const BUSY = {
  run: () => new InputError('busy.run'),
  figure: () => new InputError('busy.makingFigure'),
  audit: () => new InputError('busy.audit'),
};

/** @throws InputError where the core works at something */
export function checkFree({ now }: Work): void {
  if (now) throw BUSY[now]();
}
