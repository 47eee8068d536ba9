/** Pictures that look like digits, without any data set: a 5 x 7 font, slanted, scaled and blurred. */

const FONT = [
  '01110 10001 10001 10001 10001 10001 01110',
  '00100 01100 00100 00100 00100 00100 01110',
  '01110 10001 00001 00010 00100 01000 11111',
  '01110 10001 00001 00110 00001 10001 01110',
  '00010 00110 01010 10010 11111 00010 00010',
  '11111 10000 11110 00001 00001 10001 01110',
  '00110 01000 10000 11110 10001 10001 01110',
  '11111 00001 00010 00100 01000 01000 01000',
  '01110 10001 10001 01110 10001 10001 01110',
  '01110 10001 10001 01111 00001 00010 01100',
].map((rows) => rows.split(' '));
const SIZE = 28;

/** Random numbers, 0 to 1, the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Of each digit, so many are drawn: every page of the suite draws its own. */
const HANDS = 5;
/** A dot farther away, squared, blackens nothing. */
const FAR = 2.5;
const drawn = new Map<string, string>();

/** A digit's 28 x 28 bytes in base64, in one of a few hands. */
export function digit(value: number, seed: number): string {
  const hand = seed % HANDS;
  const key = `${value % 10} ${hand}`;
  const found = drawn.get(key) ?? draw(value % 10, hand);
  drawn.set(key, found);
  return found;
}

function draw(value: number, hand: number): string {
  const chance = random(hand);
  const slant = (chance() - 0.4) * 0.5;
  const wide = 2.4 + chance() * 0.9;
  const tall = 2.6 + chance() * 0.3;
  const bytes = new Uint8Array(SIZE * SIZE);
  const rows = FONT[value] ?? [];
  const dots = rows.flatMap((row, y) =>
    [...row].flatMap((dot, x) => (dot === '1' ? [{ x: x - 2, y: y - 3 }] : [])),
  );
  for (let py = 0; py < SIZE; py++) {
    for (let px = 0; px < SIZE; px++) {
      const y = (py - 13.5) / tall;
      const x = (px - 13.5) / wide + slant * y;
      let ink = 0;
      for (const dot of dots) {
        const away = (x - dot.x) ** 2 + (y - dot.y) ** 2;
        if (away < FAR) ink += Math.exp(-away * 2.6);
      }
      bytes[py * SIZE + px] = Math.min(255, Math.round(ink * ink * 240));
    }
  }
  return btoa(String.fromCharCode(...bytes));
}
