/** SVG to PNG, with a font of our own, so that it looks the same on every machine. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import wasm from '@resvg/resvg-wasm/index_bg.wasm?file';
import regular from 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf?file';
import bold from 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf?file';

/** Twice as many pixels across and up as the SVG says, for screens and print. */
const ZOOM = 2;

type Render = (svg: string) => Uint8Array;
let renderer: Promise<Render> | undefined;

/** @param svg whose texts ask for DejaVu Sans @returns the picture at twice its size */
export async function toPng(svg: string): Promise<Uint8Array> {
  renderer ??= load();
  return (await renderer)(svg);
}

/** Four megabytes, which only who asks for a PNG waits for. */
async function load(): Promise<Render> {
  const { initWasm, Resvg } = await import('@resvg/resvg-wasm');
  await initWasm(bytesOf(wasm));
  const font = { fontBuffers: [bytesOf(regular), bytesOf(bold)], defaultFontFamily: 'DejaVu Sans' };
  return (svg) => {
    const drawing = new Resvg(svg, { fitTo: { mode: 'zoom', value: ZOOM }, font });
    const picture = drawing.render();
    const png = picture.asPng();
    picture.free();
    drawing.free();
    return png;
  };
}

const bytesOf = (file: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(resolve(__dirname, file)));
