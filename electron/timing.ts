import type { BrowserWindow } from 'electron';

/** Prints, as one line of JSON, the milliseconds from the start of the process to the first picture. */
export function printTiming(window: BrowserWindow): void {
  const started = process.getCreationTime() ?? performance.timeOrigin;
  const since = (): number => Math.round(Date.now() - started);
  const shown = new Promise<number>((resolve) =>
    window.once('ready-to-show', () => resolve(since())),
  );
  const loaded = new Promise<number>((resolve) =>
    window.webContents.once('did-finish-load', () => resolve(since())),
  );
  void Promise.all([shown, loaded]).then(async ([readyToShow, didFinishLoad]) => {
    const painted = (await window.webContents.executeJavaScript(FIRST_PAINT)) as number;
    const firstPaint = Math.round(painted - started);
    process.stdout.write(`${JSON.stringify({ firstPaint, readyToShow, didFinishLoad })}\n`);
  });
}

const FIRST_PAINT = `new Promise((resolve) => {
  const observer = new PerformanceObserver((list) => {
    const [entry] = list.getEntriesByName('first-contentful-paint');
    if (entry) resolve(performance.timeOrigin + entry.startTime);
  });
  observer.observe({ type: 'paint', buffered: true });
})`;
