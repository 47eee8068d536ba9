/** Archives of runs as a stranger could make them: each with a list that fits, and one thing wrong. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { unzipSync, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { sealed } from '../../../core/disk/sealed.ts';

/** The files of a run by their paths inside it. */
export type RunFiles = Record<string, Uint8Array>;

/** An entry of a zip that is made by hand. */
export interface Forged {
  name: string;
  bytes: Uint8Array;
  /** Mode of Unix, such as that of a link. */
  mode?: number;
  pack?: boolean;
}

/** The files of an archive's run, its list left out. */
export function filesOf(archive: string): RunFiles {
  const all = Object.entries(unzipSync(readFileSync(archive)));
  return Object.fromEntries(
    all
      .map(([name, bytes]) => [name.slice(name.indexOf('/') + 1), bytes] as const)
      .filter(([name]) => name !== 'manifest.json'),
  );
}

/** A list as a lab writes it, with whatever a stranger would rather have in it. */
export function listOf(files: RunFiles, changes: object = {}): Uint8Array {
  const list = {
    kind: 'label-noise-lab-run',
    version: 1,
    madeBy: '0.1.0',
    id: 'run',
    weights: true,
    files: Object.entries(files).map(([path, bytes]) => ({
      path,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
    ...changes,
  };
  return Buffer.from(JSON.stringify(sealed(list)));
}

/** The entries of an archive of these files. */
export function entriesFor(files: RunFiles, list = listOf(files), top = 'run'): Forged[] {
  const all = Object.entries({ ...files, 'manifest.json': list });
  return all.map(([path, bytes]) => ({ name: `${top}/${path}`, bytes }));
}

/** A zip of entries, whatever they are called and however often. */
export function zipOf(entries: readonly Forged[]): Buffer {
  const made: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    made.push(piece);
  });
  for (const { name, bytes, mode, pack = false } of entries) {
    const entry = pack ? new ZipDeflate(name, { level: 9 }) : new ZipPassThrough(name);
    if (mode !== undefined) Object.assign(entry, { os: 3, attrs: mode << 16 });
    zip.add(entry);
    entry.push(bytes, true);
  }
  zip.end();
  return Buffer.concat(made);
}
