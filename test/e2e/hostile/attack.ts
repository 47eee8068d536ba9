/** Lets a page in wrong hands loose on the real app, and sees what became of it. */
import type { Phrase } from '../../../core/contract/words/phrase.ts';
import { inEnglish } from '../../../core/contract/words/texts.ts';
import { inWords } from '../../../core/contract/words/phrase.ts';
import { join } from 'node:path';
import { openLab } from '../lab.ts';
import type { OpenLab } from '../lab.ts';
import { heavyMessages, hostileMessages, randomMessages } from './messages.ts';
import type { Known, Message } from './messages.ts';
import { makeSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';

/** What came of messages. */
export interface Outcome {
  sent: number;
  answered: number;
  refused: number;
  /** What should not have been: answers that never came, and sentences that are none. */
  faults: string[];
  /** Lines of the snapshot that are not as before. */
  written: string[];
  /** Processes that are not the same as before, and crashes that the page was told of. */
  crashes: string[];
  seconds: number;
}

/** The lab in a sandbox. */
export interface Attacked {
  lab: OpenLab;
  sandbox: Sandbox;
  known: Known;
  /** Sends as many messages, and compares what was with what is. */
  random(count: number, seed: number): Promise<Outcome>;
  hostile(count: number, seed: number): Promise<Outcome>;
  /** What would take all memory, one after the other. */
  heavy(): Promise<Outcome>;
  close(): Promise<void>;
}

/** So many are under way at once; then what they began is ended, so that it does not go on for hours. */
const BATCH = 16;
/** No answer within so many seconds is a fault. */
const PATIENCE = 60;

/** Opens the lab in a sandbox, with two runs to ask about. */
export async function openAttacked(): Promise<Attacked> {
  const sandbox = makeSandbox();
  const lab = await openLab(sandbox.env, sandbox.lab, sandbox.work);
  const known = await knownOf(lab);
  await lab.page.evaluate(() => {
    const seen = Object.assign(window, { crashes: [] as string[] }).crashes;
    window.lab.onEvent((event) => {
      if (event.event === 'core.crashed') seen.push(event.message.code);
    });
  });
  const send = async (messages: Message[], atOnce = BATCH): Promise<Outcome> => {
    const [began, before, pids] = [performance.now(), sandbox.snapshot(), await pidsOf(lab)];
    const outcome = await deliverAll(lab, messages, known.ids, atOnce);
    const after = sandbox.snapshot();
    const now = await pidsOf(lab);
    const told = await lab.page.evaluate(
      () => (window as unknown as { crashes: string[] }).crashes,
    );
    return {
      ...outcome,
      written: [...different(before, after)],
      crashes: [...told, ...different(pids, now)],
      seconds: (performance.now() - began) / 1000,
    };
  };
  return {
    lab,
    sandbox,
    known,
    random: (count, seed) => send(randomMessages(count, seed, known)),
    hostile: (count, seed) => send(hostileMessages(count, seed, targetsOf(sandbox), known)),
    heavy: () => send(heavyMessages(known.config), 1),
    async close() {
      await lab.close();
      sandbox.remove();
    },
  };
}

async function knownOf(lab: OpenLab): Promise<Known> {
  const { presets, catalogue } = await lab.request('core.info', {});
  const ready = presets[0]!.config;
  const config = {
    ...ready,
    data: { ...ready.data, train: 200, test: 100 },
    network: { ...ready.network, preset: 'softmax' as const },
    training: { ...ready.training, epochs: 2 },
  };
  const ids: string[] = [];
  for (let run = 0; run < 2; run++) {
    const ended = lab.nextEvent('run.ended');
    ids.push((await lab.request('run.start', { config })).id);
    await ended;
  }
  return { ids, config, figures: catalogue.figures };
}

/** Paths that a hostile message names: files of others, and some that are not there. */
const targetsOf = ({ home, tmp, work, lab }: Sandbox): string[] => [
  join(home, '.bashrc'),
  join(home, '.bash_profile'),
  join(home, '.config/autostart/lab.desktop'),
  join(tmp, 'other.txt'),
  join(work, 'notes.json'),
  join(lab, 'outside.json'),
];

/** Main, page and core: none of them may end. */
async function pidsOf(lab: OpenLab): Promise<string[]> {
  const metrics = await lab.app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ pid, type, name }) => ({ pid, name: name ?? type })),
  );
  const watched = ['Browser', 'Tab', 'Label Noise Lab core'];
  return metrics
    .filter(({ name }) => watched.includes(name))
    .map(({ pid, name }) => `${name} ${pid}`);
}

function* different(before: readonly string[], after: readonly string[]): Generator<string> {
  const [was, is] = [new Set(before), new Set(after)];
  for (const line of before) if (!is.has(line)) yield `before: ${line}`;
  for (const line of after) if (!was.has(line)) yield `after: ${line}`;
}

