/** What is drawn, read back from the SVG: escaping, geometry, colours, texts of both directions. */
import { describe, expect, test } from 'vitest';
import { figureCsv } from '../../../core/figures/csv.ts';
import { figureSvg } from '../../../core/contract/drawing/figure.ts';
import { heatColour, inkOf, luminance, paletteOf } from '../../../core/contract/drawing/palette.ts';
import { panelDrawing, panelSvg } from '../../../core/contract/drawing/panel.ts';
import { textsIn } from '../../../core/contract/words/texts.ts';
import type { FigurePanel } from '../../../core/contract/messages/figures.ts';
import Papa from 'papaparse';
import { chart, course, decay, figure, losses, series, sigma, keyPhrase } from './samples.ts';

const en = textsIn('en');
const he = textsIn('he');
/** A series of one point. */
const alone = [series('alone', [{ x: 1, y: 0.5 }])];
const size = { palette: paletteOf(false), width: 600, height: 400 };

describe.each([course, decay, losses, sigma])('a $kind', (panel) => {
  test('is drawn with presentation attributes, no styles, and every text escaped', () => {
    for (const t of [en, he]) {
      const svg = panelSvg(panel, t, size);
      expect(svg).not.toMatch(/style=|<style|NaN|Infinity|undefined/);
      expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="/);
      // Tags alone are left of it where what stands between them is taken out.
      expect(svg.replace(/<\/?[a-z]+( [\w:-]+="[^"<]*")*\/?>/gi, '')).not.toMatch(/[<>]/);
    }
  });

  test('says what is at each of its places', () => {
    const { spots, width, height } = panelDrawing(panel, en, size);
    expect(spots.length).toBeGreaterThan(5);
    for (const spot of spots) {
      expect(spot.x).toBeGreaterThan(0);
      expect(spot.x).toBeLessThan(width);
      expect(spot.y).toBeGreaterThan(0);
      expect(spot.y).toBeLessThan(height);
      expect(spot.values.every(({ name, value }) => name !== '' && value !== '')).toBe(true);
    }
  });
});

test('signs of XML and halves of signs in names do no harm', () => {
  const name = 'a<b> & "c" \u0000\ud800';
  const both = [name, 'other'].map((each) => series(each, [{ x: 1, y: 0.5 }]));
  const svg = panelSvg(chart({ series: both }), en, size);
  expect(svg).toContain('a&lt;b&gt; &amp; &quot;c&quot; \ufffd\ufffd');
});

test.each([
  [
    'falling',
    [
      { x: 0, y: 1 },
      { x: 10, y: 0 },
    ],
    'start',
  ],
  [
    'rising',
    [
      { x: 0, y: 0 },
      { x: 10, y: 1 },
    ],
    'end',
  ],
  [
    'running along',
    [
      { x: 0, y: 0.07 },
      { x: 10, y: 0.07 },
    ],
    'end',
  ],
])('the name of a line across stands where a %s curve does not run', (_, points, anchor) => {
  const rules = [{ axis: 'y' as const, at: 0.05, name: { code: 'a tenth' } }];
  const svg = panelSvg(chart({ series: [series('curve', points)], rules }), en, size);
  const name = /<text [^>]*text-anchor="(\w+)"[^>]*>[^<]*a tenth/.exec(svg);
  expect(name?.[1]).toBe(anchor);
});

test('points stand where the numbers say, their whiskers from low to high', () => {
  const points = [
    { x: 0, y: 0, low: 0, high: 0.25 },
    { x: 10, y: 1 },
    { x: 5, y: 0.5, low: 0.25, high: 0.75 },
  ];
  const panel = chart({ series: [series('s', points, { draw: 'points' })] });
  const { spots, svg } = panelDrawing(panel, en, size);
  const [origin, end, middle] = [spots[0]!, spots[1]!, spots[2]!];
  expect(middle.x).toBeCloseTo((origin.x + end.x) / 2, 9);
  expect(middle.y).toBeCloseTo((origin.y + end.y) / 2, 9);
  const quarter = (origin.y - end.y) / 4;
  const whisker = [...svg.matchAll(/<line x1="([\d.]+)" y1="([\d.]+)" x2="\1" y2="([\d.]+)"\/>/g)]
    .map((found) => found.slice(1).map(Number))
    .find(([x, low, high]) => Math.abs(x! - middle.x) < 0.01 && Math.abs(low! - high!) > 10);
  expect(whisker![1]).toBeCloseTo(middle.y + quarter, 1);
  expect(whisker![2]).toBeCloseTo(middle.y - quarter, 1);
  expect(panelDrawing(panel, en, size).spots[2]!.values[1]!.value).toBe('50.0% (25.0% … 75.0%)');
});

test.each([
  [true, [true, false, false]],
  [undefined, [true, true, true]],
])('a line that marks its start (%s) has a mark at %j, and whiskers at each', (marksStart, at) => {
  const points = [0.2, 0.5, 0.8].map((y, i) => ({ x: 2 + i, y, low: y - 0.1, high: y + 0.1 }));
  const panel = chart({ series: [series('s', points, { draw: 'both', marksStart })] });
  const { svg, spots } = panelDrawing(panel, en, size);
  const marked = ({ x, y }: { x: number; y: number }) =>
    svg.includes(`translate(${x.toFixed(2)} ${y.toFixed(2)})`);
  expect(spots.map(marked)).toEqual(at);
  const ends = [...svg.matchAll(/<line x1="([\d.]+)" y1="[\d.]+" x2="\1"/g)].map(([, x]) => x);
  expect(spots.every(({ x }) => ends.includes(String(Number(x.toFixed(2)))))).toBe(true);
});

test('a line has its spread as a band, and breaks where a log axis has no place', () => {
  const line = panelSvg(course, en, size);
  expect(line.match(/fill-opacity="0.18"/g)).toHaveLength(4);
  const broken = {
    ...decay,
    series: [
      series(
        's',
        [1, 10, 0, 10, 1].map((y, i) => ({ x: i + 1, y })),
      ),
    ],
  };
  const d = /<path d="([^"]+)" fill="none"/.exec(panelSvg(broken, en, size))![1]!;
  expect(d.match(/M/g)).toHaveLength(2);
});

