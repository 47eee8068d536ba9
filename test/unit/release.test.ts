/** A release: what stands against one, by a source that is right and changes to it, one at a time. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeSums } from '../../build/package/sums.mjs';
import { artifactFaults, sourceFaults } from '../../build/release/checks.mjs';

const right = {
  version: '1.2.0',
  lockVersion: '1.2.0',
  citation: 'title: Lab\nversion: 1.2.0\ndate-released: 2026-12-01\n',
  changelog:
    '# Changelog\n\n## Unreleased\n\n## 1.2.0 (2026-12-01)\n\n- One.\n\n## 1.1.0 (2026-11-01)\n\n- Zero.\n',
  status: '',
  head: 'abc',
  tagged: null,
  isDevelopmentHost: false,
};

describe('the source of a release', () => {
  it('may be released, tagged or not yet', () => {
    expect(sourceFaults(right)).toEqual([]);
    expect(sourceFaults({ ...right, tagged: 'abc' })).toEqual([]);
  });

  it.each([
    [{ version: '1.2' }, 'no version of three numbers'],
    [{ lockVersion: '1.1.0' }, 'package-lock.json is of 1.1.0'],
    [{ citation: right.citation.replace('1.2.0', '1.1.0') }, 'CITATION.cff names version 1.1.0'],
    [{ citation: right.citation.replace('12-01', '12-02') }, 'it must be 2026-12-01'],
    [{ changelog: right.changelog.replace(' (2026-12-01)', '') }, 'there is no section'],
    [{ changelog: right.changelog.replace('- One.', '') }, 'says nothing'],
    [
      { changelog: right.changelog.replace('Unreleased\n', 'Unreleased\n\n- Two.\n') },
      'unreleased',
    ],
    [{ status: ' M README.md\n' }, 'not committed'],
    [{ tagged: 'def' }, 'on another commit'],
    [{ isDevelopmentHost: true }, 'never released'],
  ])('%j stands against it', (change, words) => {
    expect(sourceFaults({ ...right, ...change }).join('\n')).toContain(words);
  });
});

describe('what was made', () => {
  let folder: string;
  let papers: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-release-'));
    papers = join(folder, 'app');
    mkdirSync(papers);
    for (const name of ['LICENSE.txt', 'THIRD-PARTY-NOTICES.txt', 'sbom.cdx.json']) {
      writeFileSync(join(papers, name), 'x');
    }
    writeFileSync(join(folder, 'lab_1.2.0.deb'), 'deb');
    const sbom = { metadata: { component: { version: '1.2.0' } } };
    writeFileSync(join(folder, 'lab-1.2.0.cdx.json'), JSON.stringify(sbom));
    await writeSums(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const faults = (targets: string[], version = '1.2.0') =>
    artifactFaults(folder, papers, targets, version);

  it('is whole', async () => expect(await faults(['deb'])).toEqual([]));

  it('is refused where a package, a paper, a sum or the version is wrong', async () => {
    expect(await faults(['deb', 'rpm'])).toEqual(['rpm was not made.']);
    expect((await faults(['deb'], '1.3.0')).join()).toContain(
      'lab_1.2.0.deb is of another version',
    );
    rmSync(join(papers, 'LICENSE.txt'));
    writeFileSync(join(folder, 'lab_1.2.0.deb'), 'other');
    expect(await faults(['deb'])).toEqual([
      expect.stringContaining('LICENSE.txt is missing'),
      'lab_1.2.0.deb does not agree with SHA256SUMS.',
    ]);
  });
});
