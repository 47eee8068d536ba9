import { existsSync } from 'node:fs';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Rectangle } from 'electron';
import { places } from './places.ts';
import { PAGE } from './scheme.ts';
import type { WindowMemory } from './state.ts';

/** The page's own ground, so that nothing flashes before it is drawn. */
const BACKGROUND = { light: '#f6f6f4', dark: '#161718' };
const SIZE = { width: 1440, height: 900 };
const LEAST = { minWidth: 900, minHeight: 600 };

/** Opens the window where it was left; it shows once its first picture is ready. */
export function openWindow(state: WindowMemory): BrowserWindow {
  const window = new BrowserWindow({
    ...SIZE,
    ...LEAST,
    ...(state.bounds && isOnScreen(state.bounds) ? state.bounds : {}),
    show: false,
    title: 'Label Noise Lab',
    backgroundColor: BACKGROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    ...(existsSync(places.icon) ? { icon: places.icon } : {}),
    webPreferences: {
      preload: places.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    if (state.maximized) window.maximize();
    window.show();
  });
  void window.loadURL(PAGE);
  return window;
}

/** Where the window is, to be remembered. */
export function placeOf(window: BrowserWindow): Pick<WindowMemory, 'bounds' | 'maximized'> {
  return { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
}

/** Brings the window to the front. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** A screen may be gone since last time; the window must not open where nobody sees it. */
function isOnScreen({ x, y, width, height }: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching({ x, y, width, height });
  const across = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x);
  const down = Math.min(y + height, workArea.y + workArea.height) - Math.max(y, workArea.y);
  return across > 200 && down > 200;
}
