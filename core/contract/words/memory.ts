/** Too little memory, told as what it is: it looks like a damaged file or a damaged library otherwise. */

/** How Node, the system's loader and TensorFlow say that memory is not to be had. */
const SIGNS =
  /array buffer allocation failed|failed to map segment|cannot allocate memory|\bENOMEM\b|std::bad_alloc|OOM when allocating|cannot parse tensor from proto|resource ?exhausted/i;

/** Whether something failed for want of memory. */
export function isMemoryShort(error: unknown): boolean {
  return SIGNS.test(error instanceof Error ? error.message : String(error));
}
