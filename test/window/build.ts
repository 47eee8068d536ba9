/** Builds the window on its fake core, once for all files of the suite. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PluginOption } from 'vite';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

export const CONFIG = join(import.meta.dirname, 'vite.config.ts');

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the built window. */
    windowBuild: string;
  }
}

/** Builds it into a new folder. @param plugins that change what is built */
export async function buildWindow(plugins: PluginOption[] = []): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'label-noise-lab-window-'));
  await build({ configFile: CONFIG, plugins, logLevel: 'error', build: { outDir } });
  return outDir;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outDir = await buildWindow();
  project.provide('windowBuild', outDir);
  return () => rm(outDir, { recursive: true, force: true });
}
