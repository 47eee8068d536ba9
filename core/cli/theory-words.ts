/** What `theory` found, in words and tables. */
import { digits, percent } from '../contract/words/numbers.ts';
import { plain, printable } from '../contract/words/plain.ts';
import { EXACT } from '../theory/milestones.ts';
import type { Milestone } from '../theory/milestones.ts';
import type { Theory } from '../theory/theory.ts';
import { t, words } from '../terminal/language.ts';
import { table } from '../terminal/output.ts';

/** Everything that `theory` found. @param name of the config */
export function theoryInWords(name: string, theory: Theory): string {
  return [
    plain(name),
    '',
    ...dataLines(theory),
    '',
    ...spectrumLines(theory),
    '',
    ...theoremLines(theory),
    '',
    ...iterationLines(theory),
  ].join('\n');
}

function dataLines({ constants, clusters, failing, eps0Set }: Theory): string[] {
  const { samples, dimension, classes, eps0, delta, rho, balance, separation } = constants;
  const source = typeof clusters === 'number' ? 'kmeans' : clusters;
  const from = t(`cli.theory.from.${source}`);
  const apart = separation === null ? '' : t('cli.theory.apart', { apart: digits(separation) });
  const [low, high] = [digits(balance[0]), digits(balance[1])];
  const sizes = { samples: digits(samples), dimension: digits(dimension) };
  const answer = t(constants.clusterable ? 'cli.theory.yes' : 'cli.theory.no');
  return [
    t('cli.theory.data', { ...sizes, clusters: constants.clusters, from, classes }),
    ...[
      t('cli.theory.eps0', { value: digits(eps0) }) +
        (eps0Set === null ? '' : t('cli.theory.eps0Set', { value: digits(eps0Set) })),
      t('cli.theory.delta', { value: digits(delta) }),
      t('cli.theory.rho', { value: digits(rho), eighth: digits(delta / 8) }),
      t('cli.theory.balance', { low, high }) + apart,
      t('cli.theory.clusterable', { answer }),
    ].map((line) => `  ${line}`),
    ...(failing.length > 0
      ? [t('cli.theory.failing'), ...failing.map((failed) => `- ${words(failed)}`)]
      : [t('cli.theory.allHold')]),
  ];
}

function spectrumLines({ sigma, activation, width, constants, run }: Theory): string[] {
  const { lambda, condition, check, norm } = sigma;
  const { draws, apart, error } = check;
  const rows = run.pictures.map((picture) => [
    digits(picture.iteration),
    picture.singular.slice(0, 4).map(digits).join('  '),
    digits(picture.singular.at(-1)),
    digits(picture.aboveTenth),
    percent(picture.cleanShare),
    percent(picture.noiseShare),
  ]);
  const titles = [
    t('cli.theory.columns.iteration'),
    t('cli.theory.columns.largest'),
    t('cli.theory.columns.smallest'),
    t('cli.theory.columns.overTenth'),
    t('cli.theory.columns.clean'),
    t('cli.theory.columns.noise'),
  ];
  const drawn = { draws: digits(draws), apart: digits(apart), error: digits(error) };
  return [
    t('cli.theory.sigma', {
      activation,
      lambda: digits(lambda),
      condition: shown(condition),
      norm: digits(norm),
    }),
    `  ${t('cli.theory.draws', drawn)}`,
    t('cli.theory.jacobian', { width: digits(width), k: constants.clusters }),
    table(titles, rows),
  ];
}

function theoremLines({ constants, orders, run, width }: Theory): string[] {
  const { allTrue, mostTrue, firstLost, firstWrongFit, allGiven } = run.milestones;
  const learned = allTrue ?? mostTrue;
  const atLeast = t('cli.theory.atLeast', { order: 'δ/ε₀' });
  const rows = [
    [t('cli.theory.rows.eps0'), 'δ λ²/K²', shown(orders.eps0), digits(constants.eps0)],
    [t('cli.theory.rows.width'), '‖C‖⁴ K²/λ⁴', shown(orders.width), digits(width)],
    [
      t('cli.theory.rows.iterations'),
      'K/(η n λ) log(1/ρ)',
      shown(orders.iterations),
      whenOf(learned),
    ],
    [t('cli.theory.rows.distance'), '√(K/λ)', shown(orders.distance), distanceOf(learned)],
    [t('cli.theory.rows.drift'), 'K ε₀/‖C‖²', digits(orders.drift), ''],
    [
      t('cli.theory.rows.wrongDistance'),
      atLeast,
      shown(orders.wrongDistance),
      distanceOf(firstWrongFit),
    ],
    [t('cli.theory.rows.wrongIterations'), '', '', whenOf(firstWrongFit)],
  ];
  const titles = [
    '',
    t('cli.theory.columns.order'),
    t('cli.theory.columns.itsValue'),
    t('cli.theory.columns.measured'),
  ];
  return [
    t('cli.theory.theorems'),
    table(titles, rows, printable),
    (allTrue
      ? t('cli.theory.allTrue', { iteration: allTrue.iteration })
      : t('cli.theory.mostTrue', {
          share: percent(mostTrue?.share),
          iteration: digits(mostTrue?.iteration),
        })) + (firstLost ? t('cli.theory.lost', { iteration: firstLost.iteration }) : '.'),
    firstWrongFit
      ? t('cli.theory.firstWrong', { exact: EXACT, iteration: firstWrongFit.iteration })
      : t('cli.theory.noneWrong', { iterations: run.iterations }),
    ...(allGiven ? [t('cli.theory.allGiven', { iteration: allGiven.iteration })] : []),
    ...(constants.fewWrong ? [] : [t('cli.theory.manyWrong')]),
  ];
}

/** Lines of the last table. */
const SHOWN = 14;

function iterationLines({ run, constants }: Theory): string[] {
  const every = Math.ceil((run.points.length - 1) / (SHOWN - 1));
  const last = run.points.length - 1;
  const rows = run.points
    .filter((_, i) => i === last || i % every === 0)
    .map(({ iteration, trueShare, givenShare, distance, decay: { large, small } }) => [
      digits(iteration),
      percent(trueShare),
      percent(givenShare),
      digits(distance),
      ...[large.measured, large.linearized, small.measured, small.linearized].map((part) =>
        part.toFixed(3),
      ),
    ]);
  const linear = t('cli.theory.columns.linear');
  const titles = [
    t('cli.theory.columns.iteration'),
    t('cli.columns.true'),
    t('cli.columns.asGiven'),
    t('cli.theory.columns.distance'),
    t('cli.theory.columns.large'),
    linear,
    t('cli.theory.columns.small'),
    linear,
  ];
  return [t('cli.theory.residual', { k: constants.clusters }), table(titles, rows)];
}

function shown(value: number | null): string {
  const isKnown = value !== null && Number.isFinite(value);
  return isKnown ? digits(value) : t('cli.theory.infinite');
}

function whenOf(moment: Milestone | null): string {
  return moment ? digits(moment.iteration) : t('cli.theory.notReached');
}

function distanceOf(moment: Milestone | null): string {
  if (!moment) return t('cli.theory.notReached');
  const { distance, relativeDistance } = moment;
  return t('cli.theory.distance', { distance: digits(distance), share: percent(relativeDistance) });
}
