/** The main process: one window, one core, and the messages between them. */
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { app, dialog, nativeTheme } from 'electron';
import type { BrowserWindow } from 'electron';
import { languageOf, textsIn } from '../core/contract/words/texts.ts';
import type { LabEvent } from '../core/contract/messages/events.ts';
import type { LanguageChoice, Translate } from '../core/contract/words/texts.ts';
import { runCommand } from './command.ts';
import { startCore } from './core-process.ts';
import type { Core } from './core-process.ts';
import { guardSession, shutNetwork } from './guard.ts';
import { createHanded } from './handed.ts';
import type { Handed } from './handed.ts';
import { hostMethods } from './host-methods.ts';
import { answerPage } from './ipc.ts';
import type { mainJob as MainJob } from './main-job.ts';
import { setMenu } from './menu.ts';
import { readOptions, readWanted } from './options.ts';
import type { Wanted } from './options.ts';
import { places, profileFolder, usualRunsFolder } from './places.ts';
import { announceScheme, serveScheme } from './scheme.ts';
import { readState, writeState } from './state.ts';
import type { Theme } from '../core/contract/messages/messages.ts';
import { warn } from './terminal.ts';
import { printReport } from './print.ts';
import type { PrintJob } from './print.ts';
import { errorSentence } from './sentence.ts';
import { printTiming } from './timing.ts';
import { focusWindow, openWindow, placeOf } from './window.ts';

const wanted = readWanted(process.argv, app.isPackaged);
const options = readOptions(process.argv, process.env);
const runsFolder = options.runsFolder ?? usualRunsFolder();
// What prints beside a window has a profile of its own, which goes with the page.
const profile = options.print
  ? join(dirname(options.print.path), 'profile')
  : profileFolder(runsFolder);

// macOS tells which file the app was started for before it is ready, and later files in the same way.
let openedEarly: string | null = null;
app.on('open-file', (_event, file) => (openedEarly = file));

announceScheme();
shutNetwork();
// Without a graphics card Chromium draws flat, which is all that the page has.
app.commandLine.appendSwitch('disable-software-rasterizer');
if (options.print) void printAndEnd(options.print);
else if ('command' in wanted) void runCommand(wanted.command);
else startWindow();

function startWindow(): void {
  app.setPath('userData', profile);
  // Under a virtual display there is no graphics card to drive.
  if (options.unattended) app.disableHardwareAcceleration();
  if (app.requestSingleInstanceLock()) {
    if (options.mainJobFolder) forgetForm();
    void app.whenReady().then(open);
  } else {
    warn('window.alreadyOpen', { folder: runsFolder });
    app.exit(0);
  }
}

async function printAndEnd(asked: PrintJob): Promise<void> {
  app.setPath('userData', profile);
  app.disableHardwareAcceleration();
  await app.whenReady();
  try {
    await printReport(asked);
    app.exit(0);
  } catch (error) {
    process.stderr.write(`${errorSentence(error)}\n`);
    app.exit(1);
  }
}

/** The main job trains the ready experiment, not what a person last left in the form. */
function forgetForm(): void {
  const session = join(profile, 'main-job');
  rmSync(session, { recursive: true, force: true });
  app.setPath('sessionData', session);
}

function open(): void {
  const statePath = join(profile, 'window.json');
  const state = readState(statePath);
  const locale = app.getPreferredSystemLanguages()[0] ?? app.getLocale();
  nativeTheme.themeSource = state.theme;
  guardSession();
  serveScheme(places.renderer);

  const window = openWindow(state);
  const core = startCore({
    entry: places.core,
    workerEntry: places.worker,
    runsFolder,
    openedFile: join(profile, 'opened.json'),
    onDeath(message, id) {
      line.cut(message);
      send({ event: 'core.crashed', message, id });
    },
    onNext: (whyNone) => (whyNone ? line.cut(whyNone) : line.connect()),
  });
  const send = (event: LabEvent): void => {
    if (!window.isDestroyed()) window.webContents.send('lab.event', event);
  };

  const setTheme = (theme: Theme): void => {
    state.theme = theme;
    nativeTheme.themeSource = theme;
    writeState(statePath, state);
    showMenu();
  };
  const setLanguage = (language: LanguageChoice): void => {
    state.language = language;
    writeState(statePath, state);
    showMenu();
  };
  const showMenu = (): void => setMenu(menuActions, state, texts());
  const texts = (): Translate => textsIn(languageOf(chosen()));
  const chosen = (): string => (state.language === 'system' ? locale : state.language);
  const menuActions = {
    send: (command: Extract<LabEvent, { event: 'host.command' }>['command']) =>
      send({ event: 'host.command', command }),
    setTheme,
    // The page changes first, and then has the rest follow.
    chooseLanguage: (language: LanguageChoice) => send({ event: 'host.language', language }),
    runsFolder,
  };
  // The menu's words take as long as half of the page's way here, and nobody sees them before it.
  window.webContents.once('dom-ready', showMenu);
  const theme = (): Theme => state.theme;
  const language = (): LanguageChoice => state.language;
  const looks = { theme, setTheme, language, setLanguage, locale, texts };
  const handed = createHanded((kind) =>
    send({ event: 'host.command', command: kind === 'log' ? 'openLog' : 'openArchive' }),
  );
  const line = answerPage(
    core,
    hostMethods({ core, window, runsFolder, options, handed, ...looks }),
  );

  window.on('close', (event) => {
    if (core.runningRun() && !options.unattended && !mayClose(window, texts()))
      event.preventDefault();
    else writeState(statePath, { ...state, ...placeOf(window) });
  });
  app.on('second-instance', (_event, argv) => {
    focusWindow(window);
    handFile(readWanted(argv, app.isPackaged), handed);
  });
  window.webContents.once('did-finish-load', () => {
    handFile(wanted, handed);
    openedByMac((file) => handed.give(file));
  });
  app.on('window-all-closed', () => app.quit());
  app.on('quit', () => core.stop());
  if (options.printTiming) printTiming(window);
  if (options.mainJobFolder) doMainJob(options.mainJobFolder, core, window, send);
}

/** Hands over what macOS has the app open, from what came before there was a page on. */
function openedByMac(open: (file: string) => void): void {
  if (openedEarly !== null) open(openedEarly);
  app.removeAllListeners('open-file');
  app.on('open-file', (_event, file) => open(file));
}

function handFile(asked: Wanted, handed: Handed): void {
  if ('file' in asked && asked.file !== null) handed.give(asked.file);
}

/** The main job is a program of its own, which an ordinary start never loads. */
function doMainJob(
  folder: string,
  core: Core,
  window: BrowserWindow,
  send: (event: LabEvent) => void,
): void {
  const { mainJob } = createRequire(__filename)(places.mainJob) as { mainJob: typeof MainJob };
  const job = mainJob({ core, window, send, folder });
  window.webContents.once('did-finish-load', () => void job.run().then((code) => app.exit(code)));
}

function mayClose(window: BrowserWindow, t: Translate): boolean {
  const answer = dialog.showMessageBoxSync(window, {
    type: 'question',
    message: t('host.dialogs.going'),
    detail: t('host.dialogs.goingText'),
    buttons: [t('host.dialogs.close'), t('host.dialogs.goOn')],
    defaultId: 1,
    cancelId: 1,
  });
  return answer === 0;
}
