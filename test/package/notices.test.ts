/**
 * The packaged folder says what it is made of. Which packages are inlined is found here by source
 * maps, not by what the notices were made from.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as asar from '@electron/asar';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { packagedFolder } from './packaged.ts';

interface About {
  name: string;
  version: string;
}

interface Component extends About {
  group?: string;
  purl: string;
  licenses?: unknown[];
}

const folder = packagedFolder();
const application = join(folder, 'resources', 'app.asar');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const notices = read('THIRD-PARTY-NOTICES.txt');
const sbom = JSON.parse(read('sbom.cdx.json')) as { components: Component[] };

const idOf = ({ name, version }: About) => `${name} ${version}`;
const aboutIn = (place: string) =>
  JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as About;

/** The section of one package, from its line to the next rule. */
function sectionOf(text: string, id: string): string | null {
  const from = text.indexOf(`\n${'='.repeat(80)}\n${id}\n`);
  if (from < 0) return null;
  const end = text.indexOf(`\n${'='.repeat(80)}\n`, from + 1);
  return text.slice(from, end);
}

/** Whether a section holds a licence: a text of some length, or a standard one at the end. */
function hasLicence(text: string, id: string): boolean {
  const section = sectionOf(text, id);
  if (section === null) return false;
  const named = /^Standard texts at the end: (.+)$/m.exec(section)?.[1]?.split(', ') ?? [];
  const standard = named.map((name) => text.split(`\nStandard text: ${name}\n`)[1] ?? '');
  const own = section.split('\n--- ').slice(1).join('');
  const isLicence = (words: string) =>
    words.length > 300 && /licen[cs]e|permission|copyright/i.test(words);
  return named.length > 0 ? standard.every(isLicence) : isLicence(own);
}

/** Packages whose code source maps name. */
function packagesOf(maps: readonly string[]): About[] {
  const folders = maps.flatMap((map) => {
    const { sources } = JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] };
    const files = sources.map((source) => resolve(dirname(map), source));
    return files.flatMap((f) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(f)?.[0] ?? []);
  });
  return [...new Set(folders)].map((place) => aboutIn(existsSync(place) ? place : hoisted(place)));
}

/** Some packages are bundles themselves, whose maps name places on their makers' disks. */
const hoisted = (place: string) => join('node_modules', place.split('/node_modules/').at(-1)!);

const mapsIn = (place: string) =>
  readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.map'))
    .map((name) => join(place, name));

