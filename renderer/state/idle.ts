/** What is needed soon is made ready when nothing else is to do. */

/**
 * Does something once the page has drawn and rests; before it has drawn it may seem to rest.
 * @returns what calls it off, for an effect that ends
 */
export function whenIdle(work: () => unknown): () => void {
  let idle = 0;
  const frame = requestAnimationFrame(() => (idle = requestIdleCallback(() => void work())));
  return () => {
    cancelAnimationFrame(frame);
    cancelIdleCallback(idle);
  };
}
