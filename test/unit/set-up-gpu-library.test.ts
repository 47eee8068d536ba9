/** Set-up of the library for a GPU as a whole, with small wheels and a pip that takes them from a shelf. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const bytes = (text: string) => new TextEncoder().encode(text);

/** A wheel with some files. */
function wheelOf(project: string, files: Record<string, string>) {
  const entries = Object.entries(files).map(([name, text]) => [name, bytes(text)] as const);
  const content = zipSync(Object.fromEntries(entries));
  const file = `${project.replaceAll('-', '_')}-1.0-py3-none-manylinux_2_27_x86_64.whl`;
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { content, wheel: { project, version: '1.0', file, sha256, bytes: content.length } };
}

const made = [
  wheelOf('tensorflow', {
    'tensorflow/libtensorflow_cc.so.2': 'library',
    'tensorflow/libtensorflow_framework.so.2': 'framework',
    'tensorflow/include/tensorflow/c/c_api.h': 'header',
    'tensorflow/python/much.py': 'python',
  }),
  wheelOf('nvidia-cublas-cu12', {
    'nvidia/cublas/lib/libcublas.so.12': 'cublas',
    'nvidia/cublas/include/cublas.h': 'header',
    'nvidia_cublas_cu12-1.0.dist-info/License.txt': 'licence',
  }),
];

let folder: string;
let said = '';
beforeAll(() => {
  // Modules that another file has loaded would not see what is put in their place here.
  vi.resetModules();
  folder = fs.mkdtempSync(join(tmpdir(), 'gpu-library-test-'));
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  vi.doMock('../../build/setup/gpu-wheels.mjs', () => ({
    GPU_WHEELS: made.map(({ wheel }) => wheel),
  }));
  // The room that is asked for is that of the real wheels.
  vi.doMock('node:fs', async (original) => ({
    ...(await original<typeof fs>()),
    statfsSync: () => ({ bavail: 1e10, bsize: 4096 }),
  }));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
  const bin = join(folder, 'bin');
  fs.mkdirSync(bin);
  fs.mkdirSync(join(folder, 'shelf'));
  // pip's last arguments are the folder and what is wanted.
  const script = `#!/bin/sh\nwhile [ $# -gt 2 ]; do shift; done\ncp '${folder}/shelf/'"\${2%%==*}"/* "$1"\n`;
  fs.writeFileSync(join(bin, 'python3'), script, { mode: 0o755 });
  vi.stubEnv('PATH', `${bin}${delimiter}${process.env['PATH']}`);
});
afterAll(() => {
  vi.doUnmock('../../build/setup/gpu-wheels.mjs');
  vi.doUnmock('node:fs');
  vi.resetModules();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true, force: true });
});

function shelve({ wheel, content }: (typeof made)[number]): void {
  fs.mkdirSync(join(folder, 'shelf', wheel.project));
  fs.writeFileSync(join(folder, 'shelf', wheel.project, wheel.file), content);
}

it('goes on where it was interrupted, is whole or absent, and mends what is damaged', async () => {
  const { gpuFolder, gpuLibrary } = await import('../../build/setup/tensorflow-gpu.mjs');
  const wheels = join(folder, 'cache', 'label-noise-lab', 'gpu-wheels');
  const fetches = () => said.match(/fetching \S+\.whl/g)?.map((one) => one.slice(9)) ?? [];
  const read = (name: string) => fs.readFileSync(join(gpuFolder, name), 'utf8');

  shelve(made[0]!);
  await expect(gpuLibrary()).rejects.toThrow('pip could not fetch nvidia-cublas-cu12 1.0;');
  expect(said.indexOf('2 wheels of')).toBeLessThan(said.indexOf('fetching'));
  expect(fs.existsSync(gpuFolder)).toBe(false);
  expect(fs.readdirSync(wheels)).toEqual(['tensorflow']);

  said = '';
  shelve(made[1]!);
  await gpuLibrary();
  expect(fetches()).toEqual([made[1]!.wheel.file]);
  expect(said).toContain('are left)');
  expect(read('lib/libtensorflow.so.2')).toBe('library');
  expect(read('nvidia/cublas/lib/libcublas.so.12')).toBe('cublas');
  expect(read('licences/nvidia_cublas_cu12-1.0/License.txt')).toBe('licence');
  expect(fs.readdirSync(gpuFolder).sort()).toEqual(
    'include lib licences manifest.json nvidia'.split(' '),
  );
  expect(fs.readdirSync(join(gpuFolder, 'nvidia', 'cublas'))).toEqual(['lib']);
  expect(fs.existsSync(wheels)).toBe(false);

  said = '';
  await gpuLibrary();
  expect(said).toBe('');

  fs.writeFileSync(join(gpuFolder, 'nvidia/cublas/lib/libcublas.so.12'), 'damaged');
  await gpuLibrary();
  expect(said).toContain('libcublas.so.12 is damaged; fetching all again.');
  expect(read('nvidia/cublas/lib/libcublas.so.12')).toBe('cublas');
});
