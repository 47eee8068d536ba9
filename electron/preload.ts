import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { LabEvent, Method, Response } from '../core/contract/messages/messages.ts';

type Listener = (event: LabEvent) => void;

const listeners = new Set<Listener>();
/** What arrived before anyone listened; a page that has just loaded must not miss it. */
let waiting: LabEvent[] = [];
let nextId = 0;

ipcRenderer.on('lab.event', (_event, message: LabEvent) => {
  if (listeners.size === 0) waiting.push(message);
  for (const listener of listeners) listener(message);
});

/** All that the page can reach of the world outside it. */
contextBridge.exposeInMainWorld('lab', {
  async request(method: Method, params: unknown): Promise<unknown> {
    const message = { id: nextId++, method, params };
    // An error that is thrown across this bridge keeps its message only, so it is handed over.
    return (await ipcRenderer.invoke('lab', message)) as Response;
  },
  onEvent(listener: Listener): () => void {
    listeners.add(listener);
    for (const event of waiting) listener(event);
    waiting = [];
    return () => listeners.delete(listener);
  },
  /** Only a file that a person dropped or chose has a path here; main learns it before the page. */
  async pathForFile(file: Parameters<typeof webUtils.getPathForFile>[0]): Promise<string> {
    const path = webUtils.getPathForFile(file);
    await ipcRenderer.invoke('lab.opened', path);
    return path;
  },
});
