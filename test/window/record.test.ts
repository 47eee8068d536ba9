/** A training that another program records: its folder is dropped, opens as a run, and is followed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asked, dropFile, emit, serve } from './serve.ts';
import type { Served } from './serve.ts';
import { violations } from './violations.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
}, 60_000);
afterAll(() => served.close());

/** Where pictures go, for whoever wants to look. */
const SHOTS = process.env['LAB_SHOTS'];

test('a dropped record opens in Lab, grows, and can be left', async () => {
  const page = await served.open({ speed: 60 });
  await dropFile(page, 'record');
  await page.getByRole('heading', { name: 'ResNet-50, ImageNet subset' }).waitFor();
  await page.getByText('of the training steps', { exact: true }).waitFor();
  // What the lab does not know is not drawn.
  expect(await page.getByText('Distance from initialization').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0);
  await expect.poll(() => page.getByText(/Epoch \d+ of 40 is the newest/).count()).toBe(1);
  await page.getByRole('button', { name: 'Stop following' }).click();
  await page.getByRole('button', { name: 'Follow', exact: true }).waitFor();
  await page.getByText(/has not ended: follow it/).waitFor();
  expect(await page.getByRole('button', { name: 'Duplicate' }).count()).toBe(0);
  const methods = (await asked(page)).map(({ method }) => method);
  expect(methods).toContain('record.open');
  expect(methods).not.toContain('log.open');
  await page.context().close();
});

test('the recorder is saved from the place Log', async () => {
  const page = await served.open();
  await emit(page, { event: 'host.command', command: 'place.log' });
  await page.getByRole('button', { name: 'Save the recorder…' }).click();
  await page.getByText('Saved the recorder as /home/ada/label_noise_lab.py').waitFor();
  await page.context().close();
});

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  test.each([
    [1280, 800],
    [1024, 700],
  ] as [number, number][])('nothing for axe or sideways at %i x %i', async (width, height) => {
    const page = await served.open({ theme, size: [width, height] });
    await dropFile(page, 'record');
    await page.getByRole('heading', { name: /^Stop at epoch/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways).toBe(0);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/record-${theme}-${width}.png` });
    await page.context().close();
  });
});
