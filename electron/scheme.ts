import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';

/** Where the window's page lives. */
export const PAGE = 'app://lab/index.html';

/** Nothing inline, nothing from elsewhere: the page is made of its own files alone. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Announces the scheme; must run before the app is ready. */
export function announceScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
  // Node loads what requests and answers are made of when they are first named, which takes as long as
  // the page does: better now, while Electron gets ready, than when the page is asked for.
  void [globalThis.Request, globalThis.Response];
}

/** Serves the bundled page, and nothing outside its folder. */
export function serveScheme(folder: string): void {
  protocol.handle('app', async ({ method, url }) => {
    const path = fileOf(folder, url);
    if (method !== 'GET' || !path) return refuse(403);
    try {
      return new Response(await readFile(path), { headers: headersOf(path) });
    } catch {
      return refuse(404);
    }
  });
}

/** The file behind an address; null where it would lie outside the folder. */
export function fileOf(folder: string, address: string): string | null {
  const { host, pathname } = new URL(address);
  if (host !== 'lab') return null;
  try {
    const path = normalize(join(folder, decodeURIComponent(pathname)));
    return path.startsWith(folder + sep) && !path.includes('\0') ? path : null;
  } catch {
    return null;
  }
}

const refuse = (status: number): Response =>
  new Response(null, { status, headers: { 'Content-Security-Policy': POLICY } });

function headersOf(path: string): Record<string, string> {
  return {
    'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
  };
}
