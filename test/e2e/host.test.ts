/** What the page may not do, and what becomes of a second start and of a core that dies. */
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, environment, openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

let lab: OpenLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

/** The core's process, found by the name that the main process gave it. */
async function corePid(): Promise<number> {
  const find = (): Promise<number | undefined> =>
    lab.app.evaluate(
      ({ app }) => app.getAppMetrics().find((one) => one.name === 'Label Noise Lab core')?.pid,
    );
  await expect.poll(find, { timeout: 20_000 }).toBeTypeOf('number');
  return (await find()) as number;
}

describe('the page', () => {
  it('is served with a policy that allows nothing inline and nothing remote', async () => {
    const policy = await lab.page.evaluate(async () => {
      const response = await fetch(location.href);
      return response.headers.get('content-security-policy');
    });
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
  });

  it('runs no inline script', async () => {
    const ran = await lab.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      return 'inlineRan' in window;
    });
    expect(ran).toBe(false);
  });

  it('sees nothing of Node and three functions of ours', async () => {
    const seen = await lab.page.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
      lab: Object.keys(window.lab).sort(),
    }));
    expect(seen).toEqual({ node: [], lab: ['onEvent', 'pathForFile', 'request'] });
  });

  it('opens no window and goes nowhere else', async () => {
    const before = lab.page.url();
    const opened = await lab.page.evaluate(() => window.open('about:blank') !== null);
    await lab.page.evaluate(() => void (location.href = 'https://example.invalid/'));
    await lab.page.waitForTimeout(300);
    expect(opened).toBe(false);
    expect(lab.page.url()).toBe(before);
    expect(lab.app.windows()).toHaveLength(1);
  });

  it('reaches no server, nor does anything else in its session', async () => {
    let visits = 0;
    const server = createServer((_request, response) => {
      visits++;
      response.end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const fromPage = lab.page.evaluate((url) => fetch(url).then(String), address);
    await expect(fromPage).rejects.toThrow();
    const fromSession = lab.app.evaluate(
      ({ session }, url) => session.defaultSession.fetch(url).then(String),
      address,
    );
    await expect(fromSession).rejects.toThrow();
    server.close();
    expect(visits).toBe(0);
  });

  it('is granted no permission', async () => {
    const states = await lab.page.evaluate(async () => ({
      notifications: await Notification.requestPermission(),
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(String, String),
      place: (await navigator.permissions.query({ name: 'geolocation' })).state,
    }));
    expect(states.notifications).toBe('denied');
    expect(states.camera).toMatch(/NotAllowedError|NotFoundError/);
    expect(states.place).toBe('denied');
  });

  it.each(['..%2f..%2fpackage.json', '%2e%2e/%2e%2e/package.json', '..%5c..%5cpackage.json'])(
    'cannot read files outside its folder (%s)',
    async (path) => {
      const status = await lab.page.evaluate(
        (name) => fetch(`app://lab/${name}`).then((response) => response.status),
        path,
      );
      expect(status).toBeGreaterThanOrEqual(403);
    },
  );

  it('is told in one sentence what is wrong with a request', async () => {
    const request = lab.page.evaluate(() =>
      (window.lab.request as (...args: unknown[]) => Promise<unknown>)('run.open', {
        id: '../elsewhere',
      }),
    );
    await expect(request).rejects.toThrow(/id: a run id/);
  });
});

describe('a second start on the same runs folder', () => {
  it('says so, ends well, and leaves the first alone', async () => {
    const { executable, args } = command(lab.runs);
    const second = spawnSync(executable, args, {
      env: environment(dirname(lab.runs)),
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect(second.status).toBe(0);
    expect(second.stderr).toContain('is open on');
    expect(lab.app.windows()).toHaveLength(1);
  });
});

describe('a core that dies', () => {
  it('is started again, and the window hears of it', async () => {
    await lab.request('core.info', {});
    const crashed = lab.nextEvent('core.crashed');
    process.kill(await corePid(), 'SIGKILL');
    expect(await crashed).toMatchObject({ id: null, message: expect.stringContaining('again') });
    expect((await lab.request('core.info', {})).runsFolder).toBe(lab.runs);
  });

  it('while training, names the run, which is kept as interrupted', async () => {
    const { presets } = await lab.request('core.info', {});
    const config = presets[0]?.config;
    if (!config) throw new Error('There is no preset.');
    const first = lab.nextEvent('run.epoch');
    const { id } = await lab.request('run.start', { config });
    await first;
    const crashed = lab.nextEvent('core.crashed');
    process.kill(await corePid(), 'SIGKILL');
    expect(await crashed).toMatchObject({ id, message: expect.stringContaining('resumed') });
    const { rows } = await lab.request('runs.list', {});
    expect(rows.find((row) => row.id === id)?.status).toBe('interrupted');
  });
});
