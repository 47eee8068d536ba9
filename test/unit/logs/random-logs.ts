/** Random logs: jagged ones with gaps, and trainings that rise, fall and are stepped. */
import fc from 'fast-check';

const share = fc.double({ min: 0.02, max: 0.99, noNaN: true }).map((x) => Number(x.toFixed(4)));
const loss = fc.double({ min: 0.01, max: 3, noNaN: true }).map((x) => Number(x.toFixed(4)));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 8 });

/** A training that rises to a peak and falls, or not, with zigzags and gaps. */
export interface Row {
  epoch: number;
  train_acc: number | null;
  val_acc: number | null;
  val_loss: number | null;
  prediction_changes: number | null;
  relative_distance: number | null;
}

const jagged: fc.Arbitrary<Omit<Row, 'epoch'>[]> = fc.array(
  fc.record({
    train_acc: maybe(share),
    val_acc: maybe(share),
    val_loss: maybe(loss),
    prediction_changes: maybe(fc.integer({ min: 0, max: 900 })),
    relative_distance: maybe(share),
  }),
  { minLength: 2, maxLength: 30 },
);

const smooth = fc
  .record({
    length: fc.integer({ min: 3, max: 40 }),
    peak: fc.integer({ min: 1, max: 30 }),
    fall: fc.double({ min: 0, max: 0.03, noNaN: true }),
    rise: fc.double({ min: 0, max: 0.1, noNaN: true }),
  })
  .map(({ length, peak, fall, rise }): Omit<Row, 'epoch'>[] =>
    Array.from({ length }, (_, i) => ({
      train_acc: four(1 - 0.6 * Math.exp(-(i + 1) / 9)),
      val_acc: four(
        Math.max(0.05, 0.8 - 0.4 * Math.exp(-(i + 1) / 3) - fall * Math.max(0, i + 1 - peak)),
      ),
      val_loss: four(0.5 + Math.exp(-(i + 1) / 3) + rise * Math.max(0, i + 1 - peak)),
      prediction_changes: Math.round(900 / (i + 1)),
      relative_distance: four(0.1 * Math.sqrt(i + 1)),
    })),
  );

/**
 * A training that gains by a step of the learning rate and is lost again after it, or not, among zigzags:
 * at its end there is much to contradict.
 */
const stepped = fc
  .record({
    before: fc.integer({ min: 5, max: 60 }),
    after: fc.integer({ min: 3, max: 40 }),
    gain: fc.double({ min: 0, max: 0.2, noNaN: true }),
    fall: fc.double({ min: -0.001, max: 0.003, noNaN: true }),
    rise: fc.double({ min: 0, max: 0.02, noNaN: true }),
    zigzag: fc.double({ min: 0.001, max: 0.03, noNaN: true }),
    seed: fc.integer({ min: 1, max: 1e6 }),
  })
  .map(({ before, after, gain, fall, rise, zigzag, seed }): Omit<Row, 'epoch'>[] =>
    Array.from({ length: before + after }, (_, i) => {
      const since = Math.max(0, i + 1 - before);
      const noise = zigzag * (((seed * (i + 7) * 16807) % 1013) / 506.5 - 1);
      const gained = since > 0 ? gain : 0;
      return {
        train_acc: four(1 - 0.6 * Math.exp(-(i + 1) / 40)),
        val_acc: four(0.6 - 0.3 * Math.exp(-(i + 1) / 8) + gained - fall * since + noise),
        val_loss: four(1.5 + Math.exp(-(i + 1) / 8) - gained + rise * since),
        prediction_changes: Math.round(900 / (i + 1)),
        relative_distance: four(0.1 * Math.sqrt(i + 1)),
      };
    }),
  );

/** A value as logs write it. */
export function four(value: number): number {
  return Number(value.toFixed(4));
}

export const SIGNALS = [
  'train_acc',
  'val_acc',
  'val_loss',
  'prediction_changes',
  'relative_distance',
] as const;

/** A log with some of the columns. */
export const logs = fc
  .record({
    rows: fc.oneof(jagged, smooth, stepped),
    columns: fc.subarray([...SIGNALS], { minLength: 1 }),
    first: fc.constantFrom(0, 1, 7),
  })
  .map(({ rows, columns, first }) =>
    rows.map((row, i): Row => {
      const kept = SIGNALS.map((name) => [name, columns.includes(name) ? row[name] : null]);
      return { epoch: first + i, ...(Object.fromEntries(kept) as Omit<Row, 'epoch'>) };
    }),
  );
