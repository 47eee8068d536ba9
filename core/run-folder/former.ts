/** What older versions wrote into a run folder, as it is written today. */
import * as v from 'valibot';

/** Names of what a verdict rested on, and of rules, as they stood in `summary.json`. */
const METHODS: Readonly<Record<string, string>> = {
  'Noisy hold-out, epochs compared sample by sample': 'samples',
  'Noisy hold-out and training zigzags': 'zigzags',
  'Loss on the hold-out': 'loss',
  'Labels that the network itself came to predictProbabilities (no hold-out)': 'consensus',
  'Prediction changes for the training loss that is left (no hold-out)': 'changes',
};
const RULES: Readonly<Record<string, string>> = {
  'Highest hold-out accuracy': 'highestAccuracy',
  'Lowest hold-out loss': 'lowestLoss',
  'Hold-out loss, patience 3': 'patience3',
  'Hold-out loss, patience 5': 'patience5',
  'Hold-out loss, patience 10': 'patience10',
  'Label Wave': 'labelWave',
  'Last epoch': 'last',
};

/** What older versions kept otherwise of a verdict. */
const FormerSchema = v.looseObject({
  method: v.string(),
  reasons: v.array(v.string()),
  why: v.array(v.looseObject({ key: v.string(), values: v.optional(v.unknown()) })),
  candidates: v.array(v.object({ method: v.string(), epoch: v.number() })),
});

/** A verdict of any version, in today's form; what is none is left to the schema to refuse. */
export function formerVerdict(value: unknown): unknown {
  const found = v.safeParse(FormerSchema, value);
  if (!found.success) return value;
  const { reasons: _, ...verdict } = found.output;
  return {
    ...verdict,
    method: METHODS[verdict.method] ?? verdict.method,
    why: verdict.why.map(({ key, values }) => ({ code: key, values })),
    candidates: verdict.candidates.map(({ method, epoch }) => ({
      rule: RULES[method] ?? method,
      epoch,
    })),
  };
}
