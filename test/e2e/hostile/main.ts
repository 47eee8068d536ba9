/**
 * `npm run fuzz -- ipc [--count N] [--hostile N] [--seed N]`: sends random and hostile messages from
 * the page through the real preload, and prints what became of them.
 */
import { parseArgs } from 'node:util';
import { openAttacked } from './attack.ts';
import type { Outcome } from './attack.ts';

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    count: { type: 'string', default: '3000' },
    hostile: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(values.seed);
/** A report now and then, for it takes a while. */
const STRETCH = 250;

const attacked = await openAttacked();
let bad = 0;
bad += tell('hostile', await attacked.hostile(Number(values.hostile), seed));
bad += tell('heavy', await attacked.heavy());
for (let from = 0; from < Number(values.count); from += STRETCH) {
  const count = Math.min(STRETCH, Number(values.count) - from);
  bad += tell('random', await attacked.random(count, seed + from));
}
await attacked.close();
process.exitCode = bad > 0 ? 1 : 0;

function tell(kind: string, { sent, answered, refused, seconds, ...found }: Outcome): number {
  const { written, crashes, faults } = found;
  process.stdout.write(
    `${kind.padEnd(8)} ${sent} sent: ${answered} answered, ${refused} refused, ` +
      `${written.length} writes outside, ${crashes.length} crashes, ${faults.length} faults; ` +
      `${seconds.toFixed(0)} s\n`,
  );
  for (const line of [...written, ...crashes, ...faults].slice(0, 10)) {
    process.stdout.write(`  ${line}\n`);
  }
  return written.length + crashes.length + faults.length;
}
