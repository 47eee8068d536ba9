/** SVG as text: presentation attributes only, since the window's policy refuses styles. */

/** Attributes of an element; one that is undefined is left out. */
export type Attributes = Record<string, string | number | undefined>;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML 1.0 does not allow, even escaped: halves of signs, and control signs but tab and new lines. */
const FORBIDDEN = /\p{Cs}|(?![\t\n\r])[\u0000-\u001f]|[\ufffe\uffff]/gu;

/** A text as it may stand in an element or an attribute. */
export function escaped(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);
}

/** A length in pixels, to a hundredth. */
export function px(value: number): number {
  return Math.round(value * 100) / 100;
}

/** An element; `content` is SVG already. */
export function tag(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? px(value) : escaped(value!)}"`)
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** Elements that share attributes; nothing where there are none. */
export function group(attributes: Attributes, content: string): string {
  return content === '' ? '' : tag('g', attributes, content);
}

/** A straight line. */
export function straight(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  attributes: Attributes,
): string {
  return tag('line', { x1, y1, x2, y2, ...attributes });
}

/** A whole drawing. @param label what it shows, for who cannot see it */
export function svgDrawing(
  width: number,
  height: number,
  label: string,
  attributes: Attributes,
  content: string,
): string {
  return tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${px(width)} ${px(height)}`,
      role: 'img',
      'aria-label': label,
      ...attributes,
    },
    content,
  );
}
