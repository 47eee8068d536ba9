/** What charts of a run have beyond those of figures: stacks, labels at ends, the stop, the gap. */
import fc from 'fast-check';
import { parse } from 'valibot';
import { describe, expect, test } from 'vitest';
import { accuracyChart, accuracyNotes } from '../../../core/contract/drawing/epochs/accuracy.ts';
import { distanceChart } from '../../../core/contract/drawing/epochs/distance.ts';
import { outcomesChart } from '../../../core/contract/drawing/epochs/outcomes.ts';
import { gapOf } from '../../../core/contract/drawing/gap.ts';
import { besideStop, labelledEnds } from '../../../core/contract/drawing/labels.ts';
import { paletteOf } from '../../../core/contract/drawing/palette.ts';
import { panelDrawing, panelSvg } from '../../../core/contract/drawing/panel.ts';
import { layChart, placesOf } from '../../../core/contract/drawing/places.ts';
import { styleOf } from '../../../core/contract/drawing/style.ts';
import { ChartSpecSchema, DASHES } from '../../../core/contract/messages/charts.ts';
import type { ChartSpec } from '../../../core/contract/messages/charts.ts';
import { inWords } from '../../../core/contract/words/phrase.ts';
import { textsIn } from '../../../core/contract/words/texts.ts';
import { epoch, verdict } from './epochs.ts';
import { chart, course as figure, series, keyPhrase } from './samples.ts';

const en = textsIn('en');
const he = textsIn('he');
const palette = paletteOf(false);
const size = { palette, width: 760, height: 320 };
const epochs = Array.from({ length: 9 }, (_, i) => epoch(i));
const course = { epochs, verdict, lastEpoch: 8 };
const accuracy = accuracyChart(course, 'epoch', true);
const lay = (spec: ChartSpec) =>
  layChart(spec, styleOf(en, palette, 12), { left: 0, top: 0, right: 600, bottom: 300 });
/** The texts of a drawing, each with its place. */
const textsOf = (svg: string) =>
  [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"([^>]*)>([^<]*)</g)].map(
    ([, x, y, look, text]) => ({ x: Number(x), y: Number(y), look: look!, text: text! }),
  );

test.each([
  accuracy,
  outcomesChart(course),
  distanceChart(course),
  accuracyChart(course, 'distance', false),
])('the chart $id is told by the schema, and drawn in both directions', (spec) => {
  // A message and a file hold no field that is not there.
  const sent = JSON.parse(JSON.stringify(spec)) as unknown;
  expect(parse(ChartSpecSchema, sent)).toEqual(sent);
  for (const t of [en, he]) {
    expect(panelSvg(spec, t, size)).not.toMatch(
      /style=|NaN|Infinity|undefined|[a-z]\.[a-z]+\.[a-z]/i,
    );
  }
});

test('a figure that was stored before charts had all this still opens', () => {
  const stored = JSON.parse(JSON.stringify(figure)) as object;
  expect(Object.keys(stored)).not.toContain('stop');
  expect(parse(ChartSpecSchema, stored)).toEqual(stored);
});

test('a stack lies on the axis, each area on the one below, up to the whole', () => {
  const laid = lay(outcomesChart(course));
  const [first, second, third] = laid.panel.series.map((one) => placesOf(laid, one));
  for (let i = 0; i < epochs.length; i++) {
    expect(first![i]!.foot).toBe(laid.plot.bottom);
    expect(second![i]!.foot).toBeCloseTo(first![i]!.top, 9);
    expect(third![i]!.foot).toBeCloseTo(second![i]!.top, 9);
    expect(third![i]!.top).toBeCloseTo(laid.plot.top, 9);
  }
  const { spots, svg } = panelDrawing(outcomesChart(course), en, size);
  // What is at a place is the band's own share, not the sum.
  expect(spots.find(({ name }) => name === 'memorized')!.values[1]!.value).toBe('10.0%');
  expect(svg.match(/fill-opacity="0.85"/g)).toHaveLength(3);
});

test('labels stand at the ends, in bold where they matter, and a line that ends before is in the legend', () => {
  const drawn = textsOf(panelSvg(accuracy, en, size));
  const ends = drawn.filter(({ text }) =>
    /^(test|given labels|true labels|hold-out) \d/.test(text),
  );
  expect(ends.map(({ text }) => text)).toContain('test 65.0');
  expect(ends).toHaveLength(4);
  expect(ends.every(({ look }) => look.includes('font-weight="600"'))).toBe(true);
  const heights = ends.map(({ y }) => y).sort((a, b) => a - b);
  heights.slice(1).forEach((y, i) => expect(y - heights[i]!).toBeGreaterThan(12));
  const [minor] = textsOf(panelSvg(distanceChart(course), en, size)).filter(({ text }) =>
    text.startsWith('dense 1 '),
  );
  expect(minor!.look).not.toContain('font-weight');

  const short = structuredClone(accuracy);
  short.series.find(({ ink }) => ink === 'test')!.points.pop();
  const after = textsOf(panelSvg(short, en, size)).map(({ text }) => text);
  expect(after).toContain('test');
  expect(after.filter((text) => text.startsWith('test '))).toEqual([]);
});

