/** The texts: whole in every language, and all of them used. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inWords } from '../../core/contract/words/phrase.ts';
import { CATALOGUE } from '../../core/api/catalogue.ts';
import { configFields } from '../../core/contract/config/kinds.ts';
import { inEnglish, LANGUAGES, TEXTS, textsIn } from '../../core/contract/words/texts.ts';
import type { Language } from '../../core/contract/words/texts.ts';
import { nameKey } from '../../renderer/words/field-names.ts';
import { optionKey } from '../../renderer/words/fields.ts';

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Every text of a language by its whole key. */
function flat(tree: object, path = ''): Map<string, string> {
  const found = Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string'
      ? [[path + key, value]]
      : [...flat(value as object, `${path}${key}.`)],
  );
  return new Map(found);
}

const texts = Object.fromEntries(LANGUAGES.map((one) => [one, flat(TEXTS[one])])) as Record<
  Language,
  Map<string, string>
>;
/** A key as the program names it, without its plural form. */
const stem = (key: string): string => key.replace(PLURAL, '');
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
const placesIn = (text: string): string[] =>
  [...text.matchAll(/\{\{-? ?(\w+)\}\}/g)].map(([, name]) => name!);

/** Latin words in Hebrew texts: names of the field, of programs, files and keys; values of fields. */
const NAMES = new Set(
  (
    'Adadelta Adam AdamW analyze ARFF Arrow ask Biases CIFAR classes clean clone clusters CNN CSV csv Ctrl ' +
    'datasets date deflate Del dict drop Dropout EMNIST Enter Esc Excel F1 F2 Face false Feather ' +
    'filename GD HDF5 hot HTML html Hugging IDX images impute JSON json Keras known Lab ' +
    'bfloat16 float32 Label label Language Latin LeNet LibreOffice LIBSVM Lightning Lines MATLAB means MLP ' +
    'MNIST mnist Momentum Nesterov Noise noisy none npy npz numeric NumPy one pandas Parquet pickle PNG Python ' +
    'PyTorch scikit learn Trainer relativeDistance ReLU ResNet resume runs safetensors SGD Shift SIGNAL Softmax Softplus squared stdout ' +
    'string SVG SVHN tanh TensorBoard TensorFlow test TFRecords theory TMPDIR torchvision train ' +
    'trainer_state TSV UTF val validation Wave Weights Weka Windows CPU GPU NVIDIA ' +
    // Programs whose logs are read, and what they write.
    'ClearML CSVLogger fastai gzip LightGBM Markdown MLflow MMCV MMEngine Neptune Net nnU rich skorch Ultralytics XGBoost'
  ).split(' '),
);

/** No word: a part of another text, a place, what is typed (an option, a file, an ending), isolated code. */
const CODE = /\$t\([^)]*\)|\{\{[^}]*\}\}|--[\w-]+|[\w-]*\.[a-z]{2,4}\b|\u2066[^\u2069]*\u2069/g;

