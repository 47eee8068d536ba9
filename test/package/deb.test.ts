/** The Debian package, read without Debian's tools: an `ar` archive of two archives of tar. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { decompress } from 'fzstd';
import tar from 'tar-stream';
import { expect, test } from 'vitest';
import { wrongSums } from '../../build/package/sums.mjs';

/** The files of an `ar` archive. */
function unpackAr(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 8; at + 60 <= bytes.length;) {
    const name = bytes.toString('latin1', at, at + 16).replace(/[ /]+$/, '');
    const size = Number(bytes.toString('latin1', at + 48, at + 58));
    files.set(name, bytes.subarray(at + 60, at + 60 + size));
    at += 60 + size + (size % 2);
  }
  return files;
}

async function unpackTar(bytes: Uint8Array): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const extract = tar.extract();
  extract.end(bytes);
  for await (const entry of extract) {
    files.set(entry.header.name.replace(/^\.\//, ''), await text(entry));
  }
  return files;
}

const debs = readdirSync('release').filter((name) => name.endsWith('.deb'));

// Linux x64 makes it; elsewhere the suite's set-up makes none.
test.runIf(process.platform === 'linux' && process.arch === 'x64')('is complete', async () => {
  expect(debs).toHaveLength(1);
  const parts = unpackAr(readFileSync(join('release', debs[0]!)));
  const [name, packed] = [...parts].find(([part]) => part.startsWith('control.tar'))!;
  const control = await unpackTar(name.endsWith('.gz') ? gunzipSync(packed) : decompress(packed));
  const about = control.get('control')!;
  expect(about).toContain('Package: label-noise-lab\n');
  expect(about).toContain('libgtk-3-0 | libgtk-3-0t64');
  expect(control.get('postinst')).toContain('chrome-sandbox');
  expect(control.get('postrm')).toContain('apparmor_parser --remove');
  const paths = control
    .get('md5sums')!
    .replace(/^\S+ +/gm, '')
    .trim()
    .split('\n');
  const app = 'opt/label-noise-lab';
  expect(paths).toEqual(
    expect.arrayContaining([
      `${app}/label-noise-lab`,
      `${app}/bin/label-noise-lab`,
      `${app}/resources/app.asar`,
      `${app}/sbom.cdx.json`,
      'usr/share/applications/label-noise-lab.desktop',
      'usr/share/mime/packages/label-noise-lab.xml',
      'usr/share/icons/hicolor/scalable/apps/label-noise-lab.svg',
    ]),
  );
  expect(await wrongSums('release')).toEqual([]);
});
