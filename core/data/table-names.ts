/** What the names of columns and arrays tell of them. */

/** What a name says that its values are. */
export type NamedRole =
  /** Labels as given, among others. */
  | 'given'
  /** True labels. */
  | 'truth'
  /** Labels, whichever. */
  | 'label'
  /** Tells of labels or of which are wrong, such as a vote or a prediction. */
  | 'about';

const LABEL = new Set('label labels target targets class classes category y'.split(' '));
const GIVEN = new Set('given noisy observed corrupted noised weak'.split(' '));
const TRUTH = new Set('true truth groundtruth clean gold golden gt correct original'.split(' '));
/** Words beside these that change nothing. */
const BESIDE =
  /^(\d+|ground|the|id|idx|code|name|names|column|col|sym|symmetric|symm|asym|asymmetric|asymm|pair|pairflip|human|instance|dependent|noise|fine|train|test|set)$/;
const PEOPLE = /^(annotators?|raters?|coders?|workers?|annotations?|crowd|votes?|labell?ers?)$/;
const GUESSED = /^(pred|preds|predicted|prediction|predictions|suggested|proba|probability)$/;
/** `is_noisy`, `noise_or_not`, `label_quality`, `is_label_issue`. */
const MARK = /^(is|was|has|mask|flag|or|issue|issues|quality|score|confidence)$/;
const WRONG = /^(noisy|noise|wrong|mislabell?ed|flipped|corrupted|clean|correct|label|labels)$/;

/** The words of a name in lower case, numbers too, in any script. */
export const nameWords = (name: string): string[] =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** What a name says; null where it says nothing of labels. */
export function roleNamed(name: string): NamedRole | null {
  const words = nameWords(name);
  const some = (set: ReadonlySet<string>) => words.some((word) => set.has(word));
  const are = (...sets: ReadonlySet<string>[]) =>
    words.every((word) => BESIDE.test(word) || sets.some((set) => set.has(word)));
  if (words.some((word) => MARK.test(word)) && words.some((word) => WRONG.test(word))) {
    return 'about';
  }
  if (words.length === 1 && /^(mislabell?ed|flipped|wrong)$/.test(words[0]!)) return 'about';
  if (words.some((word) => GUESSED.test(word)) && some(LABEL)) return 'about';
  if (some(LABEL) && some(GIVEN) && are(LABEL, GIVEN)) return 'given';
  if (some(TRUTH) && (some(LABEL) || words.length <= 2) && are(LABEL, TRUTH)) return 'truth';
  if (words.length === 1 && GIVEN.has(words[0]!)) return 'given';
  if (
    some(LABEL) &&
    (words.length === 1 || words.at(-1) !== 'y') &&
    words.every((word) => LABEL.has(word) || /^(id|idx|fine|train|test|val)$/.test(word))
  ) {
    return 'label';
  }
  const labelled = words.includes('label') || words.includes('labels');
  return labelled || words.some((word) => PEOPLE.test(word)) ? 'about' : null;
}

/** How surely a column called so holds the labels: 2 for a label or target, 1 for other usual names, else 0. */
export function likelihood(name: string): 0 | 1 | 2 {
  const words = nameWords(name);
  if (roleNamed(name) === 'label') {
    return words.some((word) => /^(label|target)s?$/.test(word)) ? 2 : 1;
  }
  return words.length === 1 && USUAL.has(words[0]!) ? 1 : 0;
}

/** Columns of labels that well-known tables have. */
const USUAL = new Set(
  'species variety diagnosis outcome survived quality sentiment digit churn income letter'.split(
    ' ',
  ),
);

/** Whether a name is one of an index, as pandas and people write it. */
export const isIndexNamed = (name: string): boolean =>
  /^(|unnamed: \d+(\.\d+)*|__index_level_\d+__|level_\d+|index|idx|row|rows|row_?(id|number|num|names?)|sample_?(id|index|number))$/i.test(
    name.trim(),
  );

/** Whether a name is one of an id: `PassengerId`, `id`, `user_id`, `uuid`. */
export const isIdNamed = (name: string): boolean =>
  isIndexNamed(name) || nameWords(name).some((word) => /^(id|ids|uuid|guid|uid|key)$/.test(word));
