// @ts-check
/** What set-up tells the person; all of it on stderr, so that stdout stays for results. */

let quiet = false;

/**
 * With true, only work that takes time is told, not what was found in order.
 * @param {boolean} value
 */
export function setQuiet(value) {
  quiet = value;
}

/**
 * Tells a step that was done or is about to take time.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Tells that something was found in order.
 * @param {string} text
 */
export function sayFine(text) {
  if (!quiet) say(text);
}

/**
 * Bytes as people read them.
 * @param {number} bytes
 */
export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}

/**
 * Many bytes as people read them.
 * @param {number} bytes
 */
export function gigabytes(bytes) {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/**
 * One line of progress: rewritten in place on a terminal, repeated every five seconds elsewhere.
 * @param {string} label
 */
export function progressLine(label) {
  const terminal = process.stderr.isTTY;
  const started = Date.now();
  let lastLine = started;
  return {
    /** @param {string} detail */
    show(detail) {
      const now = Date.now();
      if (!terminal && now - lastLine < 5000) return;
      lastLine = now;
      const text = `  ${label}: ${detail}, ${Math.round((now - started) / 1000)} s`;
      process.stderr.write(terminal ? `\r${text}\u001b[K` : `${text}\n`);
    },
    end() {
      if (terminal) process.stderr.write('\r\u001b[K');
    },
  };
}