test('lines of one dash carry marks of their own, which the legend shows', () => {
  const alike = [0, 1].map((i) =>
    series(
      `line ${i}`,
      Array.from({ length: 21 }, (_, j) => ({ x: j / 2, y: 0.2 + i * 0.5 })),
    ),
  );
  const paths = (panel: FigurePanel) =>
    panelSvg(panel, en, size).match(/<path d="[^"]+" transform/g)?.length ?? 0;
  expect(paths(chart({ series: alike }))).toBeGreaterThan(10);
  const apart = chart({ series: [alike[0]!, { ...alike[1]!, dash: 'dashed' }] });
  expect(paths(apart)).toBe(0);
});

test('a long title of an axis takes two lines below the ticks', () => {
  const title = keyPhrase(
    'Distance from the start, over the norm of the starting weights of the network',
  );
  const panel = chart({ series: alone, x: { ...chart().x, title } });
  const svg = panelSvg(panel, en, { ...size, width: 320 });
  expect(svg).toMatch(/>Distance from the start, over the norm of the</);
  expect(svg).not.toContain('…');
});

test('a square chart has as many pixels a unit across as up', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 3, y: 0 },
    { x: 0, y: 1 },
  ];
  const panel = chart({ square: true, series: [series('s', points, { draw: 'points' })] });
  const [origin, right, up] = panelDrawing(panel, en, size).spots;
  expect((right!.x - origin!.x) / 3).toBeCloseTo(origin!.y - up!.y, 6);
});

test('a legend of many names takes rows above the plot, which keeps its room', () => {
  const many = Array.from({ length: 30 }, (_, i) =>
    series(`a rather long name, number ${i}`, [{ x: 1, y: 0.5 }]),
  );
  const low = { ...size, height: 120, width: 320 };
  const { svg, height, spots } = panelDrawing(chart({ series: many }), en, low);
  expect(height).toBeGreaterThan(30 * 12);
  const names = [...svg.matchAll(/y="([\d.]+)"[^>]*>a rather/g)].map(([, y]) => Number(y));
  expect(names).toHaveLength(30);
  expect(Math.max(...names)).toBeLessThan(spots[0]!.y - 20);
});

