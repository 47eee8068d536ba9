/** Tables of what rules lose. */
import { table } from '../../../core/terminal/output.ts';
import { OURS } from './evaluate.ts';
import type { LiveOutcome, Outcome, Setting } from './evaluate.ts';

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

/** Mean, median, 90th percentile and worst regret of each rule, noisy and clean runs apart. */
export function summary(found: readonly Outcome[], settings: readonly Setting[]): string {
  const rows: string[][] = [];
  for (const setting of settings) {
    const here = found.filter((outcome) => outcome.setting === setting);
    for (const rule of new Set(here.map((outcome) => outcome.rule))) {
      if ((setting.record || setting.rate) && rule !== OURS) continue;
      const of = here.filter((outcome) => outcome.rule === rule);
      rows.push([settingText(setting), rule, String(of.length), ...figures(of)]);
    }
  }
  const head = ['Given', 'Rule', 'Runs', 'Mean', 'Median', '90%', 'Worst', 'Noise', 'Clean'];
  return table([...head, ...KINDS.map(([name]) => name)], rows);
}

const settingText = ({ holdout, record, rate }: Setting): string =>
  [
    holdout > 0 ? `hold-out ${holdout}` : 'no hold-out',
    record ? 'samples' : 'curves',
    ...(rate ? ['rate'] : []),
  ].join(', ');

const KINDS: [string, (outcome: Outcome) => boolean][] = [
  ['Symm.', ({ run }) => ['symmetric', 'uniform'].includes(run.noise)],
  ['Pair', ({ run }) => ['pair', 'asymmetric', 'sampled'].includes(run.noise)],
  ['Inst.', ({ run }) => run.noise === 'instance'],
  ['Human', ({ run }) => run.noise === 'human'],
  ['> 35%', ({ run }) => run.wrong > 0.35],
];

function figures(of: readonly Outcome[]): string[] {
  const regrets = of.map(({ regret }) => regret).sort((a, b) => a - b);
  const meanOf = (keep: (outcome: Outcome) => boolean) => {
    const kept = of.filter(keep).map(({ regret }) => regret);
    return kept.length > 0 ? mean(kept).toFixed(2) : '';
  };
  return [
    mean(regrets).toFixed(2),
    quantile(regrets, 0.5).toFixed(2),
    quantile(regrets, 0.9).toFixed(2),
    regrets.at(-1)!.toFixed(1),
    meanOf(({ run }) => run.noise !== 'none'),
    meanOf(({ run }) => run.noise === 'none'),
    ...KINDS.map(([, keep]) => meanOf(keep)),
  ];
}

/** How often the best epoch lay in the range, by what was given, and in ten bins by how sure verdicts were. */
export function calibration(found: readonly Outcome[], settings: readonly Setting[]): string {
  const ours = found.filter(({ rule }) => rule === OURS);
  const kinds = settings.flatMap((setting) => {
    const of = ours.filter((outcome) => outcome.setting === setting);
    return of.length > 0 ? [sureRow(settingText(setting), of)] : [];
  });
  const sorted = [...ours].sort((a, b) => a.confidence! - b.confidence!);
  const bins = Array.from({ length: BINS }, (_, bin) => {
    const place = (at: number) => Math.round((at * sorted.length) / BINS);
    return sureRow(`bin ${bin + 1} of ${BINS}`, sorted.slice(place(bin), place(bin + 1)));
  });
  return table(['Ours, how sure', 'Verdicts', 'Stated', 'Best in range'], [...kinds, ...bins]);
}

const BINS = 10;

function sureRow(name: string, of: readonly Outcome[]): string[] {
  const stated = mean(of.map(({ confidence }) => confidence!));
  const held = mean(of.map(({ inRange }) => (inRange ? 1 : 0)));
  return [name, String(of.length), stated.toFixed(2), held.toFixed(2)];
}

/** Where ours lost most with a hold-out of 1,000. */
export function worst(found: readonly Outcome[]): string {
  const ours = found
    .filter(({ rule, setting }) => rule === OURS && setting.holdout === 1000 && setting.record)
    .sort((a, b) => b.regret - a.regret)
    .slice(0, 6);
  const rows = ours.map(({ run, epoch, regret }) => [
    run.id,
    run.network,
    `${run.noise}, ${(100 * run.wrong).toFixed(0)}% wrong`,
    String(epoch),
    String(1 + run.testAccuracy.indexOf(Math.max(...run.testAccuracy))),
    regret.toFixed(2),
  ]);
  return table(['Worst, hold-out 1000', 'Network', 'Noise', 'Ours', 'Best', 'Regret'], rows);
}

/** What stopping by itself cost and saved. */
export function live(found: readonly LiveOutcome[]): string {
  const groups: [string, (outcome: LiveOutcome) => boolean][] = [
    ['all', () => true],
    ['35 to 45% wrong', ({ run }) => run.wrong > 0.35 && run.wrong < 0.45],
    ['no noise', ({ run }) => run.noise === 'none'],
  ];
  const rows = [...new Set(found.map(({ chance }) => chance))].flatMap((chance) =>
    groups.map(([name, keep]) => {
      const here = found.filter((outcome) => outcome.chance === chance && keep(outcome));
      return [
        String(chance),
        name,
        String(here.length),
        mean(here.map(({ regret }) => regret)).toFixed(2),
        mean(here.map(({ whole }) => whole)).toFixed(2),
        `${(100 * mean(here.map(({ trained, planned }) => 1 - trained / planned))).toFixed(0)}%`,
      ];
    }),
  );
  return table(['Live, chance', 'Runs', '', 'Regret', 'Whole log', 'Epochs saved'], rows);
}
