/** Names of classes as Hugging Face `datasets` writes them: in a Parquet file's notes, or in README.md. */
import { load } from 'js-yaml';

/** Names of the classes of a column; null where it has none. */
export type NamesOfColumn = (column: string) => readonly string[] | null;

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const child = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/** Class names from the notes that `datasets` leaves in a Parquet file, as JSON; no names where there are none. */
export function namesFromParquet(notes: string | null): NamesOfColumn {
  const features = child(
    child(
      quietly(() => JSON.parse(notes ?? '')),
      'info',
    ),
    'features',
  );
  return (column) => {
    const feature = child(features, column);
    return child(feature, '_type') === 'ClassLabel' ? listOf(child(feature, 'names')) : null;
  };
}

/** Class names from the YAML at the head of a README.md; no names where it is not there. */
export function namesFromReadme(text: string): NamesOfColumn {
  const [, yaml] = /^---\r?\n([^]*?)\r?\n---/.exec(text) ?? [];
  const info = child(yaml === undefined ? undefined : quietly(() => load(yaml)), 'dataset_info');
  // Several configurations are a list; the first that knows the column is taken.
  const infos: unknown[] = Array.isArray(info) ? info : [info];
  const features = infos.flatMap((each) => {
    const found = child(each, 'features');
    return Array.isArray(found) ? (found as unknown[]) : [];
  });
  return (column) => {
    const named = features.filter((each) => child(each, 'name') === column);
    const lists = named.map((each) =>
      listOf(child(child(child(each, 'dtype'), 'class_label'), 'names')),
    );
    return lists.find((list) => list !== null) ?? null;
  };
}

/** A list of texts, or a map from numbers to texts. */
function listOf(names: unknown): string[] | null {
  const values = isObject(names) ? Object.values(names) : names;
  if (!Array.isArray(values) || values.length === 0) return null;
  return values.map((name) => String(name));
}

/** What is damaged there only leaves classes without names. */
function quietly(step: () => unknown): unknown {
  try {
    return step();
  } catch {
    return undefined;
  }
}
