import { app, session } from 'electron';
import type { WebContents } from 'electron';
import { PAGE } from './scheme.ts';

/** The page copies tables and error details; reading the clipboard stays forbidden. */
const ALLOWED = new Set(['clipboard-sanitized-write']);

const LOCAL = /^(app|devtools|blob|data):/;

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
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
}

function guardContents(contents: WebContents): void {
  const refuse = (event: { preventDefault(): void }): void => event.preventDefault();
  contents.on('will-navigate', (event) => {
    if (event.url !== PAGE) refuse(event);
  });
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', refuse);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
