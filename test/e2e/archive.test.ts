/** A run sent from one lab to another: saved from the window, opened by a double click, a drop and the menu. */
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright';
import type { ElectronApplication, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { command, environment, openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-archive-'));
const archive = join(folder, 'sent run.lnl');
const light = join(folder, 'light.lnl');

let sender: OpenLab;
let id: string;
beforeAll(async () => {
  sender = await openLab({ LAB_SAVE_PATH: archive }, join(folder, 'sender'));
  const { presets } = await sender.request('core.info', {});
  const config = structuredClone(presets[0]!.config);
  config.name = 'A run to send';
  Object.assign(config.data, { train: 1000, test: 500 });
  config.training.epochs = 4;
  const ended = sender.nextEvent('run.ended');
  ({ id } = await sender.request('run.start', { config }));
  await ended;
});
afterAll(async () => {
  await sender.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens another lab as the system does with a file that a person double-clicks. */
async function openWith(
  file: string,
  at: string,
): Promise<{ app: ElectronApplication; page: Page }> {
  const { executable, args } = command(join(at, 'runs'));
  const before = args.indexOf('--runs');
  const app = await _electron.launch({
    executablePath: executable,
    args: [...args.slice(0, before), file, ...args.slice(before)],
    env: environment(at),
  });
  return { app, page: await app.firstWindow() };
}

it('the window asks how it is packed, says how large it gets, and saves it', async () => {
  const { page } = sender;
  await page.getByRole('button', { name: 'Runs', exact: true }).first().click();
  await page.getByRole('button', { name: 'Actions for A run to send' }).click();
  await page.getByRole('menuitem', { name: 'Export: run archive' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send “A run to send” to another person' });
  await dialog.getByText(/With checkpoints: \d\S* MB/).waitFor();
  await dialog.getByText(/Without: \d\S* kB/).waitFor();
  await dialog.getByRole('button', { name: 'Save…' }).click();
  await page.getByText(`Saved the archive to ${archive}`).waitFor();
  expect(readFileSync(archive).subarray(0, 2).toString()).toBe('PK');
});

it('a double click on it opens the lab on the run, and says what came', async () => {
  const at = join(folder, 'receiver');
  const { app, page } = await openWith(archive, at);
  try {
    await page.getByText('Imported “A run to send”, with checkpoints.').waitFor();
    await page.getByRole('heading', { name: /Stop at|A better|No need|Keep training/ }).waitFor();
    expect(readdirSync(join(at, 'runs', id, 'checkpoints'))).toHaveLength(5);
    // A second double click, while it is open.
    await app.evaluate(
      ({ app: main }, file) => void main.emit('second-instance', {}, ['electron', '.', file], '.'),
      archive,
    );
    await page.getByText('“A run to send” was there already; nothing was written.').waitFor();
    // So macOS does.
    writeFileSync(join(folder, 'broken.LNL'), 'PK');
    await app.evaluate(
      ({ app: main }, file) =>
        void main.emit('open-file', { preventDefault: () => undefined }, file),
      join(folder, 'broken.LNL'),
    );
    await page.getByText('broken.LNL is not a run archive').waitFor();
    expect(readdirSync(join(at, 'runs')).filter((name) => name.startsWith('.import'))).toEqual([]);
  } finally {
    await app.close();
  }
});

it('a drop imports it too; without checkpoints the run says so where they are needed', async () => {
  const receiver = await openLab({}, join(folder, 'third'));
  const { page } = receiver;
  try {
    await sender.app.evaluate((_, path) => void (process.env['LAB_SAVE_PATH'] = path), light);
    await sender.request('host.saveArchive', { id, weights: false });
    await page.evaluate(() => {
      const input = Object.assign(document.createElement('input'), { type: 'file', id: 'chooser' });
      document.body.append(input);
    });
    await page.setInputFiles('#chooser', light);
    await page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('#chooser')!;
      const transfer = new DataTransfer();
      transfer.items.add(input.files![0]!);
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer }));
      input.remove();
    });
    await page.getByText('Imported “A run to send”, without checkpoints').waitFor();
    await page.getByRole('button', { name: /^Keep this model/ }).click();
    await page.getByText('was sent without its checkpoints').waitFor();
    expect(existsSync(join(receiver.runs, id, 'kept'))).toBe(false);
  } finally {
    await receiver.close();
  }
});

it('the page may import nothing that nobody opened, and the menu asks for a file', async () => {
  const other = join(folder, 'other.lnl');
  copyFileSync(archive, other);
  await expect(sender.request('runs.import', { path: other })).rejects.toThrow(
    'drop it on the window',
  );
  await sender.app.evaluate((_, path) => void (process.env['LAB_OPEN_PATH'] = path), other);
  await sender.app.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()!
      .items.flatMap(({ submenu }) => submenu?.items ?? [])
      .find(({ label }) => label.startsWith('Open Run'))!
      .click(),
  );
  await sender.page.getByText('“A run to send” was there already; nothing was written.').waitFor();
});
