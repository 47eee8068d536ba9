import { createInterface } from 'node:readline';

/** TensorFlow's remarks about itself, which no setting of its own keeps back. */
const REMARK =
  /^(WARNING: All log messages before absl|[IW]\d{4} \d\d:|To enable the following instructions)/;

/** Passes on what the core says, line by line, to stderr (stdout belongs to results). */
export function relayOutput(stream: NodeJS.ReadableStream | null): void {
  if (!stream) return;
  createInterface({ input: stream }).on('line', (line) => {
    if (!REMARK.test(line)) process.stderr.write(`${line}\n`);
  });
}
