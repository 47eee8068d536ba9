/**
 * Prints a page as PDF by Electron, which whoever started this process names: the core itself has no
 * browser. It runs without a display, without scripts and without a network.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { InputError, PhrasedError } from '../contract/words/errors.ts';
import { writeWhole } from '../disk/write.ts';
import { electronApp } from '../machine/own-command.ts';

const execFileAsync = promisify(execFile);
/** In seconds; a report takes less than two. */
const LONGEST = 120;

/**
 * Writes a page as PDF.
 * @throws InputError where nothing here can print, or printing fails
 */
export async function printPage(html: string, path: string): Promise<void> {
  const app = electronApp();
  if (!app) throw new InputError('report.noPrinter');
  const [program, ...args] = app;
  const folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-print-'));
  try {
    const [page, printed] = [join(folder, 'page.html'), join(folder, 'page.pdf')];
    writeWhole(page, html, false);
    // A process of Electron that is told to be Node would open no page.
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
    const asked = [...args, '--headless', '--print', page, '--out', printed];
    await execFileAsync(program, asked, { env, timeout: LONGEST * 1000 });
    writeWhole(path, readFileSync(printed));
  } catch (error) {
    if (error instanceof PhrasedError) throw error;
    const { stderr = '', message } = error as { stderr?: string; message: string };
    throw new InputError('report.notPrinted', { why: lastLine(stderr) || lastLine(message) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
