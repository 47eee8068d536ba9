/** What is needed soon is made ready when nothing else is to do. */

/**
 * Does something once the page has drawn and rests.
 * @returns what calls it off, for an effect that ends
 */
export function whenIdle(work: () => unknown): () => void {
  const asked = requestIdleCallback(() => void work());
  return () => cancelIdleCallback(asked);
}
