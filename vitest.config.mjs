// @ts-check
import { defineConfig } from 'vitest/config';
import { bundledForVite } from './build/bundled.mjs';

// Texts are expected in English, whatever the machine speaks.
process.env.LC_ALL = 'C.UTF-8';

/** What is waited for may take a while on a busy machine; of the suites with pages and windows. */
const patient = { poll: { timeout: 30_000 } };

/** Each file keeps about one core busy, in processes, servers and folders of its own. */
const two = { pool: /** @type {const} */ ('forks'), maxWorkers: 2 };

/** Suites of which each file takes the whole machine. */
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
          // Reading the same modules again for each file takes longer than the tests.
          isolate: false,
          ...two,
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
          ...two,
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
          ...two,
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
          // Two at a time where each has a display of its own (`build/test.mjs`, `test/e2e/lab.ts`).
          ...(process.env.LAB_DISPLAYS ? two : serial),
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
