/** A log of Keras, dropped on the real window, read by the real core. */
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

let lab: OpenLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

it('a dropped log says where to stop, in its own epochs', async () => {
  const { page } = lab;
  // An input is the only way to a File that has a path.
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', id: 'chooser' });
    document.body.append(input);
  });
  await page.setInputFiles('#chooser', resolve('test/fixtures/logs/keras.csv'));
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#chooser')!;
    const transfer = new DataTransfer();
    transfer.items.add(input.files![0]!);
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer }));
    input.remove();
  });
  await page.getByRole('heading', { name: /^(Stop at|A better|No need|Keep training)/ }).waitFor();
  const words = await page.getByRole('main', { name: 'Log' }).innerText();
  expect(words).toContain('keras.csv, Keras CSVLogger (CSV)');
  expect(words).toMatch(/Hold-out accuracy\s+val_accuracy/);
  expect(words).toContain('after epoch 59');
});

it('a log that the system hands to the app is opened at once', async () => {
  const { page, app } = lab;
  await page.getByRole('button', { name: 'Runs', exact: true }).first().click();
  const file = resolve('test/fixtures/logs/lightning.csv');
  await app.evaluate(({ app: main }, path) => {
    main.emit('open-file', { preventDefault: () => undefined }, path);
  }, file);
  await page.getByText('lightning.csv').first().waitFor();
});
