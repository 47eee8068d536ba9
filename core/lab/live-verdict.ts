/** The recommendation of a run that is being trained, revised after each epoch. */
import type { Config } from '../config/schema.ts';
import type { EpochRecord, Verdict } from '../protocol/records.ts';
import { readDynamics } from '../runs/read.ts';
import { judge } from '../runs/verdict.ts';
import { IN_A_ROW, shouldStop } from '../stopping/live.ts';
import { RecordKeeper } from '../stopping/sample-record.ts';
import type { Prepared } from '../training/prepare.ts';
import type { EpochResult } from '../training/train.ts';

/** Sees only epochs that are over, so what it says does not change when a run is resumed. */
export class LiveVerdict {
  private keeper: RecordKeeper | null;
  private readonly verdicts: (Verdict | null)[] = [];
  private readonly config: Config;

  /**
   * @param rows of the epochs that are on disk, to which the caller adds new ones
   * @throws InputError where what is on disk is damaged
   */
  constructor(
    run: string,
    prepared: Prepared,
    private readonly rows: EpochRecord[],
  ) {
    const { config, dataset, train, holdout } = prepared;
    this.config = config;
    this.keeper = new RecordKeeper(dataset.classes.length, train.given, holdout.given);
    const due = rows.filter(({ epoch }) => this.isDue(epoch)).slice(-IN_A_ROW);
    for (const [i, { epoch }] of rows.entries()) {
      const { predicted, holdout: held } = readDynamics(run, epoch);
      // A run of an earlier version, which did not keep its hold-out's predictions.
      if (!held) this.keeper = null;
      if (epoch > 0) this.keeper?.add(predicted, held!.predicted);
      if (due.some((row) => row.epoch === epoch)) this.judge(rows.slice(0, i + 1));
    }
  }

  /** The newest verdict. */
  get verdict(): Verdict | null {
    return this.verdicts.at(-1) ?? null;
  }

  /** Takes an epoch whose row was added to `rows`. */
  add({ record, judged, heldOut }: EpochResult): void {
    if (record.epoch > 0) this.keeper?.add(judged.classes, heldOut.classes);
    if (this.isDue(record.epoch)) this.judge(this.rows);
  }

  /** Whether the run wished to stop by itself, and it is time. */
  get ends(): boolean {
    const chance = this.config.training.stopChance;
    return chance > 0 && shouldStop(this.verdicts, chance);
  }

  private judge(rows: readonly EpochRecord[]): void {
    this.verdicts.push(judge(rows, this.config, this.keeper?.samples ?? null));
  }

  /** Every epoch at first; rarer in long runs, where judging all rows again would cost. */
  private isDue(epoch: number): boolean {
    return epoch % Math.ceil(epoch / 200 || 1) === 0 || epoch === this.config.training.epochs;
  }
}