test('in Hebrew labels are isolated, and stand where they do in English', () => {
  const [left, turned] = [en, he].map((t) => textsOf(panelSvg(accuracy, t, size)));
  expect(turned!.filter(({ text }) => /[א-ת]/.test(text)).length).toBeGreaterThan(5);
  for (const { text } of turned!) {
    if (/\p{L}/u.test(text)) expect(text).toMatch(/^\u2067.*\u2069$/);
  }
  expect(turned).toHaveLength(left!.length);
});

test('of more labels than there is room for the lowest of minor lines give way', () => {
  const ends = Array.from({ length: 9 }, (_, i) => ({
    x: i === 8 ? 50 : 100,
    y: 10 * i,
    series: series(`${i}`, [], { endLabel: keyPhrase(`${i}`), quiet: i > 0 }),
  }));
  const kept = labelledEnds(ends, 14, { top: 0, bottom: 60 });
  expect(kept.map(({ y }) => y)).toEqual([0, 10, 20, 30, 40]);
  expect(kept.map(({ height }) => height)).toEqual(
    [0, 14, 28, 42, 56].map((y) => expect.closeTo(y, 6)),
  );
});

test('the stop is named right of its line, left of it where that is full, or not at all', () => {
  expect(besideStop(100, 40, 0, 200)).toBe(106);
  expect(besideStop(180, 40, 0, 200)).toBe(134);
  expect(besideStop(20, 190, 0, 200)).toBeNull();
  const named = (stop: ChartSpec['stop']) =>
    textsOf(panelSvg({ ...accuracy, stop }, en, size)).find(({ text }) => text === 'stop at 3');
  const at = named(accuracy.stop)!;
  const above = named({ ...accuracy.stop!, side: 'top' })!;
  expect(above.y).toBeLessThan(at.y - 100);
  expect(named({ ...accuracy.stop!, label: null })).toBeUndefined();
});

test('the range is shaded behind lines and over areas, and not where it is one epoch', () => {
  const range = `<rect [^>]*fill="${palette.stop.line}"`;
  const order = (spec: ChartSpec) => {
    const svg = panelSvg(spec, en, size);
    return svg.search(range) < svg.search(/<path d="[^"]*" f/);
  };
  expect(order(accuracy)).toBe(true);
  expect(order(outcomesChart(course))).toBe(false);
  const flat = accuracyChart({ ...course, verdict: { ...verdict, phase: 'flat' } }, 'epoch', true);
  expect(panelSvg(flat, en, size)).not.toMatch(range);
});

describe('the gap', () => {
  const gapped = (upper: number[], lower: number[], from: number): ChartSpec =>
    chart({
      gap: { upper: 0, lower: 1, from },
      series: [upper, lower].map((ys, i) =>
        series(
          `${i}`,
          ys.map((y, x) => ({ x, y })),
        ),
      ),
    });

  test('begins at the stop, and has the crossing as a point of both', () => {
    expect(gapOf(gapped([1, 1, 1, 0], [0, 0, 0, 1], 1))).toEqual([
      { x: 1, upper: 1, lower: 0 },
      { x: 2, upper: 1, lower: 0 },
      { x: 2.5, upper: 0.5, lower: 0.5 },
      { x: 3, upper: 0, lower: 1 },
    ]);
  });

  test('changes its leader at its own points alone', () => {
    const ys = fc.array(fc.double({ noNaN: true, min: -9, max: 9 }), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(ys, ys, (upper, lower) => {
        const leads = gapOf(gapped(upper, lower, 0)).map((one) => one.upper - one.lower);
        leads.slice(1).forEach((lead, i) => {
          expect(Math.min(Math.abs(lead), Math.abs(leads[i]!)) < 1e-9 || lead * leads[i]! > 0).toBe(
            true,
          );
        });
      }),
    );
  });

  test('is shaded in the ink of who leads, and told in the notes', () => {
    expect(panelSvg(accuracy, en, size).match(/fill-opacity="0.12"/g)).toHaveLength(2);
    expect(accuracyNotes(accuracy, epochs).map((note) => inWords(note, en))).toEqual([
      'Shaded: the gap opened by memorization',
      '○ best in hindsight: 3',
    ]);
    const live = accuracyChart({ ...course, verdict: null }, 'epoch', false);
    expect(accuracyNotes(live, epochs).map(({ code }) => code)).toEqual(['lab.divergence.caption']);
  });
});

test('a series of the second axis fills its own scale, which has no ticks', () => {
  const spec = distanceChart(course);
  const laid = lay(spec);
  const speed = spec.series.find(({ secondary }) => secondary)!;
  const [place] = placesOf(laid, speed);
  // Half of the total's distance an epoch: 0.5 of an axis to 0.6, not of one to 4.
  expect(place!.top).toBeLessThan((laid.plot.top + laid.plot.bottom) / 2);
  const { spots } = panelDrawing(spec, en, size);
  expect(spots.find(({ name }) => name === 'speed')!.values[1]).toEqual({
    name: 'speed',
    value: '0.5',
  });
});

test('layers, all weights and speed are told apart without colour', () => {
  const many = Array.from({ length: 4 }, (_, i) => epoch(i, ['a', 'b', 'c', 'd', 'e']));
  const dashes = distanceChart({ ...course, epochs: many }).series.map(({ dash }) => dash);
  expect(dashes).toHaveLength(7);
  expect(new Set(dashes).size).toBe(7);
  expect(DASHES).toEqual(expect.arrayContaining(dashes));
});
