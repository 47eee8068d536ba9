/** Set-up for a GPU: what is fetched, what is told first, and how a wheel is taken or refused. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GPU_WHEELS } from '../../build/setup/gpu-wheels.mjs';
import { SetUpProblem } from '../../build/setup/problem.mjs';
import { checkRoom, gpuPlan, placeBeside } from '../../build/setup/tensorflow-gpu.mjs';
import { TENSORFLOW_VERSION } from '../../build/setup/tensorflow-wheels.mjs';
import { fetchWheel, pipArguments } from '../../build/setup/wheel.mjs';

/** What TensorFlow 2.21.0 names under its extra `and-cuda`. */
const AND_CUDA =
  'cublas cuda-cupti cuda-nvcc cuda-nvrtc cuda-runtime cudnn cufft curand cusolver cusparse nccl nvjitlink';

describe('the wheels for the GPU', () => {
  it('are TensorFlow as the binding is built against it, and all that it names', () => {
    const [library, ...others] = GPU_WHEELS;
    expect(library).toMatchObject({ project: 'tensorflow', version: TENSORFLOW_VERSION });
    expect(others.map(({ project }) => project)).toEqual(
      AND_CUDA.split(' ').map((name) => `nvidia-${name}-cu12`),
    );
  });

  it.each(GPU_WHEELS)('$project is pinned', ({ project, version, file, sha256, bytes }) => {
    expect(file.startsWith(`${project.replaceAll('-', '_')}-${version}-`)).toBe(true);
    expect(file).toMatch(/x86_64\.whl$/);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(bytes).toBeGreaterThan(1e6);
  });

  it('are asked for by their own tags, whatever Python asks', () => {
    const nvcc = GPU_WHEELS.find(({ project }) => project.includes('nvcc'))!;
    const asked = pipArguments(nvcc, 'folder');
    const platforms = asked.filter((_, i) => asked[i - 1] === '--platform');
    expect(platforms).toEqual(['manylinux2010_x86_64', 'manylinux_2_12_x86_64']);
    expect(asked.at(-1)).toBe('nvidia-cuda-nvcc-cu12==12.9.86');
  });

  it('leave headers behind, and keep libraries, tools and licences', () => {
    const kept = (name: string) => placeBeside(`${name}`);
    expect(kept('nvidia/cudnn/lib/libcudnn.so.9')).toBe('nvidia/cudnn/lib/libcudnn.so.9');
    expect(kept('nvidia/cuda_nvcc/bin/ptxas')).toBe('nvidia/cuda_nvcc/bin/ptxas');
    expect(kept('nvidia/cudnn/include/cudnn.h')).toBe(null);
    expect(kept('nvidia/__init__.py')).toBe(null);
    expect(kept('nvidia_nccl_cu12-2.dist-info/RECORD')).toBe(null);
    expect(kept('nvidia_nccl_cu12-2.dist-info/licenses/License.txt')).toBe(
      'licences/nvidia_nccl_cu12-2/License.txt',
    );
  });
});

describe('what is told first', () => {
  it('is how much is fetched, unpacked and needed', () => {
    const { words, room } = gpuPlan([]);
    expect(words).toBe(
      'TensorFlow for the GPU: 13 wheels of 3.4 GB are fetched through pip; unpacked they take 5.7 GB. Until it is done the disk needs 9.3 GB.',
    );
    expect(room).toBeGreaterThan(9.05e9);
  });

  it('is less where an earlier try has left wheels', () => {
    const { words, room } = gpuPlan(GPU_WHEELS.slice(0, 2));
    expect(words).toContain('13 wheels of 3.4 GB are fetched through pip (2.2 GB are left);');
    expect(gpuPlan([]).room - room).toBe(GPU_WHEELS[0]!.bytes + GPU_WHEELS[1]!.bytes);
  });

  it('is refused where the disk has no room for it', () => {
    expect(() => checkRoom(9e9, 9e9, '/cache')).not.toThrow();
    expect(() => checkRoom(9.3e9, 4e9, '/cache')).toThrow(
      new SetUpProblem(
        'TensorFlow for the GPU needs 9.3 GB on the disk of /cache, where 4.0 GB are free; make room, or name a folder elsewhere in XDG_CACHE_HOME, and run "npm run setup -- --gpu" again.',
      ),
    );
  });
});

describe('a wheel', () => {
  const content = 'a wheel';
  const wheel = {
    project: 'some-wheel',
    version: '1.0',
    file: 'some_wheel-1.0-py3-none-manylinux_2_27_x86_64.whl',
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: content.length,
  };
  let folder: string;
  beforeEach(() => void (folder = fs.mkdtempSync(join(tmpdir(), 'wheel-test-'))));
  afterEach(() => {
    vi.unstubAllEnvs();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  /** A `python3` whose pip does what a shell script says. */
  function pipThat(script: string): void {
    const bin = join(folder, 'bin');
    fs.mkdirSync(bin);
    fs.writeFileSync(join(bin, 'python3'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    vi.stubEnv('PATH', `${bin}${delimiter}${process.env['PATH']}`);
  }
  const place = () => join(folder, 'wheel');
  const fetched = () => fetchWheel(wheel, place(), 'npm run setup -- --gpu');

  it('is fetched, and used as it is the next time', async () => {
    pipThat(`printf '%s' '${content}' > '${join(place(), wheel.file)}'`);
    expect(await fetched()).toBe(join(place(), wheel.file));
    fs.writeFileSync(join(folder, 'bin', 'python3'), '#!/bin/sh\nexit 1\n');
    expect(fs.readFileSync(await fetched(), 'utf8')).toBe(content);
  });

  it('is fetched again where it was cut short', async () => {
    fs.mkdirSync(place());
    fs.writeFileSync(join(place(), wheel.file), content.slice(0, 3));
    pipThat(`printf '%s' '${content}' > '${join(place(), wheel.file)}'`);
    expect(fs.readFileSync(await fetched(), 'utf8')).toBe(content);
  });

  it('is refused and deleted where it is another', async () => {
    pipThat(`printf another > '${join(place(), wheel.file)}'`);
    await expect(fetched()).rejects.toThrow(
      `TensorFlow: ${wheel.file} is not the file that was expected (sha256 differs) and was deleted; run "npm run setup -- --gpu" again.`,
    );
    expect(fs.existsSync(place())).toBe(false);
  });

  it('that pip cannot fetch is told in one sentence, with its words', async () => {
    pipThat('echo no such project >&2; exit 1');
    await expect(fetched()).rejects.toThrow(
      'TensorFlow: pip could not fetch some-wheel 1.0; see its words below, then run "npm run setup -- --gpu" again.\nno such project',
    );
    expect(fs.existsSync(place())).toBe(false);
  });
});
