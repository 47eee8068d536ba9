/** `npm run bench`: training speed; with `--data` or `--runs` how fast those open; `--peers` beside others'. */
import { parseArgs } from 'node:util';
import { sentence } from '../unit/said.ts';
import { benchData, benchOpen } from './data.ts';
import { benchRuns } from './runs.ts';
import { CASES } from './cases.ts';
import { benchPeers, benchSpeed } from './speed.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    data: { type: 'boolean', default: false },
    runs: { type: 'boolean', default: false },
    /** Networks whose name matches this. */
    only: { type: 'string', default: '' },
    /** How many PNG files `--data` writes and opens. */
    pictures: { type: 'string', default: '5000' },
    /** Opens one data set and tells the process that asks. */
    open: { type: 'string' },
  },
});

async function bench(): Promise<void> {
  const { json, peers, pictures } = options;
  const cases = CASES.filter(({ net }) => new RegExp(options.only, 'i').test(net));
  if (options.open !== undefined) await benchOpen(options.open);
  else if (options.runs) await benchRuns(json);
  else if (options.data) await benchData(json, Number(pictures), peers);
  else if (peers) await benchPeers(json, cases);
  else await benchSpeed(json, cases);
}

await bench().catch((error: unknown) => {
  process.stderr.write(`${sentence(error)}\n`);
  process.exitCode = 1;
});
