import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOptions, readWanted } from '../../../electron/options.ts';

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

describe('what the arguments are for', () => {
  const wanted = (...args: string[]) => readWanted(['label-noise-lab', ...args], true);

  it.each([
    [
      ['run', 'mnist-quick', '--json'],
      ['run', 'mnist-quick', '--json'],
    ],
    [
      ['--headless', '--no-sandbox', 'runs', '--no-sandbox'],
      ['runs', '--no-sandbox'],
    ],
    [['--help'], ['--help']],
    [['-V'], ['-V']],
    [
      ['--language', 'he', 'figure'],
      ['--language', 'he', 'figure'],
    ],
    [['trian'], ['trian']],
    [['no-such-file.csv'], ['no-such-file.csv']],
  ])('%j is the command line', (args, command) => {
    expect(wanted(...args)).toEqual({ command });
  });

  it('nothing, or options of the window, open the window', () => {
    expect(wanted()).toEqual({ file: null });
    expect(wanted('--no-sandbox')).toEqual({ file: null });
    expect(wanted('--runs', '/somewhere')).toEqual({ file: null });
    expect(wanted('--main-job', '--out', 'x', 'package.json')).toEqual({ file: null });
  });

  it('a file opens the window on it', () => {
    expect(wanted('package.json')).toEqual({ file: resolve('package.json') });
  });

  it("in a clone the app's folder is no argument", () => {
    const inClone = (...args: string[]) => readWanted(['electron', ...args], false);
    expect(inClone('--log-level=3', '.')).toEqual({ file: null });
    expect(inClone('.', 'runs')).toEqual({ command: ['runs'] });
    expect(inClone('--no-sandbox', '.', '--runs', 'x')).toEqual({ file: null });
  });
});
