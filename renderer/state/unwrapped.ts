/** A copy without the wrappers of state, which cannot cross to another process. */
export function unwrapped<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
