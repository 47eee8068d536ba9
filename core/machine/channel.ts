/** The channel of this process to the one that started it: Electron's utility process, or Node's fork. */

/** Electron's end of it, where there is one. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown; ports: Port[] }) => void): void;
  postMessage(message: unknown): void;
}

/** One end of a channel of its own, which reaches the page directly. */
export interface Port {
  on(event: 'message', listener: (message: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage(message: unknown): void;
  /** Nothing is heard before. */
  start(): void;
}

const port = (process as unknown as { parentPort?: ParentPort }).parentPort;

/** Whether Electron started this process: then it can be asked to start others. */
export const underElectron = port !== undefined;

/** Sends; resolves once it is on its way. Nothing is sent where nobody listens any more. */
export function sendUp(message: unknown): Promise<void> {
  if (port) {
    port.postMessage(message);
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    if (process.connected) process.send!(message, () => resolve());
    else resolve();
  });
}

/** Hears every message from above that brings no port. */
export function hearFromAbove(listener: (message: unknown) => void): void {
  if (!port) process.on('message', listener);
  port?.on('message', ({ data, ports }) => {
    if (ports.length === 0) listener(data);
  });
}

/** Is handed every port that comes from above; only Electron sends any. */
export function takePorts(listener: (port: Port) => void): void {
  port?.on('message', ({ ports }) => ports.forEach(listener));
}

/** Ends the channel, after which nothing keeps a process that is done. Electron's is ended by who started it. */
export function hangUp(): void {
  if (!port && process.connected) process.disconnect();
}
