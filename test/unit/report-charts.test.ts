/** The report's charts: right in light, dark and print without a script, and harmless whatever layers are called. */
import { expect, test } from 'vitest';
import type { RunView } from '../../core/contract/messages/records.ts';
import { textsIn } from '../../core/contract/words/texts.ts';
import type { Translate } from '../../core/contract/words/texts.ts';
import { documentHtml } from '../../core/report/html.ts';
import { runCharts } from '../../core/report/run-charts.ts';
import { STYLE } from '../../core/report/style.ts';
import { epoch, runOf } from './drawing/epochs.ts';

const en = textsIn('en');
/** A report of nothing but a run's charts. */
const chartsHtml = (view: RunView, t: Translate): string => {
  const parts = runCharts(view, t);
  const whole = documentHtml({ title: 'A run', subtitle: '', language: 'en', t, parts });
  return whole.slice(whole.indexOf('<body>'));
};
const epochs = Array.from({ length: 6 }, (_, i) => epoch(i));

test('are the three of the window, with their titles and what is to be known of them', () => {
  const html = chartsHtml(runOf(epochs), en);
  const captions = [...html.matchAll(/<figcaption>([^<]*) <span>([^<]*)</g)].map(
    ([, title]) => title,
  );
  expect(captions).toEqual([
    'Accuracy while training',
    'What became of the wrong labels',
    'Distance from initialization',
  ]);
  expect(html).toContain('○ best in hindsight: 3');
  expect(runCharts(runOf(epochs.slice(0, 1)), en)).toEqual([]);
  const unknown = [...epochs.slice(0, 5), { ...epochs[5]!, outcomes: null }];
  expect(chartsHtml(runOf(unknown), en).match(/<figure>/g)).toHaveLength(2);
});

test('have no colour of their own: only variables, all of which each theme sets', () => {
  const html = chartsHtml(runOf(epochs), en);
  const colours = [...html.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, colour]) => colour!);
  expect(colours.length).toBeGreaterThan(50);
  expect(colours.filter((colour) => !/^(none|var\(--[a-z\d-]+\))$/.test(colour))).toEqual([]);
  const [, light = '', dark = '', print = ''] = STYLE.split(':root {');
  for (const variable of new Set(colours.filter((colour) => colour !== 'none'))) {
    const declared = new RegExp(`${variable.slice(4, -1)}: #[\\da-f]{3,6};`, 'i');
    for (const theme of [light, dark, print]) expect(theme, variable).toMatch(declared);
  }
});

test('have epochs above each other in every chart', () => {
  const html = chartsHtml(runOf(epochs), en);
  for (const tick of ['0', '2', '5']) {
    const found = html.matchAll(
      new RegExp(`<text x="([\\d.]+)"[^>]*"middle"[^>]*>${tick}</text>`, 'g'),
    );
    const places = [...found].map(([, x]) => x);
    expect(places).toHaveLength(3);
    expect(new Set(places).size).toBe(1);
  }
});

test('are as high as the labels of many layers need, each with its name', () => {
  const layers = Array.from({ length: 40 }, (_, i) => `layer number ${i}`);
  const html = chartsHtml(runOf(epochs.map((_, i) => epoch(i, layers))), en);
  for (const layer of layers) expect(html).toContain(`>${layer} `);
});

test('do no harm by the name of a layer', () => {
  const name = '\u202e<script>"\u001b[31m';
  const html = chartsHtml(runOf(epochs.map((_, i) => epoch(i, [name]))), en);
  expect(html).toContain('?&lt;script&gt;&quot;?[31m');
  expect(html).not.toMatch(/<script|\u202e|\u001b/);
});