test('a name that series share stands once in the legend', () => {
  const twice = [0.3, 1].map((opacity) => series('near and far', [{ x: 1, y: 0.5 }], { opacity }));
  twice.push(series('other', [{ x: 1, y: 0.5 }]));
  expect(panelSvg(chart({ series: twice }), en, size).match(/near and far/g)).toHaveLength(1);
});

test('colours of the ramp stand out from the card in both themes, and numbers from their cells', () => {
  const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  for (const dark of [false, true]) {
    const card = luminance(paletteOf(dark).surface);
    for (let level = 0; level <= 1; level += 0.05) {
      expect(contrast(luminance(inkOf({ level }, paletteOf(dark)).line), card)).toBeGreaterThan(3);
    }
  }
  for (let share = 0; share <= 1; share += 0.02) {
    const cell = luminance(heatColour(share));
    expect(contrast(cell, cell > 0.179 ? 0 : 1)).toBeGreaterThan(4.5);
  }
});

test('matrices of one range have one colour for a value, whatever else is in them', () => {
  const fills = (values: number[][], range?: [number, number]) => {
    const panel = { ...sigma, rows: ['a'], columns: ['b', 'c'], values, ...(range && { range }) };
    return [...panelSvg(panel, en, size).matchAll(/<rect [^>]*fill="(#\w+)"/g)].map(([, f]) => f);
  };
  const cell = (share: number) => heatColour(share);
  expect(fills([[0.2, 0.6]], [0, 1]).slice(0, 2)).toEqual([cell(0.2), cell(0.6)]);
  expect(fills([[0.2, 0.9]], [0, 1]).slice(0, 2)).toEqual([cell(0.2), cell(0.9)]);
  expect(fills([[0.2, 0.6]]).slice(0, 2)).toEqual([cell(0), cell(1)]);
});

test('a figure holds all panels; in Hebrew its title is isolated and stands at the right', () => {
  const svg = figureSvg(figure(), he, { dark: true });
  expect(svg.match(/font-weight="bold"/g)).toHaveLength(5);
  expect(svg).toMatch(/text-anchor="end" font-size="18"[^>]*>\u2067[^<]+\u2069</);
});

test('panels are read from the left in English and from the right in Hebrew', () => {
  const placesIn = (t: typeof en) =>
    [
      ...figureSvg(figure([course, decay]), t, { dark: false }).matchAll(
        /translate\((\d+) \d+\)"><text/g,
      ),
    ].map(([, left]) => Number(left));
  const [first, second] = placesIn(en);
  expect(first).toBeLessThan(second!);
  expect(placesIn(he)).toEqual([second, first]);
});

test('panels of the same series share one legend', () => {
  const same = figureSvg(figure([course, { ...course, id: 'again' }]), en, { dark: false });
  expect(same.match(/>20% wrong</g)).toHaveLength(1);
  const other = figureSvg(figure([course, decay]), en, { dark: false });
  expect(other.match(/>20% wrong</g)).toHaveLength(1);
});

test('CSV gives back every number exactly', () => {
  const { data } = Papa.parse<Record<string, string>>(figureCsv(figure([course]), en), {
    header: true,
    skipEmptyLines: true,
  });
  expect(Object.keys(data[0]!)).toEqual(['panel', 'series', 'x', 'y', 'low', 'high']);
  const points = course.series.flatMap((each) => each.points);
  expect(data.map(({ x, y, low, high }) => [x, y, low, high].map(Number))).toEqual(
    points.map(({ x, y, low, high }) => [x, y, low, high]),
  );
});

test('CSV of several kinds has the columns of each, and quotes what needs it', () => {
  const csv = figureCsv(figure([decay, losses, { ...sigma, title: keyPhrase('a "b", c') }]), en);
  const { data } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  expect(data.at(-1)).toMatchObject({ panel: 'a "b", c', row: 'c3', column: 'c3', value: '0.5' });
  expect(data.find(({ count }) => count === '420')).toMatchObject({
    from: '0',
    to: '0.5',
    series: 'right',
  });
  expect(data[0]!['count']).toBe('');
});
