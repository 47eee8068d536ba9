import { ValiError } from 'valibot';

/** One plain sentence for whatever was thrown; of a refused message, the place and what is allowed. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ValiError) {
    const [issue] = error.issues;
    const path = issue?.path?.map((part: { key: unknown }) => String(part.key)).join('.');
    return path ? `${path}: ${issue?.message}` : (issue?.message ?? error.message);
  }
  return error instanceof Error ? error.message : String(error);
}
