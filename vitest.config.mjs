// @ts-check
import { defineConfig } from 'vitest/config';
import { bundledForVite } from './build/bundled.mjs';

// Texts are expected in English, whatever the machine speaks.
process.env.LC_ALL = 'C.UTF-8';

/** What is waited for may take a while on a busy machine; of the suites with pages and windows. */
const patient = { poll: { timeout: 30_000 } };

/** Suites that share a machine's cores or a display run one file after the other. */
const serial = { fileParallelism: false, pool: /** @type {const} */ ('forks') };

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        plugins: [bundledForVite()],
        // A test that hangs is ended; none is failed for a machine that is busy with other things.
        test: {
          name: 'unit',
          setupFiles: ['test/word-errors.ts'],
          include: ['test/unit/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [bundledForVite()],
        test: {
          name: 'native',
          setupFiles: ['test/word-errors.ts'],
          include: ['test/native/**/*.test.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [bundledForVite()],
        // Needs a real Slurm, so no part of `npm test`: `npm run prove -- slurm`.
        test: {
          name: 'slurm',
          setupFiles: ['test/word-errors.ts'],
          include: ['test/slurm/**/*.test.ts'],
          ...serial,
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'window',
          expect: patient,
          include: ['test/window/**/*.test.ts'],
          globalSetup: ['test/window/build.ts'],
          // Each file has a browser and a server of its own; one of them keeps about one core busy.
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: ['test/package/build.ts'],
          ...serial,
        },
      },
      {
        test: {
          name: 'e2e',
          expect: patient,
          setupFiles: ['test/word-errors.ts'],
          include: ['test/e2e/**/*.test.ts'],
          ...serial,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
