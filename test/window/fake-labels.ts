/**
 * Audits in memory, counted truly: what is decided, undone or accepted changes what is told next. The URL's
 * `?scenario=` chooses: `weak`, `table`, `hundred` (classes), `auditfails`, `slowaudit`, `slowpages` (all but the
 * first), `unaudited` (only while nothing runs), `decidefails` (what is decided third), `nodata`; `labels` (all
 * audited) otherwise.
 */
import type {
  AuditedPart,
  AuditView,
  Decision,
  ReviewCounts,
  SamplePlace,
  Suspect,
  SuspectDetail,
  SuspectFilter,
} from '../../core/contract/messages/labels.ts';
import type { LabEvent } from '../../core/contract/messages/events.ts';
import type { PageMethod, Params, Result } from '../../core/contract/messages/messages.ts';
import type { RunView } from '../../core/contract/messages/records.ts';
import { LabError } from '../../renderer/state/bridge.ts';
import { random } from './digits.ts';
import {
  classes,
  COLUMNS,
  isTable,
  isWeak,
  keyOf,
  listed,
  partView,
  PARTS,
  rows,
  sampleOf,
} from './fake-audit.ts';
import type { Row } from './fake-audit.ts';
import { scenario } from './fake-scenarios.ts';

type LabelMethod = Extract<
  PageMethod,
  `labels.${string}` | 'host.saveLabels' | 'host.mergeReview' | 'host.addAnnotators'
>;
type Handlers = { [M in LabelMethod]: (params: Params<M>) => Result<M> | Promise<Result<M>> };

const wait = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));

/** The network was looked at here, and averaged up to there. */
const STOP = 8;
const END = 12;
const EPOCHS = 41;

/**
 * Answers about labels.
 * @param train trains a run's experiment once more, and tells the new run's id
 * @param late when what is to fail does so
 */
