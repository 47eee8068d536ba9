/** What `theory` found, in words and tables. */
import { digits, percent } from '../report/format.ts';
import { inWords } from '../protocol/phrase.ts';
import { textsIn } from '../protocol/texts.ts';
import { EXACT } from '../theory/milestones.ts';
import type { Milestone } from '../theory/milestones.ts';
import type { Theory } from '../theory/theory.ts';
import { table } from './output.ts';

/** Everything that `theory` found. @param name of the config */
export function theoryInWords(name: string, theory: Theory): string {
  return [
    name,
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

function dataLines({ constants, clusters, failing }: Theory): string[] {
  const { samples, dimension, classes, eps0, delta, rho, balance, separation } = constants;
  const from =
    typeof clusters === 'number'
      ? 'by k-means'
      : { known: 'known', classes: 'a class each' }[clusters];
  return [
    `Data: ${digits(samples)} samples of ${digits(dimension)} numbers, K = ${constants.clusters} clusters (${from}), ${classes} classes.`,
    `  eps0 ${digits(eps0)}: the largest distance of a sample to its centre`,
    `  delta ${digits(delta)}: the smallest gap between the numbers of two classes`,
    `  rho ${digits(rho)}: the largest share of wrong labels in a cluster; delta / 8 is ${digits(delta / 8)}`,
    `  clusters hold ${digits(balance[0])} to ${digits(balance[1])} times samples / K` +
      (separation === null
        ? ''
        : `; centres of different classes are at least ${digits(separation)} apart`),
    `  (eps0, delta) clusterable: ${constants.clusterable ? 'yes' : 'no'}`,
    ...(failing.length > 0
      ? [
          'Assumptions that do not hold:',
          ...failing.map((failed) => `- ${inWords(failed, textsIn('en'))}`),
        ]
      : ['All assumptions on data and activation hold.']),
  ];
}

function spectrumLines({ sigma, activation, width, constants, run }: Theory): string[] {
  const k = constants.clusters;
  const rows = run.pictures.map((picture) => [
    digits(picture.iteration),
    picture.singular.slice(0, 4).map(digits).join('  '),
    digits(picture.singular.at(-1)),
    digits(picture.aboveTenth),
    percent(picture.cleanShare),
    percent(picture.noiseShare),
  ]);
  return [
    `Sigma(C) with ${activation}: lambda(C) ${digits(sigma.lambda)}, condition number ${shown(sigma.condition)}.`,
    `  ${digits(sigma.check.draws)} draws of g differ by ${digits(sigma.check.apart)} standard errors at most (the largest is ${digits(sigma.check.error)}).`,
    `The Jacobian of the network with ${digits(width)} hidden units, its singular values, and how much of the`,
    `clean residual and of the label noise lies along the ${k} largest of them:`,
    table(['Iteration', 'Largest', 'Smallest', 'Over a tenth', 'Clean', 'Noise'], rows),
  ];
}

function theoremLines({ constants, orders, run, width }: Theory): string[] {
  const { allTrue, mostTrue, firstLost, firstWrongFit, allGiven } = run.milestones;
  const learned = allTrue ?? mostTrue;
  const rows = [
    ['Width', 'condition^4 K^2', shown(orders.width), digits(width)],
    ['Iterations to the true labels', 'K', digits(orders.iterations), whenOf(learned)],
    ['Distance there', '', '', distanceOf(learned)],
    [
      'Distance to fit a wrong label',
      'at least delta / eps0',
      shown(orders.distance),
      distanceOf(firstWrongFit),
    ],
    ['Iterations to that', '', '', whenOf(firstWrongFit)],
  ];
  return [
    'The theorems, whose orders say how things grow (their constants are not known), and this run:',
    table(['', 'Order', 'Its value', 'Measured'], rows),
    (allTrue
      ? `All samples had their true class at iteration ${allTrue.iteration}`
      : `At most ${percent(mostTrue?.share)} of the samples had their true class, at iteration ${mostTrue?.iteration}`) +
      (firstLost ? `; the first lost it at ${firstLost.iteration}.` : '.'),
    firstWrongFit
      ? `The first wrong label was fitted (within ${EXACT} delta, beside a correct one of its cluster) at iteration ${firstWrongFit.iteration}.`
      : `No wrong label was fitted in ${run.iterations} iterations.`,
    ...(allGiven ? [`All given labels were learned at iteration ${allGiven.iteration}.`] : []),
    ...(constants.fewWrong ? [] : ['Theorem 1 says nothing here: rho is above delta / 8.']),
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
  return [
    `The residual along the ${constants.clusters} largest singular vectors of the start and along the others, over that at`,
    'the start: as measured, and as linearized: (1 - eta sigma^2)^t along each, about exp(-eta sigma^2 t):',
    table(
      ['Iteration', 'True', 'As given', 'Distance', 'Large', 'linear', 'Small', 'linear'],
      rows,
    ),
  ];
}

function shown(value: number | null): string {
  return value === null || !Number.isFinite(value) ? 'infinite' : digits(value);
}

function whenOf(moment: Milestone | null): string {
  return moment ? digits(moment.iteration) : 'not reached';
}

function distanceOf(moment: Milestone | null): string {
  return moment
    ? `${digits(moment.distance)} (${percent(moment.relativeDistance)} of |W0|)`
    : 'not reached';
}
