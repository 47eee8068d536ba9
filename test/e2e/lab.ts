/** Opens the real app for a test, on a runs folder and a profile of its own. */
import type { Answer } from '../../renderer/state/bridge.ts';
import { InputError } from '../../core/contract/words/errors.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron } from 'playwright';
import type { ElectronApplication, Page } from 'playwright';
import type {} from '../../renderer/state/bridge.ts';
import type { PageMethod, Params, Result } from '../../core/contract/messages/messages.ts';
import type { LabEvent } from '../../core/contract/messages/events.ts';

/** An open lab. */
export interface OpenLab {
  app: ElectronApplication;
  page: Page;
  /** Its runs folder. */
  runs: string;
  /** Asks through the page's own bridge. */
  request<M extends PageMethod>(method: M, params: Params<M>): Promise<Result<M>>;
  /** The first event from now on that has this name. */
  nextEvent<E extends LabEvent['event']>(name: E): Promise<Extract<LabEvent, { event: E }>>;
  /** Closes it and deletes what it wrote. */
  close(): Promise<void>;
}

/** The executable and the arguments that open the lab on a runs folder. */
export function command(runs: string): { executable: string; args: string[] } {
  const executable = process.env['LAB_ELECTRON'];
  if (!executable) throw new Error('LAB_ELECTRON is not set; run "npm test -- e2e".');
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executable, args: ['--log-level=3', ...root, resolve('.'), '--runs', runs] };
}

/** The virtual display of this worker, where `npm test` started one for each. */
function ownDisplay(): { DISPLAY?: string } {
  const displays = process.env['LAB_DISPLAYS']?.split(' ').filter(Boolean) ?? [];
  const own = displays[(Number(process.env['VITEST_POOL_ID']) - 1) % displays.length];
  return own === undefined ? {} : { DISPLAY: own };
}

/** The environment of a lab whose settings lie in `folder`. */
export function environment(folder: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter((pair): pair is [string, string] =>
    Boolean(pair[1]),
  );
  return {
    ...Object.fromEntries(inherited),
    XDG_CONFIG_HOME: folder,
    LAB_E2E: '1',
    LANGUAGE: 'en',
    ...ownDisplay(),
  };
}

/**
 * Opens the lab and waits for its page.
 * @param env more of the environment
 * @param folder of runs and settings, where they are not new
 * @param cwd the working folder, where it matters
 */
export async function openLab(
  env: Record<string, string> = {},
  folder = mkdtempSync(join(tmpdir(), 'label-noise-lab-')),
  cwd = process.cwd(),
): Promise<OpenLab> {
  const runs = join(folder, 'runs');
  const { executable, args } = command(runs);
  const app = await _electron.launch({
    executablePath: executable,
    args,
    cwd,
    env: { ...environment(folder), ...env },
  });
  const page = await app.firstWindow();
  await page.waitForLoadState('load');
  return {
    app,
    page,
    runs,
    async request<M extends PageMethod>(method: M, params: Params<M>) {
      const answer = (await page.evaluate(
        ([name, given]) => window.lab.request(name as never, given as never),
        [method, params] as unknown[],
      )) as Answer<M>;
      if ('error' in answer) throw new InputError(answer.error);
      return answer.result;
    },
    nextEvent: (name) =>
      page.evaluate(
        (wanted) =>
          new Promise((found) => {
            const stop = window.lab.onEvent((event) => {
              if (event.event !== wanted) return;
              stop();
              found(event);
            });
          }),
        name,
      ) as Promise<unknown> as Promise<never>,
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
