/** Reads a file at places that an archive names, which may lie anywhere. */
import { close, fstatSync, openSync, read } from 'node:fs';
import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';

/** Bytes read at once. */
const PIECE = 2 ** 18;

/**
 * A file for yauzl. Its own reader throws where no one can catch it when a damaged archive names a
 * place beyond 2^53; this one ends every such reading with an error.
 */
export class BoundedReader extends RandomAccessReader {
  private readonly file: number;
  /** Bytes of the file. */
  readonly size: number;

  /** @throws where the file cannot be opened */
  constructor(path: string) {
    super();
    this.file = openSync(path, 'r');
    this.size = fstatSync(this.file).size;
  }

  private holds(start: number, end: number): boolean {
    return Number.isSafeInteger(start) && start >= 0 && start <= end && end <= this.size;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytes?: number) => void,
  ): void {
    if (this.holds(position, position + length)) {
      read(this.file, buffer, offset, length, position, callback);
    } else setImmediate(() => callback(beyond()));
  }

  /** A stream of its own: one made by `fs` would close the file once it is destroyed. */
  override _readStreamForRange(start: number, end: number): Readable {
    const take = (at: number): Promise<Buffer> =>
      new Promise((resolve, reject) => {
        const part = Buffer.allocUnsafe(Math.min(PIECE, end - at));
        this.read(part, 0, part.length, at, (error, bytes = 0) => {
          if (error || bytes === 0) reject(error ?? beyond());
          else resolve(part.subarray(0, bytes));
        });
      });
    return Readable.from(
      (async function* () {
        for (let at = start; at < end;) {
          const part = await take(at);
          at += part.length;
          yield part;
        }
      })(),
      { objectMode: false },
    );
  }

  override close(callback: (error: Error | null) => void): void {
    close(this.file, callback);
  }
}

const beyond = (): Error => new Error('it names a place beyond its end');
