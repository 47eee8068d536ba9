import { ValiError } from 'valibot';

/** What is told of a message that was refused may quote it, and it may be of any length. */
const MOST = 1000;

/** One plain sentence for whatever was thrown; of a refused message, the place and what is allowed. */
export function sentenceOf(error: unknown): string {
  const sentence = wordsOf(error);
  return sentence.length > MOST ? `${sentence.slice(0, MOST)}…` : sentence;
}

function wordsOf(error: unknown): string {
  if (error instanceof ValiError) {
    const [issue] = error.issues;
    const path = issue?.path?.map((part: { key: unknown }) => String(part.key)).join('.');
    return path ? `${path}: ${issue?.message}` : (issue?.message ?? error.message);
  }
  return error instanceof Error ? error.message : String(error);
}
