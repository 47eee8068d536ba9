/** What the window remembers between starts. A full or broken store only forgets. */

const PREFIX = 'label-noise-lab.';

/** A remembered value, or the fallback; what is stored is checked by `accept`. */
export function recall<T>(key: string, fallback: T, accept: (value: unknown) => value is T): T {
  try {
    const text = localStorage.getItem(PREFIX + key);
    const value: unknown = text === null ? null : JSON.parse(text);
    return accept(value) ? value : fallback;
  } catch {
    return fallback;
  }
}

/** Remembers a value. */
export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Private mode or a full store: the window works the same, it only starts afresh next time.
  }
}
