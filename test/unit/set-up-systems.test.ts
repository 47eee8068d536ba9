/** Set-up on systems that are not at hand: what it would run and fetch there, to the last argument. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bindingGyp } from '../../build/setup/binding-gyp.mjs';
import { npmCall } from '../../build/setup/dependencies.mjs';
import {
  FONT,
  NEEDS,
  PIP,
  hasCandidate,
  installCommand,
  namesOf,
} from '../../build/setup/system-names.mjs';
import { libraryFor } from '../../build/setup/tensorflow-wheels.mjs';
import { pipArguments, python } from '../../build/setup/wheel.mjs';

describe('npm', () => {
  const windows = join('C:', 'node');
  const ofWindows = join(windows, 'node_modules', 'npm', 'bin', 'npm-cli.js');

  it("is its own script, run by this Node, where Node's folder has it", () => {
    const node = join(windows, 'node.exe');
    const call = npmCall(['ci'], { env: {}, node, isThere: (path) => path === ofWindows });
    expect(call).toEqual([node, [ofWindows, 'ci']]);
  });

  it('is the one that runs us, before all', () => {
    const env = { npm_execpath: '/n/npm-cli.js' };
    expect(npmCall(['pack', 'x'], { env, node: '/b/node', isThere: () => true })).toEqual([
      '/b/node',
      ['/n/npm-cli.js', 'pack', 'x'],
    ]);
    const yarn = npmCall(['ci'], {
      env: { npm_execpath: '/y/yarn.js' },
      node: '/b/node',
      isThere: () => false,
    });
    expect(yarn).toEqual(['npm', ['ci']]);
  });
});

describe('TensorFlow', () => {
  it.each([
    ['linux', 'x64', 'tensorflow-cpu==2.21.0', ['manylinux_2_27_x86_64']],
    ['linux', 'arm64', 'tensorflow==2.21.0', ['manylinux_2_27_aarch64']],
    ['darwin', 'arm64', 'tensorflow==2.21.0', ['macosx_12_0_arm64']],
    ['win32', 'x64', 'tensorflow==2.21.0', ['win_amd64']],
  ])('on %s %s comes as a pinned wheel', (platform, arch, project, platforms) => {
    const found = libraryFor(platform, arch)!;
    const asked = pipArguments(found.wheel, 'folder');
    expect(asked).toEqual([
      ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir'],
      ...platforms.flatMap((one) => ['--platform', one]),
      ...['--python-version', '311', '--implementation', 'cp', '--abi', 'cp311'],
      ...['-d', 'folder', project],
    ]);
    expect(found.wheel.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(found.files).length).toBe(2);
  });

  it('has none elsewhere', () => {
    expect(libraryFor('darwin', 'x64')).toBeNull();
    expect(libraryFor('win32', 'arm64')).toBeNull();
  });

  it('is fetched by the Python of the system', () => {
    expect([python('win32'), python('darwin')]).toEqual(['python', 'python3']);
  });

  it('is linked by names that are in the library folder', () => {
    for (const [platform, arch] of [
      ['linux', 'arm64'],
      ['darwin', 'arm64'],
      ['win32', 'x64'],
    ] as const) {
      const { files, links } = libraryFor(platform, arch)!;
      const there = [...Object.values(files), ...Object.keys(links)];
      const [target] = bindingGyp(platform).targets as { libraries?: string[] }[];
      for (const library of target!.libraries!) {
        const name = /deps\/lib\/([^/]+)$/.exec(library)?.[1];
        const short = /^-l(.+)$/.exec(library)?.[1];
        if (name !== undefined && !library.startsWith('-Wl')) expect(there).toContain(name);
        if (short !== undefined) expect(there).toContain(`lib${short}.so`);
      }
    }
  });

  it('is found beside the binding on macOS, and keeps the define of Node-API on Windows', () => {
    expect(bindingGyp('darwin').targets[0]).toMatchObject({
      xcode_settings: { OTHER_LDFLAGS: ['-Wl,-rpath,@loader_path/../../deps/lib'] },
    });
    expect(bindingGyp('win32').targets[0]).toMatchObject({
      defines: ['COMPILER_MSVC', 'NAPI_VERSION=<(napi_build_version)'],
    });
  });
});

describe('system packages', () => {
  const window = NEEDS.slice(0, 3);

  it('have the name that apt has a candidate for', () => {
    const trixie = new Set(['libgtk-3-0t64', 'libasound2t64', 'libnss3']);
    expect(namesOf(window, 'apt', (name) => trixie.has(name))).toEqual([
      ...['libgtk-3-0t64', 'libnss3', 'libasound2t64'],
    ]);
    expect(namesOf(window, 'apt', () => true)).toEqual(['libgtk-3-0', 'libnss3', 'libasound2']);
  });

  it('are no names that only others provide', () => {
    expect(hasCandidate('libasound2:\n  Installed: (none)\n  Candidate: (none)\n')).toBe(false);
    expect(hasCandidate('')).toBe(false);
    expect(hasCandidate('gtk:\n  Installed: (none)\n  Candidate: 3.24-1\n')).toBe(true);
  });

  it.each([
    ['dnf', 'dnf install -y gtk3 nss alsa-lib python3-pip dejavu-sans-fonts'],
    ['pacman', 'pacman -S --needed --noconfirm gtk3 nss alsa-lib python-pip ttf-dejavu'],
    ['zypper', 'zypper install -y libgtk-3-0 mozilla-nss libasound2 python3-pip dejavu-fonts'],
    [
      'apt',
      'apt-get install -y --no-install-recommends libgtk-3-0 libnss3 libasound2 python3-pip fonts-dejavu-core',
    ],
  ] as const)('%s gets its own command', (manager, command) => {
    const names = namesOf([...window, PIP, FONT], manager, () => true);
    expect(installCommand(manager, names)).toBe(command);
  });
});
