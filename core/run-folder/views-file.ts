/**
 * `views.bin`: what the window draws of each epoch's dynamics, so that opening a run need not read
 * those. An epoch is a record of one length, at its number's place. It begins with a SHA-256 of what
 * follows and of the epoch's link in `sums.jsonl`, so a record counts only for the very epoch that it
 * was made from; any other is as good as missing, and is made again.
 */
import { createHash } from 'node:crypto';
import { readAt } from '../disk/read.ts';
import { writeAt } from '../disk/write.ts';
import type { EpochDetail, EpochView } from '../contract/messages/records.ts';
import { LOSS_BINS, LOSS_MAX } from './epoch-views.ts';
import type { DynamicsView } from './epoch-views.ts';
import { paths } from './files.ts';

/** Changes with the layout of a record, and with the range of the histogram. */
const LAYOUT = 'views 1';
const SEAL_BYTES = 32;
/** Words of 32 bits after the seal: outcomes, the two histograms, then classes and losses of the wall. */
const BINS_AT = 3;
const WALL_AT = BINS_AT + 2 * LOSS_BINS;
/** Stands for outcomes that are not known; no data set has so many samples. */
const UNKNOWN = 0xffffffff;

const wordsOf = (wall: number): number => WALL_AT + 2 * wall;
const bytesOf = (wall: number): number => SEAL_BYTES + 4 * wordsOf(wall);

/** The records of some epochs in a row, as they are on disk or as they are to be written. */
export class ViewsFile {
  private readonly words: Uint32Array;
  private readonly floats: Float32Array;

  private constructor(
    private readonly bytes: Uint8Array,
    private readonly from: number,
    private readonly wall: number,
  ) {
    this.words = new Uint32Array(bytes.buffer);
    this.floats = new Float32Array(bytes.buffer);
  }

  /** Records of nothing yet. @param wall how many samples the wall has */
  static empty(from: number, count: number, wall: number): ViewsFile {
    return new ViewsFile(new Uint8Array(count * bytesOf(wall)), from, wall);
  }

  /** Reads what there is of some epochs; the rest is as in `empty`. */
  static read(run: string, from: number, count: number, wall: number): ViewsFile {
    const views = ViewsFile.empty(from, count, wall);
    try {
      readAt(paths.views(run), views.bytes, from * bytesOf(wall));
    } catch {
      // Missing, or it cannot be read: then the dynamics are, which tell why they cannot.
    }
    return views;
  }

  /** Whether the record of an epoch is whole, and of that very epoch. */
  has(epoch: number, link: string): boolean {
    const begin = this.begin(epoch);
    return this.seal(epoch, link).equals(this.bytes.subarray(begin, begin + SEAL_BYTES));
  }

  /** Takes in an epoch. */
  put(epoch: number, link: string, { outcomes, detail }: DynamicsView): void {
    const { histogram, wall } = detail;
    const at = this.word(epoch);
    const { recovered, memorized, other } = outcomes ?? NO_OUTCOMES;
    this.words.set([recovered, memorized, other], at);
    this.words.set(histogram.right, at + BINS_AT);
    this.words.set(histogram.wrong, at + BINS_AT + LOSS_BINS);
    this.words.set(wall.predicted, at + WALL_AT);
    this.floats.set(wall.loss, at + WALL_AT + this.wall);
    this.bytes.set(this.seal(epoch, link), this.begin(epoch));
  }

  /** Of a record that is whole. */
  outcomes(epoch: number): EpochView['outcomes'] {
    const at = this.word(epoch);
    const [recovered, memorized, other] = this.words.subarray(at, at + BINS_AT);
    if (recovered === UNKNOWN) return null;
    return { recovered: recovered!, memorized: memorized!, other: other! };
  }

  /** Of a record that is whole. */
  detail(epoch: number): EpochDetail {
    const bins = this.word(epoch) + BINS_AT;
    const wall = this.word(epoch) + WALL_AT;
    const end = wall + this.wall;
    return {
      epoch,
      histogram: {
        max: LOSS_MAX,
        right: Array.from(this.words.subarray(bins, bins + LOSS_BINS)),
        wrong: Array.from(this.words.subarray(bins + LOSS_BINS, wall)),
      },
      wall: {
        predicted: Array.from(this.words.subarray(wall, end)),
        loss: Array.from(this.floats.subarray(end, end + this.wall)),
      },
    };
  }

  /** One sample of the wall, of a record that is whole. */
  sample(epoch: number, place: number): { predicted: number; loss: number } {
    const at = this.word(epoch) + WALL_AT + place;
    return { predicted: this.words[at]!, loss: this.floats[at + this.wall]! };
  }

  /** Writes the records to their places in a run's file, and leaves its other ones. @throws DiskError */
  write(run: string): void {
    writeAt(paths.views(run), this.bytes, this.from * bytesOf(this.wall));
  }

  private begin(epoch: number): number {
    return (epoch - this.from) * bytesOf(this.wall);
  }

  private word(epoch: number): number {
    return (this.begin(epoch) + SEAL_BYTES) / 4;
  }

  private seal(epoch: number, link: string): Buffer {
    const begin = this.begin(epoch);
    const body = this.bytes.subarray(begin + SEAL_BYTES, begin + bytesOf(this.wall));
    return createHash('sha256').update(`${LAYOUT}\n${link}\n`).update(body).digest();
  }
}

const NO_OUTCOMES = { recovered: UNKNOWN, memorized: UNKNOWN, other: UNKNOWN };
