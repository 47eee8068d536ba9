import type { LabEvent, PageMethod, Params, Result } from '../core/protocol/index.ts';
import { withFieldNames } from './field-names.ts';

/** The one door to the core and the main process, opened by the preload script. */
export interface LabBridge {
  request<M extends PageMethod>(method: M, params: Params<M>): Promise<Result<M>>;
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

/** Asks the core or the main process. @throws Error whose message is one plain sentence. */
export function request<M extends PageMethod>(method: M, params: Params<M>): Promise<Result<M>> {
  return window.lab.request(method, params);
}

/** The plain sentence in an error, without the words that Electron puts before it, and with fields by their names. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return withFieldNames(
    message.replace(/^Error invoking remote method '[^']*': (\w*Error: )?/, ''),
  );
}
