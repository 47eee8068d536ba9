/**
 * What the page may not do: Electron's security checklist, point by point, in the real app (by their
 * numbers in Electron's documentation). Its point 16, a current Electron, is for package.json; 19,
 * fuses, for the test of the package; what goes beyond it is in network.test.ts and hostile.test.ts.
 */
import type { Phrase } from '../../core/contract/words/phrase.ts';
import { said } from '../unit/said.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab } from './lab.ts';
import type { OpenLab } from './lab.ts';

let lab: OpenLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

const PAGE = 'app://lab/index.html';

/** What the window was made with, as Electron took it. */
const preferences = (): Promise<Record<string, unknown>> =>
  lab.app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const read = webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    return JSON.parse(JSON.stringify(read.getLastWebPreferences())) as Record<string, unknown>;
  });

/** Sends the page elsewhere, and waits until it is whole. @returns where it is then */
async function after(go: (target: string) => void, target: string): Promise<string> {
  const { page } = lab;
  await page.evaluate(go, target).catch(() => undefined);
  // Coming back takes a moment; a page that stayed has nothing to come back from.
  await page.waitForTimeout(300);
  const isWhole = () => page.evaluate(() => document.querySelector('nav button') !== null);
  await expect.poll(() => isWhole().catch(() => false)).toBe(true);
  expect((await lab.request('core.info', {})).runsFolder).toBe(lab.runs);
  return page.url();
}