export function fakeLabels(
  emit: (event: LabEvent) => void,
  stored: ReadonlyMap<string, RunView>,
  train: (id: string) => string,
  late: Promise<void>,
): Handlers {
  const audited = new Set(
    ['unaudited', 'auditfails', 'slowaudit'].includes(scenario) ? [] : ['run-a', 'run-c'],
  );
  const decisions = new Map<string, Decision>();
  const others = new Map<string, Decision>();
  const history: [string, Decision | null][][] = [];
  const reviewers = new Set<string>();
  const retrained: string[] = [];
  /** Whether labels of annotators were added. */
  let annotated = false;
  let asked = 0;
  let stop: (() => void) | null = null;

  const isDisputed = (row: Row): boolean => {
    const other = others.get(keyOf(row));
    const own = decisions.get(keyOf(row));
    return (
      other !== undefined && own !== undefined && JSON.stringify(own) !== JSON.stringify(other)
    );
  };

  function counts(): ReviewCounts {
    const all = PARTS.flatMap((part) => rows.get(part)!);
    const decided = all.flatMap((row) => {
      const decision = decisions.get(keyOf(row));
      return decision ? [{ row, decision }] : [];
    });
    const are = (choice: Decision['choice']) =>
      decided.filter(({ decision }) => decision.choice === choice);
    return {
      looked: decided.length,
      changed: are('class').filter(
        ({ row, decision }) => decision.choice === 'class' && decision.class !== row.given,
      ).length,
      removed: are('remove').length,
      unsure: are('unsure').length,
      disputed: all.filter(isDisputed).length,
      undoable: history.length > 0,
      reviewers: [...reviewers],
    };
  }

  function fits(row: Row, filter: SuspectFilter): boolean {
    const { given, likely, above, show, search } = filter;
    const words = `${idOf(row)} ${classes[row.given]} ${classes[row.likely]}`;
    const isShown = {
      all: true,
      open: !decisions.has(keyOf(row)),
      decided: decisions.has(keyOf(row)),
      disputed: isDisputed(row),
      disagreeing: row.twin,
      outliers: row.odd,
    }[show];
    return (
      isShown &&
      row.chance >= above &&
      (given === null || row.given === given) &&
      (likely === null || row.likely === likely) &&
      words.includes(search)
    );
  }

  const idOf = ({ part, index }: SamplePlace): string =>
    isTable ? `row ${index + 2}` : `${part}/${String(index).padStart(5, '0')}.png`;

  const suspectOf = (row: Row): Suspect => {
    const other = isDisputed(row) ? others.get(keyOf(row)) : undefined;
    return {
      part: row.part,
      index: row.index,
      id: idOf(row),
      given: row.given,
      chance: row.chance,
      likely: row.likely,
      likelyChance: row.chance * 0.97,
      flagged: row.chance > 0.5,
      decision: decisions.get(keyOf(row)) ?? null,
      others: other ? [{ reviewer: 'Ben', decision: other }] : [],
      sample: sampleOf(row),
    };
  };

  /** Decides about samples, which is undone at once. */
  function decide(reviewer: string, decided: [string, Decision | null][]): void {
    history.push(decided.map(([key]) => [key, decisions.get(key) ?? null]));
    for (const [key, decision] of decided) {
      if (decision) decisions.set(key, decision);
      else decisions.delete(key);
    }
    reviewers.add(reviewer);
  }

  function detailOf(place: SamplePlace): SuspectDetail {
    const row = rows.get(place.part)![place.index]!;
    const chance = random(row.index + 5);
    const predicted = Array.from({ length: EPOCHS }, (_, epoch) => {
      if (epoch < 1 + chance() * 2) return (row.likely + 4) % classes.length;
      if (epoch > 18 + chance() * 14) return row.given;
      return chance() < row.chance ? row.likely : (row.likely + 5) % classes.length;
    });
    const values = sampleOf(row)?.row ?? [];
    const alike = rows
      .get('train')!
      .filter((one) => one.truth === row.truth && one.index !== row.index)
      .slice(row.index % 40, (row.index % 40) + 10);
    return {
      predicted: scenario === 'nodata' ? [] : predicted,
      chances: [
        { class: row.likely, chance: row.chance * 0.97 },
        { class: row.given, chance: 1 - row.chance },
        { class: (row.likely + 5) % classes.length, chance: row.chance * 0.02 },
      ].sort((a, b) => b.chance - a.chance),
      annotators: annotated
        ? ['Ada', 'Ben'].map((name, i) => ({ name, label: i ? row.likely : row.given }))
        : [],
      neighbours: alike.map((one, i) => ({
        part: one.part,
        index: one.index,
        id: idOf(one),
        given: one.given,
        likeness: 0.99 - i * 0.012,
        same: row.twin && i === 0,
        sample: sampleOf(one),
      })),
      unusual: isTable
        ? [
            { column: 2, value: values[2]!, usual: values[2]! - 24.5 },
            { column: 4, value: values[4]!, usual: 0.1 },
          ]
        : [],
    };
  }

  function auditOf(id: string): AuditView {
    const rate = isWeak ? 0.38 : 0.146;
    return {
      id,
      name: stored.get(id)?.row.name ?? id,
      classes,
      shape: isTable ? [1, 1, COLUMNS.length] : [28, 28, 1],
      columns: isTable ? COLUMNS : [],
      rate: { estimate: rate, low: rate - 0.013, high: rate + 0.014 },
      realRate: isTable ? null : 0.1492,
      accuracy: isWeak ? 0.31 : 0.94,
      weak: isWeak,
      method: 'features',
      notes: isWeak ? [{ code: 'audit.notes.weak', values: { share: '31%' } }] : [],
      parts: PARTS.map(partView),
      stop: STOP,
      end: END,
      thoroughSeconds: 260,
      review: counts(),
      retrained: [...retrained],
    };
  }

  async function audit(id: string, thorough: boolean): Promise<void> {
    let stopped = false;
    stop = () => (stopped = true);
    const steps = scenario === 'slowaudit' || thorough ? 4000 : 4;
    for (let at = 0; at < steps && !stopped; at++) {
      const secondsLeft = (steps - at) / 100;
      emit({ event: 'labels.progress', id, share: at / steps, secondsLeft });
      await wait(20);
    }
    stop = null;
    const isFailed = scenario === 'auditfails' && asked++ === 0;
    if (!stopped && !isFailed) audited.add(id);
    const problem = isFailed ? { code: 'errors.audit.tooShort', values: { where: id } } : null;
    emit({ event: 'labels.ended', id, problem });
  }

  return {
    'labels.open': async ({ id }) => {
      await wait(5);
      return { audit: audited.has(id) ? auditOf(id) : null };
    },
    'labels.audit': ({ id, folds }) => {
      if (stop) throw new Error('An audit is going on.');
      void audit(id, folds !== null);
      return {};
    },
    'labels.transition': async ({ id }) => {
      // One run takes until it is cancelled, and another is too short.
      if (id === 'run-b') await new Promise<void>((resolve) => (stop = resolve));
      stop = null;
      await wait(30);
      const values = { where: id };
      if (id !== 'run-a') throw new LabError({ code: 'errors.audit.tooShort', values });
      const rows = Array.from({ length: 10 }, (_, truth) =>
        Array.from({ length: 10 }, (__, given) => (truth === given ? 0.64 : 0.04)),
      );
      const shares = { name: 'run-a', share: '36%', low: '33%', high: '39%' };
      return { matrix: rows, told: [{ code: 'audit.transition', values: shares }] };
    },
    'labels.stop': () => {
      stop?.();
      return {};
    },
    'labels.suspects': async ({ from, count, ...filter }) => {
      await wait(scenario === 'slowpages' && from > 0 ? 4000 : 5);
      const found = listed.get(filter.part)!.filter((row) => fits(row, filter));
      const right = found.reduce((sum, row) => sum + row.chance * 0.97, 0);
      return {
        total: found.length,
        right,
        suspects: found.slice(from, from + count).map(suspectOf),
      };
    },
    'labels.suspect': async (place) => {
      await wait(5);
      return detailOf(place);
    },
    'labels.decide': async ({ reviewer, made }) => {
      await wait(5);
      if (scenario === 'decidefails' && ++asked === 3) {
        await late;
        throw new Error('The disk is full: 1 MB is needed in /home/ada/label-noise-lab/runs.');
      }
      decide(
        reviewer,
        made.map(({ sample, decision }) => [keyOf(sample), decision]),
      );
      return { review: counts() };
    },
    'labels.acceptAll': async ({ reviewer, ...filter }) => {
      await wait(20);
      const found = listed
        .get(filter.part)!
        .filter((row) => fits(row, filter) && !decisions.has(keyOf(row)));
      decide(
        reviewer,
        found.map((row) => [keyOf(row), { choice: 'class', class: row.likely }]),
      );
      return { accepted: found.length, review: counts() };
    },
    'labels.undo': async () => {
      await wait(5);
      const last = history.pop() ?? [];
      for (const [key, before] of last) {
        if (before) decisions.set(key, before);
        else decisions.delete(key);
      }
      const samples = last.map(([key]) => {
        const [part = 'train', index = '0'] = key.split('-');
        return { part: part as AuditedPart, index: Number(index) };
      });
      return { samples, review: counts() };
    },
    'labels.trainAgain': ({ id }) => {
      const made = train(id);
      retrained.unshift(made);
      return { id: made };
    },
    'host.saveLabels': ({ id, format }) => ({ path: `/home/ada/${id}-labels.${format}` }),
    'host.addAnnotators': () => {
      annotated = true;
      return { added: true };
    },
    'host.mergeReview': () => {
      // Ben keeps the given label of whatever is likeliest wrong.
      for (const row of listed.get('train')!.slice(0, 6)) {
        others.set(keyOf(row), { choice: 'class', class: row.given });
      }
      reviewers.add('Ben');
      return { review: counts() };
    },
  };
}
