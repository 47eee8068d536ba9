import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readState, writeState } from '../../../electron/state.ts';
import type { WindowMemory } from '../../../electron/state.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lab-state-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('what the window remembers', () => {
  it('comes back as it was written', () => {
    const path = join(folder, 'deeper', 'window.json');
    const bounds = { x: 1, y: 2, width: 1200, height: 800 };
    const state: WindowMemory = { theme: 'dark', language: 'he', bounds, maximized: true };
    writeState(path, state);
    expect(readState(path)).toEqual(state);
  });

  it.each(['', '{', '{"theme":"pink"}', '[]', '{"bounds":{"x":"left"}}'])(
    'is the usual where the file holds %j',
    (text) => {
      const path = join(folder, 'window.json');
      writeFileSync(path, text);
      expect(readState(path)).toMatchObject({
        theme: 'system',
        language: 'system',
        maximized: false,
      });
    },
  );

  it('is not worth a crash where the disk takes nothing', () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'in the way');
    expect(() => writeState(join(file, 'window.json'), readState(''))).not.toThrow();
    expect(readFileSync(file, 'utf8')).toBe('in the way');
  });
});