type Counts = Pick<Outcome, 'sent' | 'answered' | 'refused' | 'faults'>;

async function deliverAll(
  lab: OpenLab,
  messages: Message[],
  ids: readonly string[],
  atOnce: number,
): Promise<Counts> {
  const counts: Counts = { sent: messages.length, answered: 0, refused: 0, faults: [] };
  for (let at = 0; at < messages.length; at += atOnce) {
    const batch = messages.slice(at, at + atOnce);
    const answers = await lab.page.evaluate(deliver, { batch, patience: PATIENCE });
    answers.forEach((answer, i) => {
      if (answer.problem === null && !answer.told) counts.answered++;
      else counts.refused++;
      const fault = faultOf(answer);
      if (fault)
        counts.faults.push(`${at + i}, ${JSON.stringify(batch[i]).slice(0, 300)}: ${fault}`);
    });
    await lab.page.evaluate(rest, ids);
  }
  return counts;
}

interface Answer {
  /** What was thrown; null where nothing was. */
  problem: string | null;
  /** What was told instead of an answer. */
  told?: Phrase;
}

/** A refusal is one plain sentence, and no longer than one can read. */
function faultOf({ problem: thrown, told }: Answer): string | null {
  const problem = told ? inWords(told, inEnglish) : thrown;
  if (problem === null) return null;
  const plain = problem.replace(/^Error: /, '');
  // Electron's own word for what cannot cross at all.
  if (/contextBridge|could not be cloned/.test(plain)) return null;
  if (plain.length > 1_200) return `${plain.length} characters`;
  if (/\n|\bat \S+:\d+|TypeError|RangeError|undefined is not|Cannot read prop/.test(plain)) {
    return plain.slice(0, 300);
  }
  return plain === 'no answer' ? plain : null;
}

/** Runs in the page, in its own world: all that a script there could do. */
async function deliver({
  batch,
  patience,
}: {
  batch: Message[];
  patience: number;
}): Promise<Answer[]> {
  const make: Record<string, (length: number) => unknown> = {
    undefined: () => undefined,
    nan: () => NaN,
    infinity: () => Infinity,
    bigint: () => 10n ** 40n,
    symbol: () => Symbol('x'),
    function: () => () => 'called',
    cyclic: () => {
      const self: Record<string, unknown> = {};
      return (self['self'] = self);
    },
    date: () => new Date(NaN),
    map: () => new Map([['id', new Set([1])]]),
    file: () => new File(['x'], '/etc/passwd'),
    buffer: (length) => new Uint8Array(length),
    text: (length) => '../'.repeat(length / 3),
    list: (length) => Array.from({ length }, (_, i) => i),
    deep: (length) => {
      let inner: unknown = 1;
      for (let i = 0; i < length; i++) inner = [inner];
      return inner;
    },
    proto: () => JSON.parse('{"__proto__": {"id": "x"}, "constructor": {"prototype": {"y": 1}}}'),
    getter: () => ({
      get id() {
        throw new Error('a getter');
      },
    }),
    proxy: () => new Proxy({}, { get: () => '..', ownKeys: () => ['id', 'path'] }),
  };
  const revive = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const { $make, length } = value as { $make?: string; length?: number };
    if ($make !== undefined && make[$make]) {
      return make[$make](Math.min(Math.max(0, Math.trunc(Number(length)) || 0), 5_000_000));
    }
    if (Array.isArray(value)) return value.map(revive);
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, revive(one)]));
  };
  const ask = async ({ method, params }: Message): Promise<Answer> => {
    try {
      const answer = await window.lab.request(revive(method) as never, revive(params) as never);
      return 'error' in answer ? { problem: null, told: answer.error } : { problem: null };
    } catch (error) {
      return { problem: String(error) };
    }
  };
  const late = (): Promise<Answer> =>
    new Promise((over) => setTimeout(() => over({ problem: 'no answer' }), patience * 1000));
  return Promise.all(batch.map((message) => Promise.race([ask(message), late()])));
}

/** Runs in the page: ends what was begun, and brings the known runs back. */
async function rest(ids: readonly string[]): Promise<void> {
  const { lab } = window;
  const ignored = (): undefined => undefined;
  await lab.request('data.cancel', {}).catch(ignored);
  await lab.request('paper.stop', {}).catch(ignored);
  for (const id of ids) await lab.request('runs.restore', { id }).catch(ignored);
  const listed = await lab.request('runs.list', {});
  for (const { id, status } of 'result' in listed ? listed.result.rows : []) {
    if (status === 'running' || status === 'paused') {
      await lab.request('run.stop', { id }).catch(ignored);
    }
  }
}
