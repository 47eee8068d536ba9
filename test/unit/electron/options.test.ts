import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOptions } from '../../../electron/options.ts';

const read = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  readOptions(['electron', ...args], env);

describe('the options of the app', () => {
  it('asks for nothing by itself', () => {
    expect(read(['.'])).toEqual({
      print: null,
      runsFolder: null,
      mainJobFolder: null,
      printTiming: false,
      unattended: false,
      openPath: null,
      savePath: null,
    });
  });

  it('prefers the flag to the environment for the runs folder', () => {
    const env = { LABEL_NOISE_LAB_RUNS: 'b' };
    expect(read(['.', '--runs', 'a'], env).runsFolder).toBe(resolve('a'));
    expect(read(['.'], env).runsFolder).toBe(resolve('b'));
    expect(read(['--runs=~/c']).runsFolder).toBe(join(homedir(), 'c'));
  });

  it('prints a page where it is told one', () => {
    const { print, mainJobFolder } = read([
      '.',
      '--headless',
      '--print',
      'a.html',
      '--out',
      'b.pdf',
    ]);
    expect(print).toEqual({ page: resolve('a.html'), path: resolve('b.pdf') });
    expect(mainJobFolder).toBeNull();
  });

  it('leaves flags of Chromium alone', () => {
    const options = read(['--no-sandbox', '--inspect=0', '.', '--main-job', '--out', 'x']);
    expect(options).toMatchObject({ mainJobFolder: resolve('x'), unattended: true });
  });
});