describe('Electron’s checklist', () => {
  it('1, 18: only content of its own, by a scheme of its own', async () => {
    expect(lab.page.url()).toBe(PAGE);
    const from = await lab.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[src], link[href]')].map(
        (one) => new URL(one.getAttribute('src') ?? one.getAttribute('href')!, location.href).href,
      ),
    );
    expect(from.length).toBeGreaterThan(1);
    expect(from.filter((address) => !/^(app:\/\/lab\/|data:image\/)/.test(address))).toEqual([]);
    const file = lab.page.evaluate(() => fetch('file:///etc/hostname').then(String));
    await expect(file).rejects.toThrow();
  });

  it('2, 3, 4: no Node, a world of its own for the preload, the sandbox', async () => {
    expect(await preferences()).toMatchObject({
      nodeIntegration: false,
      contextIsolation: true,
      sandbox: true,
    });
    const has = await preferences();
    expect(has['nodeIntegrationInWorker'] ?? false).toBe(false);
    expect(has['nodeIntegrationInSubFrames'] ?? false).toBe(false);
    const node = await lab.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter(
        (name) => name in window,
      ),
    );
    expect(node).toEqual([]);
  });

  it('5: no permission is granted', async () => {
    const states = await lab.page.evaluate(async () => {
      const { permissions, mediaDevices, clipboard } = navigator;
      const state = (name: string) =>
        permissions.query({ name: name as PermissionName }).then((one) => one.state);
      return {
        notifications: await Notification.requestPermission(),
        camera: await mediaDevices.getUserMedia({ video: true }).then(String, String),
        screen: await mediaDevices.getDisplayMedia().then(String, String),
        clipboard: await clipboard.readText().then(String, String),
        states: await Promise.all(['geolocation', 'midi', 'camera', 'microphone'].map(state)),
      };
    });
    expect(states.notifications).toBe('denied');
    expect(states.camera).toMatch(/NotAllowedError|NotFoundError/);
    expect(states.screen).toMatch(/NotAllowedError|NotSupportedError|InvalidStateError/);
    expect(states.clipboard).toMatch(/NotAllowedError/);
    expect(states.states).toEqual(['denied', 'denied', 'denied', 'denied']);
  });

  it('6, 8, 9, 10: nothing of the web’s own safety is turned off, nothing experimental on', async () => {
    const has = await preferences();
    expect(has['webSecurity'] ?? true).toBe(true);
    expect(has['allowRunningInsecureContent'] ?? false).toBe(false);
    expect(has['experimentalFeatures'] ?? false).toBe(false);
    expect(has['enableBlinkFeatures'] ?? '').toBe('');
    const switches = await lab.app.evaluate(({ app }) =>
      ['disable-web-security', 'enable-blink-features', 'enable-features'].filter((one) =>
        app.commandLine.hasSwitch(one),
      ),
    );
    expect(switches).toEqual([]);
  });

  it('7: a policy that allows nothing inline and nothing remote', async () => {
    const policy = await lab.page.evaluate(async () => {
      const response = await fetch(location.href);
      return response.headers.get('content-security-policy');
    });
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    const ran = await lab.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      // Later, since a debugger that looks on may evaluate what the page may not.
      const evaluated = await new Promise((told) =>
        setTimeout(() => {
          try {
            told(new Function('return true')());
          } catch {
            told(false);
          }
        }),
      );
      return { inline: 'inlineRan' in window, evaluated };
    });
    expect(ran).toEqual({ inline: false, evaluated: false });
  });

  it('11, 12: no webview', async () => {
    expect((await preferences())['webviewTag'] ?? false).toBe(false);
    const attached = await lab.page.evaluate(async () => {
      const view = document.createElement('webview');
      view.setAttribute('src', 'data:text/html,x');
      view.setAttribute('allowpopups', '');
      document.body.append(view);
      await new Promise((later) => setTimeout(later, 200));
      view.remove();
      return 'getWebContentsId' in view;
    });
    expect(attached).toBe(false);
    const kinds = await lab.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((one) => one.getType()),
    );
    expect(kinds).toEqual(['window']);
  });

  it.each([
    'about:blank',
    'about:blank#x',
    'about:srcdoc',
    'chrome-error://chromewebdata/',
    'https://example.invalid/',
    'file:///etc/passwd',
    'data:text/html,<p>elsewhere</p>',
    'javascript:document.body.remove()',
    'chrome://gpu',
    'app://lab/other.html',
    'view-source:app://lab/index.html',
    'mailto:someone@example.invalid',
  ])('13: the page cannot go to %s', async (target) => {
    expect(await after((to) => void (location.href = to), target)).toBe(PAGE);
  });

  it('13: nor anywhere by a link, a form or a frame', async () => {
    const blob = await after(() => {
      const page = new Blob(['<p>elsewhere</p>'], { type: 'text/html' });
      location.href = URL.createObjectURL(page);
    }, '');
    const link = await after((to) => {
      const anchor = Object.assign(document.createElement('a'), { href: to });
      document.body.append(anchor);
      anchor.click();
      anchor.remove();
    }, 'https://example.invalid/');
    const form = await after((to) => {
      const one = Object.assign(document.createElement('form'), { action: to, method: 'post' });
      document.body.append(one);
      one.submit();
      one.remove();
    }, 'https://example.invalid/');
    expect([blob, link, form]).toEqual([PAGE, PAGE, PAGE]);
    await lab.page.evaluate((to) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: to }));
    }, PAGE);
    await lab.page.waitForTimeout(300);
    const frames = lab.page.frames().slice(1);
    const inFrames = await Promise.all(
      frames.map((frame) => frame.evaluate(() => [document.body.innerText, 'lab' in window])),
    );
    expect(inFrames).toEqual([['', false]]);
    await lab.page.evaluate(() => document.querySelector('iframe')!.remove());
  });

  it('14: no window opens', async () => {
    const opened = await lab.page.evaluate(() =>
      ['about:blank', 'app://lab/index.html', 'https://example.invalid/', ''].filter(
        (target) => window.open(target) !== null,
      ),
    );
    expect(opened).toEqual([]);
    expect(lab.app.windows()).toHaveLength(1);
  });

  it('15: nothing is opened outside on the page’s word', async () => {
    await lab.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      const note = (what: string) => {
        opened.push(what);
        return Promise.resolve('');
      };
      Object.assign(shell, { openExternal: note, openPath: note, showItemInFolder: note });
    });
    await after((to) => void (location.href = to), 'mailto:x@example.invalid');
    const folder = lab.request('host.showFolder', { id: 'no-run' });
    await expect(folder).rejects.toThrow('There is no run no-run');
    const opened = await lab.app.evaluate(
      () => (globalThis as unknown as { opened: string[] }).opened,
    );
    expect(opened).toEqual([]);
  });

  it('17: whoever asks is looked at', async () => {
    const answer = await lab.app.evaluate(({ ipcMain }, url) => {
      const handlers = (
        ipcMain as unknown as {
          _invokeHandlers: Map<string, (event: unknown, message: unknown) => Promise<unknown>>;
        }
      )._invokeHandlers;
      const ask = (frame: unknown) =>
        handlers.get('lab')!({ senderFrame: frame }, { id: 1, method: 'host.info', params: {} });
      const strangers = [null, { parent: {}, url }, { parent: null, url: 'app://lab/other.html' }];
      return Promise.all(strangers.map(ask));
    }, PAGE);
    const told = answer.map((one) => said([(one as { error: Phrase }).error]).join());
    expect(told).toEqual(Array(3).fill("Only the lab's own page may ask."));
    // Nor is any of them given a line to the core.
    const lines = await lab.app.evaluate(({ ipcMain }, url) => {
      let sent = 0;
      const frame = (of: object) => ({
        ...of,
        isDestroyed: () => false,
        postMessage: () => sent++,
      });
      for (const senderFrame of [
        null,
        frame({ parent: {}, url }),
        frame({ parent: null, url: 'x:' }),
      ])
        ipcMain.emit('lab.connect', { senderFrame });
      return sent;
    }, PAGE);
    expect(lines).toBe(0);
  });

  it('20: three functions of ours, and nothing of Electron’s', async () => {
    const seen = await lab.page.evaluate(() => ({
      lab: Object.entries(window.lab).map(([name, one]) => `${name}: ${typeof one}`),
      leaks: Object.values(window.lab).filter((one) =>
        ['ipcRenderer', 'invoke', 'send'].some((name) => name in (one as object)),
      ),
    }));
    expect(seen.lab.sort()).toEqual([
      'onEvent: function',
      'pathForFile: function',
      'request: function',
    ]);
    expect(seen.leaks).toEqual([]);
  });
});
