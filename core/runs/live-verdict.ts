/** The recommendation of a run that is being trained, revised after each epoch. */
import type { Plan } from './begin.ts';
import type { EpochRecord, Verdict } from '../contract/messages/records.ts';
import { readRunConfig } from '../run-folder/stored.ts';
import { readSums } from '../run-folder/sums.ts';
import { verdictFor, readRecord } from '../run-folder/verdict.ts';
import type { Maker } from '../run-folder/verdict.ts';
import { hasFitted, IN_A_ROW, shouldStop } from '../stopping/live.ts';
import { upTo } from '../stopping/sample-record.ts';
import type { RecordKeeper } from '../stopping/sample-record.ts';
import type { MeasuredEpoch } from '../training/signals.ts';

/** Sees only epochs that are over, so what it says does not change when a run is resumed. */
export class LiveVerdict {
  private readonly keeper: RecordKeeper | null;
  private readonly made: Maker;
  private readonly verdicts: (Verdict | null)[] = [];

  /**
   * @param rows of the epochs that are on disk, to which the caller adds new ones
   */
  constructor(
    run: string,
    private readonly plan: Plan,
    private readonly rows: EpochRecord[],
  ) {
    const stored = readRunConfig(run);
    this.made = stored;
    this.keeper = readRecord(run, { rows, stored, sums: readSums(run) });
    for (const { epoch } of rows.filter((row) => this.isDue(row.epoch)).slice(-IN_A_ROW)) {
      this.recommend(epoch);
    }
  }

  /** The newest verdict. */
  get verdict(): Verdict | null {
    return this.verdicts.at(-1) ?? null;
  }

  /** Takes an epoch whose row was added to `rows`. */
  add({ record: { epoch }, evaluated, heldOut, judged = true }: MeasuredEpoch): void {
    if (epoch > 0) this.keeper?.add(evaluated.classes, heldOut.classes);
    if (judged && this.isDue(epoch)) this.recommend(epoch);
  }

  /** Whether the run wished to stop by itself, and it is time. */
  get ends(): boolean {
    const { stopChance, stopFitted } = this.plan;
    return (
      (stopChance > 0 && shouldStop(this.verdicts, stopChance)) ||
      (stopFitted > 0 && hasFitted(this.rows, stopFitted))
    );
  }

  /** Judges the rows up to an epoch, 0 being the first of them. */
  private recommend(epoch: number): void {
    const record = this.keeper && upTo(this.keeper.samples, epoch);
    this.verdicts.push(
      verdictFor(
        this.rows.filter((row) => row.epoch <= epoch),
        this.made,
        record,
      ),
    );
  }

  /** Every epoch at first; rarer in long runs, where evaluating all rows again would cost. */
  private isDue(epoch: number): boolean {
    return epoch % Math.ceil(epoch / 200 || 1) === 0 || epoch === this.plan.epochs;
  }
}
