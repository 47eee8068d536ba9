import { app, session } from 'electron';
import type { WebContents } from 'electron';
import { PAGE } from './scheme.ts';

/** The page copies tables and error details; reading the clipboard stays forbidden. */
const ALLOWED = new Set(['clipboard-sanitized-write']);

const LOCAL = /^(app|devtools|blob|data):/;

/**
 * No name and no address leads anywhere: what asks for one past the page's policy and the session's
 * filter (WebRTC, prefetching of names, preconnecting) fails where it would find out whom to ask.
 * Must run before the app is ready.
 */
export function shutNetwork(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

/** Refuses the page all that it has no need of: the network, permissions, other pages and windows. */
export function guardSession(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(ALLOWED.has(permission)),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission) => ALLOWED.has(permission));
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !LOCAL.test(url) }),
  );
  // Whatever is saved goes through a dialog of ours and is written by the core.
  defaultSession.on('will-download', refuse);
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
}

/** Chromium's number for a load that was given up, as one that we refuse is: what is shown stays. */
const ABORTED = -3;

function comeBack(contents: WebContents, from: string): void {
  if (from !== PAGE && !from.startsWith('devtools:')) void contents.loadURL(PAGE);
}

const refuse = (event: { preventDefault(): void }): void => event.preventDefault();

function guardContents(contents: WebContents): void {
  // UDP knows neither the page's policy nor the session's filter.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || event.url !== PAGE) refuse(event);
  });
  contents.on('will-redirect', refuse);
  // Chromium asks no one before it goes to about:blank, or to the sign that a page cannot be shown.
  contents.on('did-navigate', (_event, url) => comeBack(contents, url));
  contents.on('did-fail-load', (_event, code, _why, url, isMainFrame) => {
    if (isMainFrame && code !== ABORTED) comeBack(contents, url);
  });
  contents.on('will-attach-webview', refuse);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
