/**
 * `npm run bench -- --labels`: how well wrong labels are found on sets of every kind; with `--peers` beside
 * cleanlab and AUM, which judge the same samples through the same networks.
 */
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { group } from 'd3-array';
import { sentence } from '../../unit/said.ts';
import { loadTensorFlow } from '../../../core/engine/tensorflow.ts';
import { printNote, printResult, table } from '../../../core/terminal/output.ts';
import { labelPeersPython } from '../python.ts';
import { judgeOurs, judgePeers } from './judge.ts';
import type { Outcome } from './judge.ts';
import { madePath, makeFolds, makeRun, readMade } from './make.ts';
import type { RunFacts } from './make.ts';
import { benchScale } from './scale.ts';
import { labelSets } from './sets.ts';

const { values: options } = parseArgs({
  options: {
    labels: { type: 'boolean' },
    peers: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    /** Measures time and memory on so many made samples of so many classes: `1000000x10`. */
    scale: { type: 'string' },
    /** Where runs are kept, so that those that are there are not trained again. */
    out: { type: 'string', default: 'output/labels' },
    seeds: { type: 'string', default: '101' },
    /** Sets whose name matches this. */
    only: { type: 'string', default: '' },
    fashion: { type: 'string', default: '/usr/share/datasets/fashion-mnist' },
    /** The folder that `sets.py` wrote. */
    sets: { type: 'string', default: 'output/label-sets' },
  },
});

async function bench(): Promise<void> {
  const { out, json, peers, scale } = options;
  if (scale !== undefined) {
    const [samples, classes] = scale.split('x').map(Number) as [number, number];
    const outcome = await benchScale(samples, classes);
    return printResult(json, { results: [outcome] }, () => JSON.stringify(outcome, null, 2));
  }
  const python = peers ? await labelPeersPython() : null;
  const wanted = new RegExp(options.only, 'i');
  const sets = labelSets(options).filter(({ id }) => wanted.test(id));
  const tf = await loadTensorFlow(1);
  const found: Outcome[] = [];
  for (const seed of options.seeds.split(',').map(Number)) {
    for (const set of sets) {
      printNote(`${set.id}, seed ${seed}`);
      await makeRun(out, set, seed);
      if (peers) await makeFolds(out, set, seed);
      const path = madePath(out, set.id, seed, 'run');
      const made = readMade<RunFacts>(path)!;
      found.push(await judgeOurs(tf, made));
      const name = basename(path).replace(/-run$/, '');
      if (python) found.push(...(await judgePeers(python, join(out), name, made)));
    }
  }
  printResult(json, { results: found }, () => tableOf(found));
}

/** A line a set and method: means over the seeds. */
function tableOf(found: readonly Outcome[]): string {
  const titles = ['Set', 'Method', 'AUROC', 'Precision', 'Rate off', 'ECE', 'Flagged', 'Right'];
  const groups = group(found, ({ set, method }) => `${set}\n${method}`);
  const rows = [...groups.values()].map((all) => {
    const mean = (of: (one: Outcome) => number | null, digits = 3) => {
      const values = all.map(of).filter((value) => value !== null && !Number.isNaN(value));
      if (values.length === 0) return '';
      return (values.reduce((a, b) => a! + b!, 0)! / values.length).toFixed(digits);
    };
    return [
      ...[all[0]!.set, all[0]!.method, mean((one) => one.auroc), mean((one) => one.precision)],
      ...[mean((one) => one.rateError), mean((one) => one.ece), mean((one) => one.flagged, 0)],
      ...[mean((one) => one.right), mean((one) => one.testAccuracy)],
    ];
  });
  return table([...titles, 'Test accuracy'], rows);
}

await bench().catch((error: unknown) => {
  process.stderr.write(`${sentence(error)}\n`);
  process.exitCode = 1;
});
