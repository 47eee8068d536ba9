import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { errorPhrase } from '../core/contract/words/errors.ts';
import type { Response } from '../core/contract/messages/messages.ts';
import type { LabEvent } from '../core/contract/messages/events.ts';
import type { Phrase } from '../core/contract/words/phrase.ts';

type Listener = (event: LabEvent) => void;
type Answer = { result: unknown } | { error: Phrase };
/** The page's end of a `MessagePort`, as far as it is used here. */
interface Line {
  postMessage(message: unknown): void;
  close(): void;
  onmessage: ((event: { data: LabEvent | Response }) => void) | null;
}
interface Asked {
  message: { id: number; method: string; params: unknown };
  settle: (answer: Answer) => void;
}

const listeners = new Set<Listener>();
/** What arrived before anyone listened; a page that has just loaded must not miss it. */
let waiting: LabEvent[] = [];
const asked = new Map<number, Asked>();
let nextId = 0;
/** The line to the core; null before the first and between one core and the next. */
let line: Line | null = null;
/** Why there is none, once main has said so. */
let cut: Phrase | null = null;

function tell(event: LabEvent): void {
  if (listeners.size === 0) waiting.push(event);
  for (const listener of listeners) listener(event);
}

function settle({ id, ...answer }: Response): void {
  const { settle: give } = asked.get(id) ?? {};
  asked.delete(id);
  give?.(answer as Answer);
}

ipcRenderer.on('lab.event', (_event, message: LabEvent) => tell(message));
ipcRenderer.on('lab.line', (event, why: Phrase | null) => {
  line?.close();
  line = (event.ports[0] as Line | undefined) ?? null;
  cut = why;
  if (why) for (const id of [...asked.keys()]) settle({ id, error: why });
  if (!line) return;
  line.onmessage = ({ data }) => ('event' in data ? tell(data) : settle(data));
  // What was asked before the line was there.
  for (const { message } of asked.values()) line.postMessage(message);
});
ipcRenderer.send('lab.connect');

/** What the page knows and Node does not, such as a File, would be lost on the way without a word. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isPlain);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}

/** Asks the core over its own line. */
const askCore = (method: string, params: unknown): Promise<Answer> =>
  new Promise((resolve) => {
    const refused = isPlain(method) && isPlain(params) ? cut : errorPhrase('window.notPlain');
    if (refused) {
      resolve({ error: refused });
      return;
    }
    const message = { id: nextId++, method, params };
    // What cannot cross is refused at once, also while there is no line.
    if (line) line.postMessage(message);
    asked.set(message.id, { message: line ? message : structuredClone(message), settle: resolve });
  });

/** All that the page can reach of the world outside it. */
contextBridge.exposeInMainWorld('lab', {
  // An error that is thrown across this bridge keeps its message only, so it is handed over.
  async request(method: string, params: unknown): Promise<Answer> {
    if (typeof method !== 'string' || !method.startsWith('host.')) return askCore(method, params);
    return (await ipcRenderer.invoke('lab', { id: 0, method, params })) as Answer;
  },
  onEvent(listener: Listener): () => void {
    listeners.add(listener);
    for (const event of waiting) listener(event);
    waiting = [];
    return () => listeners.delete(listener);
  },
  /** Only a file that a person dropped or chose has a path here; the core learns it before the page. */
  async pathForFile(file: Parameters<typeof webUtils.getPathForFile>[0]): Promise<string> {
    const path = webUtils.getPathForFile(file);
    await ipcRenderer.invoke('lab.opened', path);
    return path;
  },
});
