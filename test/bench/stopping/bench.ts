/** `npm run bench -- --stopping`: what every stopping rule loses on runs it has never seen. */
import { parseArgs } from 'node:util';
import { FIXTURE, pack, readPacked, readRaw } from './corpus.ts';
import type { CorpusRun } from './corpus.ts';
import { liveOutcomes, outcomes } from './evaluate.ts';
import type { Outcome, Setting } from './evaluate.ts';
import { calibration, live, summary, worst } from './tables.ts';

const { values: options } = parseArgs({
  options: {
    stopping: { type: 'boolean' },
    live: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    raw: { type: 'string' },
    pack: { type: 'string' },
    'training-samples': { type: 'string', default: '500' },
  },
});

const SETTINGS: Setting[] = [
  ...[100, 200, 500, 1000].map((holdout) => ({ holdout, record: true })),
  ...[100, 200, 500, 1000, 5000].map((holdout) => ({ holdout, record: false })),
  { holdout: 0, record: true },
  { holdout: 0, record: false },
  { holdout: 0, record: true, rate: true },
  { holdout: 0, record: false, rate: true },
];

const runs: CorpusRun[] = options.raw ? readRaw(options.raw) : readPacked(FIXTURE);
if (options.live) reportLive(runs);
else if (options.pack) pack(options.pack, runs, Number(options['training-samples']));
else report(runs);

function report(all: readonly CorpusRun[]): void {
  const found: Outcome[] = all.flatMap((run) =>
    SETTINGS.flatMap((setting) => outcomes(run, setting) ?? []),
  );
  if (options.json) {
    const results = found.map(({ run, ...rest }) => ({ run: run.id, use: run.use, ...rest }));
    process.stdout.write(`${JSON.stringify({ results })}\n`);
    return;
  }
  for (const use of ['never', 'fit'] as const) {
    const here = found.filter(({ run }) => run.use === use);
    const title =
      use === 'never'
        ? 'Runs kept for judging (seen as some constants were chosen)'
        : 'Runs that constants were fitted to';
    process.stdout.write(`\n${title}\n${summary(here, SETTINGS)}\n`);
    process.stdout.write(`${calibration(here, SETTINGS)}\n`);
    if (use === 'never') process.stdout.write(`${worst(here)}\n`);
  }
}

/** Every run is evaluated once an epoch, which takes minutes. */
function reportLive(all: readonly CorpusRun[]): void {
  const never = all.filter(({ use }) => use === 'never');
  for (const record of [true, false]) {
    const found = never.flatMap((run) =>
      liveOutcomes(run, { holdout: 1000, record }, [0.02, 0.05, 0.1, 0.2]),
    );
    process.stdout.write(`\n${record ? 'Samples' : 'Curves'}\n${live(found)}\n`);
  }
}
