import { parseEvent, parseResult } from '../../core/contract/messages/parse.ts';
import { asWritten } from '../../core/contract/words/phrase.ts';
import type { PageMethod, Params, Result } from '../../core/contract/messages/messages.ts';
import type { LabEvent } from '../../core/contract/messages/events.ts';
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { words } from '../words/texts.ts';

/** What a request comes to: its result, or what the person is told. */
export type Answer<M extends PageMethod> = { result: Result<M> } | { error: Phrase };

/** What the core or the main process says went wrong. */
export class LabError extends Error {
  constructor(readonly phrase: Phrase) {
    super(phrase.code);
  }
}

/** The one door to the core and the main process, opened by the preload script. */
export interface LabBridge {
  request<M extends PageMethod>(method: M, params: Params<M>): Promise<Answer<M>>;
  /** @returns a function that stops listening. */
  onEvent(listener: (event: LabEvent) => void): () => void;
  /** The path on disk of a dropped file or folder, which may be read from then on. */
  pathForFile(file: File): Promise<string>;
}

declare global {
  interface Window {
    lab: LabBridge;
  }
}

/** Asks the core or the main process. @throws LabError */
export async function request<M extends PageMethod>(
  method: M,
  params: Params<M>,
): Promise<Result<M>> {
  const answer = await window.lab.request(method, params);
  if ('error' in answer) throw new LabError(answer.error);
  return parseResult(method, answer.result);
}

/** Hears what happens unasked. @returns a function that stops listening */
export const listen = (listener: (event: LabEvent) => void): (() => void) =>
  window.lab.onEvent((event) => listener(parseEvent(event)));

/** What an error says. */
export function whatWentWrong(error: unknown): Phrase {
  if (error instanceof LabError) return error.phrase;
  return asWritten(error instanceof Error ? error.message : String(error));
}

/** The same in words. */
export const sentenceOf = (error: unknown): string => words(whatWentWrong(error));
