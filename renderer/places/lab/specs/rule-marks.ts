/** Every rule's epoch as a mark on the x axis of the main picture. */
import type { EpochView, Verdict } from '../../../../core/contract/messages/records.ts';

/** A rule's epoch and its place on the x axis. */
export interface RuleMark {
  name: string;
  epoch: number;
  x: number;
}

/** Rules whose marks would touch, as one mark. */
export interface MarkGroup {
  /** Where the mark stands, in pixels. */
  pixel: number;
  /** The epoch that a click goes to. */
  epoch: number;
  /** Its rules by epoch, in order. */
  at: { epoch: number; names: string[] }[];
}

/** The marks of all rules whose epoch is on the screen. */
export function ruleMarks(
  { candidates }: Verdict,
  epochs: readonly EpochView[],
  toX: (view: EpochView) => number,
): RuleMark[] {
  return candidates.flatMap(({ rule, epoch }) => {
    const view = epochs.find(({ record }) => record.epoch === epoch);
    return view ? [{ name: rule, epoch, x: toX(view) }] : [];
  });
}

/**
 * Brings marks together that lie closer than `gap` pixels; each group stands where its first does.
 * @param toPixel from the x axis to pixels
 */
export function groupMarks(
  marks: readonly RuleMark[],
  toPixel: (x: number) => number,
  gap: number,
): MarkGroup[] {
  const groups: MarkGroup[] = [];
  for (const { name, epoch, x } of marks.toSorted((a, b) => a.x - b.x)) {
    const pixel = toPixel(x);
    const group = groups.at(-1);
    if (!group || pixel - group.pixel >= gap) {
      groups.push({ pixel, epoch, at: [{ epoch, names: [name] }] });
      continue;
    }
    const same = group.at.find((one) => one.epoch === epoch);
    if (same) same.names.push(name);
    else group.at.push({ epoch, names: [name] });
  }
  return groups;
}
