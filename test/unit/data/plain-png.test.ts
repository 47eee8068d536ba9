import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { decode, readPictureHeader } from '../../../core/data/pictures/decode.ts';
import { decodePlainPng, plainPng } from '../../../core/data/pictures/plain-png.ts';

/** A PNG by sharp, whose own decoding is the oracle. */
async function png(width: number, height: number, channels: 1 | 3 | 4, seed: number) {
  const pixels = Uint8Array.from(
    { length: width * height * channels },
    (_, i) => (i * 37 + seed * 101 + (i >> 3) * seed) & 255,
  );
  const image = sharp(pixels, { raw: { width, height, channels } });
  return image
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png()
    .toBuffer();
}

const size = fc.integer({ min: 1, max: 40 });

test('pixels are those that sharp gives', async () => {
  const kind = fc.constantFrom<(1 | 3)[]>(1, 3);
  await fc.assert(
    fc.asyncProperty(size, size, kind, fc.nat(50), async (width, height, channels, seed) => {
      const bytes = await png(width, height, channels, seed);
      const found = decodePlainPng(bytes, [height, width, channels]);
      const colours = channels === 1 ? 'b-w' : 'srgb';
      const expected = await sharp(bytes).toColourspace(colours).raw().toBuffer();
      expect(Buffer.from(found!).equals(expected)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('grey fills three channels where colour is asked', async () => {
  const bytes = await png(2, 1, 1, 3);
  const [a, b] = decodePlainPng(bytes, [1, 2, 1])!;
  expect([...decodePlainPng(bytes, [1, 2, 3])!]).toEqual([a, a, a, b, b, b]);
});

test('transparent, large, deep and turned pictures are left to sharp', async () => {
  expect(plainPng(await png(8, 8, 4, 1))).toBeNull();
  expect(plainPng(await png(200, 8, 3, 1))).toBeNull();
  expect(
    plainPng(
      await sharp(await png(8, 8, 3, 1))
        .toColourspace('rgb16')
        .png()
        .toBuffer(),
    ),
  ).toBeNull();
  const turned = await sharp(await png(8, 4, 3, 1))
    .withMetadata({ orientation: 6 })
    .png()
    .toBuffer();
  expect(plainPng(turned)).toBeNull();
  expect(await readPictureHeader(turned, 'turned.png')).toMatchObject({ width: 4, height: 8 });
});

test('a damaged or cut one is told, not read', async () => {
  const bytes = await png(16, 16, 3, 2);
  for (const part of [0.3, 0.6, 0.9]) {
    const cut = bytes.subarray(0, Math.floor(part * bytes.length));
    await expect(decode(cut, 'cut.png', [16, 16, 3])).rejects.toThrow(/cut\.png is a damaged/);
  }
  const flipped = Uint8Array.from(bytes);
  flipped[60]! ^= 255;
  await expect(decode(flipped, 'bad.png', [16, 16, 3])).rejects.toThrow(/bad\.png is a damaged/);
});