/** Packages in the bundles: by their own maps, and by those of the parts that are made without. */
async function inlined(): Promise<About[]> {
  const beside = mkdtempSync(join('.setup', 'maps-'));
  try {
    await vite({
      root: 'renderer',
      configFile: 'renderer/vite.config.ts',
      logLevel: 'error',
      build: { outDir: resolve(beside, 'renderer'), sourcemap: true },
    });
    const thread = 'core/data/parquet/worker.ts';
    const outfile = join(beside, 'thread.cjs');
    await esbuild({
      entryPoints: [thread],
      outfile,
      bundle: true,
      platform: 'node',
      sourcemap: true,
    });
    return packagesOf([...mapsIn('dist/core'), ...mapsIn('dist/electron'), ...mapsIn(beside)]);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

const inPackage = asar
  .listPackage(application, { isPack: false })
  .map((path) => path.replace(/^[\\/]/, '').replaceAll('\\', '/'));

/** Packages that the application carries as they are. */
const carried = inPackage
  .filter((path) => /(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path))
  .map((path) => JSON.parse(String(asar.extractFile(application, path))) as About);

let inBundles: About[];
beforeAll(async () => void (inBundles = await inlined()), 60_000);

describe('the notices', () => {
  it('hold a licence of every package in the bundles', () => {
    expect(inBundles.length).toBeGreaterThan(60);
    expect(inBundles.map(idOf)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^svelte /)]),
    );
    expect(inBundles.map(idOf).filter((id) => !hasLicence(notices, id))).toEqual([]);
  });

  it('are missed where one is taken away', () => {
    for (const id of inBundles.map(idOf)) {
      const section = sectionOf(notices, id)!;
      expect(hasLicence(notices.replace(section, ''), id), id).toBe(false);
      const heading = section.slice(0, section.indexOf('\n--- '));
      if (!heading.includes('Standard texts')) {
        expect(hasLicence(notices.replace(section, heading), id), id).toBe(false);
      }
    }
  });

  it('hold a licence of every package that is carried', () => {
    expect(carried.length).toBeGreaterThan(20);
    expect(carried.map(idOf).filter((id) => !hasLicence(notices, id))).toEqual([]);
  });

  it('hold whatever licence file such a package has, word for word', () => {
    const folders = readdirSync('node_modules', { recursive: true, encoding: 'utf8' })
      .filter((name) => /(^|\/)(@[^/]+\/)?[^/]+\/licen[cs]e(\.(md|txt))?$/i.test(name))
      .map((name) => join('node_modules', name));
    const wanted = new Set([...inBundles, ...carried].map(idOf));
    let seen = 0;
    for (const path of folders) {
      const about = /node_modules\/(@[^/]+\/)?[^/]+\/[^/]+$/.test(path) && aboutIn(dirname(path));
      if (!about || !wanted.has(idOf(about)) || !statSync(path).isFile()) continue;
      expect(notices.includes(readFileSync(path, 'utf8').trim()), path).toBe(true);
      seen++;
    }
    expect(seen).toBeGreaterThan(60);
  });

  it("hold TensorFlow's licence and notices, and sharp's libraries", () => {
    const include = 'node_modules/@tensorflow/tfjs-node/deps/include';
    for (const name of ['LICENSE', 'THIRD_PARTY_NOTICES.txt']) {
      expect(notices.includes(readFileSync(join(include, name), 'utf8').trim()), name).toBe(true);
    }
    for (const name of ['libvips', 'glib', 'resvg', 'KaTeX fonts']) {
      const version = new RegExp(`^${name} (\\S+)$`, 'm').exec(notices)?.[1];
      expect(version, name).toMatch(/^\d/);
      expect(hasLicence(notices, `${name} ${version}`), name).toBe(true);
    }
  });

  it('stand beside the licences of the application, of Electron and of Chromium', () => {
    expect(read('LICENSE.txt')).toBe(readFileSync('LICENSE', 'utf8'));
    expect(read('LICENSE.electron.txt')).toContain('Electron contributors');
    const chromium = gunzipSync(readFileSync(join(folder, 'LICENSES.chromium.html.gz')));
    expect(chromium.length).toBeGreaterThan(1e6);
  });

  it('tell where every font and every WebAssembly in the bundles is from', () => {
    const files = inPackage.filter((path) => /^dist\/.*\.(ttf|woff2?|wasm|node)$/.test(path));
    expect(files.length).toBeGreaterThan(20);
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    const known = new Map<string, string>();
    for (const { name } of inBundles.concat(aboutsOfFonts())) {
      for (const path of assetsOf(join('node_modules', name))) {
        known.set(hash(readFileSync(path)), idOf(aboutIn(join('node_modules', name))));
      }
    }
    for (const path of files) {
      const id = known.get(hash(asar.extractFile(application, path)));
      expect(id && hasLicence(notices, id), path).toBe(true);
    }
  });
});

/** Packages that no source map names, since they have no code. */
const aboutsOfFonts = () => [aboutIn('node_modules/dejavu-fonts-ttf')];

function assetsOf(place: string): string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ttf|woff2?|wasm|node)$/.test(name))
    .map((name) => join(place, name));
}

describe('the bill of materials', () => {
  it('is valid CycloneDX', async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(read('sbom.cdx.json'))).toBeNull();
    const broken = read('sbom.cdx.json').replace('"type": "library"', '"type": "something"');
    expect(await validator.validate(broken)).not.toBeNull();
  });

  it('lists what ships, and nothing that only builds or tests', () => {
    const packages = sbom.components
      .filter(({ purl }) => purl.startsWith('pkg:npm/'))
      .map(({ group, name, version }) => `${group ? `${group}/` : ''}${name} ${version}`);
    const ships = [...inBundles, ...carried, ...aboutsOfFonts()].map(idOf);
    expect(ships.filter((id) => !packages.includes(id))).toEqual([]);
    // Vite puts a few lines of its own into what it makes.
    const known = new Set([...ships, idOf(aboutIn('node_modules/vite'))]);
    expect(packages.filter((id) => !known.has(id))).toEqual([]);
  });

  it('has TensorFlow, Electron and the libraries, each with a licence', () => {
    const names = sbom.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['tensorflow', 'electron', 'libvips', 'glib']));
    expect(sbom.components.filter(({ licenses }) => !licenses?.length)).toEqual([]);
    expect(sbom.components.length).toBe(notices.split('\nLicence: ').length - 1);
  });
});
