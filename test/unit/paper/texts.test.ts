/** Every figure is explained to every reader in every language, in formulas that KaTeX understands. */
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { FIGURES } from '../../../core/figures/index.ts';
import { TEXTS, textsIn } from '../../../core/contract/words/texts.ts';
import type { Language, TextKey } from '../../../core/contract/words/texts.ts';

const PARTS = [
  'name',
  'title',
  'statement',
  'shows',
  'curious',
  'student',
  'researcher',
  'parts',
  'place',
] as const;
const ids = FIGURES.map(({ info }) => info.id);

describe.each(Object.keys(TEXTS) as Language[])('in %s', (language) => {
  const t = textsIn(language);
  const textOf = (id: string, part: string) => t(`paper.figures.${id}.${part}` as TextKey);

  test('each figure has its own texts, and no text is of a figure that is not there', () => {
    const texts = TEXTS[language].paper.figures;
    expect(Object.keys(texts).sort()).toEqual([...ids].sort());
    for (const id of ids) {
      expect(Object.keys(texts[id as keyof typeof texts])).toEqual([...PARTS]);
      expect(textOf(id, 'name').length).toBeLessThan(40);
    }
  });

  test('every formula can be set, and titles, names and what is told to the curious have none', () => {
    for (const id of ids) {
      for (const part of PARTS) {
        const pieces = textOf(id, part).split('$');
        expect(pieces.length % 2, `${id}.${part}`).toBe(1);
        if (part === 'title' || part === 'name' || part === 'shows' || part === 'curious') {
          const formulas = part === 'shows' ? 2 : 0;
          expect((pieces.length - 1) / 2, `${id}.${part}`).toBeLessThanOrEqual(formulas);
        }
        for (let i = 1; i < pieces.length; i += 2) {
          expect(() => katex.renderToString(pieces[i]!, { throwOnError: true })).not.toThrow();
        }
      }
    }
  });

  test('fields, options and sizes of every figure have names', () => {
    for (const { info } of FIGURES) {
      const keys = [
        ...info.fields.map(({ id }) => `fields.${id}`),
        ...info.fields.flatMap((field) =>
          field.kind === 'choice' ? field.options.map((option) => `options.${option}`) : [],
        ),
        ...info.sizes.map(({ id }) => `sizes.${id}`),
      ];
      for (const key of keys) expect(t(`figures.${key}` as TextKey)).not.toBe(`figures.${key}`);
    }
  });
});