describe('the texts', () => {
  test('have the same keys in every language', () => {
    const keys = (language: Language) => sorted([...texts[language].keys()].map(stem));
    for (const language of LANGUAGES) expect(keys(language), language).toEqual(keys('en'));
  });

  test.each(LANGUAGES)('have in %s each form that its plurals know', (language) => {
    const forms = sorted(new Intl.PluralRules(language).resolvedOptions().pluralCategories);
    const keys = [...texts[language].keys()].filter((key) => PLURAL.test(key));
    for (const one of new Set(keys.map(stem))) {
      const known = keys.filter((key) => stem(key) === one);
      expect(sorted(known.map((key) => PLURAL.exec(key)![1]!)), one).toEqual(forms);
    }
  });

  test('fill in the same values in every language', () => {
    for (const [key, text] of texts.he) {
      const english = texts.en.get(key) ?? texts.en.get(`${stem(key)}_other`)!;
      // A form for one or two may say the number in a word.
      const told = (one: string) =>
        sorted(placesIn(one)).filter((name) => name !== 'n' || !/_(one|two)$/.test(key));
      expect(told(text), key).toEqual(told(english));
    }
  });

  test.each(LANGUAGES)('are never empty in %s', (language) => {
    expect([...texts[language]].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('leave nothing English in Hebrew but names', () => {
    const left = [...texts.he].flatMap(([key, text]) => {
      const words = text.replace(CODE, ' ').match(/[A-Za-z]\w+/g) ?? [];
      return words.filter((word) => !NAMES.has(word)).map((word) => `${key}: ${word}`);
    });
    // The paper's letters and names are its own.
    expect(left.filter((one) => !/^(cli\.theory|figures|language|paper)\./.test(one))).toEqual([]);
  });

  test('are put together from parts in each language', () => {
    const values = { unit: 'step', ahead: 'ahead', share: '2%', points: '0.3' };
    const phrase = { code: 'verdict.reasons.waiting', values };
    expect(inWords(phrase, inEnglish)).toBe(
      'The chance of a better step ahead is 2%. This step is expected to be 0.3 points below the ' +
        'best one so far.',
    );
    expect(inWords(phrase, textsIn('he'))).toMatch(/^הסיכוי לצעד .*מזה של הצעד/);
    expect(inWords(phrase, textsIn('he'))).not.toMatch(/[a-z${}]/);
  });
});

/** The program's own files, of these kinds. */
function sourcesIn(folder: string, ending: RegExp): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => ending.test(name)).map((name) => join(folder, name));
}

test('every text is used', () => {
  const files = ['renderer', 'electron', 'core'].flatMap((room) =>
    sourcesIn(room, /\.(ts|svelte)$/),
  );
  const sections = Object.keys(TEXTS.en).join('|');
  const quoted = new RegExp(`(['"\`])((?:${sections})\\.[^'"\`]*)\\1`, 'g');
  const inFiles = files.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(quoted)].map(([, , key]) => key!),
  );
  const inTexts = [...texts.en.values()].flatMap((text) =>
    [...text.matchAll(/\$t\(([^)]*)\)/g)].map(([, key]) => key!),
  );
  // What the core tells is named by its code alone: `errorPhrase('disk.full')`.
  const CALLS: Record<string, string> = {
    'InputError|errorPhrase|warn': 'errors',
    'note|doubt|leftOut|left': 'data.notes',
    logNote: 'log.notes',
    doing: 'data.doing',
    dataFormat: 'data.formats',
    allowed: 'config',
  };
  const sources = files.map((path) => readFileSync(path, 'utf8'));
  const called = new Set(
    Object.entries(CALLS).flatMap(([calls, section]) =>
      sources.flatMap((source) =>
        [...source.matchAll(new RegExp(`\\b(?:${calls})\\(([^;]*?)[,;)]`, 'g'))].flatMap(
          ([, codes]) =>
            [...codes!.matchAll(/['`]([\w.]+(?:\$\{[^`]*)?)['`]/g)].map(
              ([, code]) => `${section}.${code}`,
            ),
        ),
      ),
    ),
  );
  // What is made from the catalogue is named by its fields and kinds.
  const made = [...configFields(CATALOGUE)].flatMap(([path, field]) => {
    const key = nameKey(path);
    if (!key?.endsWith(path)) return [];
    const options = field.kind === 'choice' ? field.options : [];
    return [key, `${key}Empty`, ...options.map((option) => optionKey(path, option))];
  });
  const used = [...inFiles, ...inTexts, ...called, ...made];
  const whole = new Set(used);
  // A part of a key that the program fills in is one name, or the end of one.
  const patterns = sorted(used.filter((key) => /[{$]/.test(key))).map((key) => {
    const parts = key.split(/\$\{[^}]*\}|\{\{[^}]*\}\}/).map((part) => part.replaceAll('.', '\\.'));
    return new RegExp(`^${parts.join('[\\w-]+')}$`);
  });
  const isUsed = (key: string): boolean =>
    whole.has(key) || called.has(key) || patterns.some((pattern) => pattern.test(key));
  const keys = sorted([...texts.en.keys()].map(stem));
  const others = /^(figures|paper|language)\./;
  expect(keys.filter((key) => !others.test(key) && !isUsed(key))).toEqual([]);
});
