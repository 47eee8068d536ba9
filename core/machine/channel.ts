/** The channel of this process to the one that started it: Electron's utility process, or Node's fork. */

/** Electron's end of it, where there is one. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
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

/** Hears every message from above. */
export function hearFromAbove(listener: (message: unknown) => void): void {
  if (port) port.on('message', ({ data }) => listener(data));
  else process.on('message', listener);
}

/** Ends the channel, after which nothing keeps a process that is done. Electron's is ended by who started it. */
export function hangUp(): void {
  if (!port && process.connected) process.disconnect();
}
