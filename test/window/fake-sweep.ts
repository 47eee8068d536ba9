/** Folders of sweeps for the window's tests: with each look a run more has begun, and one more is finished. */
import type { SweepRow, SweepView } from '../../core/contract/messages/sweeps.ts';
import { errorPhrase } from '../../core/contract/words/errors.ts';
import { LabError } from '../../renderer/state/bridge.ts';

const LEVELS = ['0', '0.2', '0.4'];
const NETWORKS = ['lenet', 'resnet'];
/** The first runs are those of the fake lab that are finished, so that they can be opened. */
const IDS = ['run-a', 'run-b', 'run-c'];
/** The last of them cannot begin. */
const FAILS = LEVELS.length * NETWORKS.length - 1;

let looks = 0;

/** What a look at the folder finds; null where its name is no sweep's. */
export function fakeSweep(path: string, asked: boolean): SweepView | null {
  if (!path.includes('sweep')) {
    if (asked) throw new LabError(errorPhrase('sweep.noPlan', { where: path }));
    return null;
  }
  if (path.includes('broken') || (path.includes('lost') && looks > 0)) {
    throw new LabError(errorPhrase('sweep.planDamaged', { where: `${path}/sweep.json` }));
  }
  const finished = Math.min(IDS.length, looks++);
  const runs = NETWORKS.flatMap((network, i) =>
    LEVELS.map((level, j) => row(i * LEVELS.length + j, [network, level], finished)),
  );
  return { path, fields: ['network.preset', 'noise.rate'], runs };
}

function row(i: number, values: string[], finished: number): SweepRow {
  const isDone = i < finished;
  const runs = i === finished && finished > 0;
  const fails = i === FAILS && finished > 1;
  const other = runs ? 'running' : fails ? 'failed' : 'not started';
  return {
    id: isDone ? IDS[i]! : null,
    folder: `run-${i + 1}`,
    values,
    status: isDone ? 'finished' : other,
    problem: fails ? errorPhrase('run.locked', { where: '/shared/noise-sweep/run-6' }) : null,
    epochs: isDone ? 40 : runs ? 12 : 0,
    planned: 40,
    savedEpochs: 0,
    recommended: isDone ? 9 + i : null,
    testAtStop: isDone ? 0.95 - i / 100 : null,
    testBest: isDone ? 0.96 - i / 100 : null,
    testLast: isDone ? 0.9 - i / 10 : null,
  };
}
