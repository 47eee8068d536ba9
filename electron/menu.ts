import { Menu, app, shell } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import { LANGUAGES, TEXTS } from '../core/contract/words/texts.ts';
import type { LabEvent } from '../core/contract/messages/events.ts';
import type { LanguageChoice, TextKey, Translate } from '../core/contract/words/texts.ts';
import type { Theme } from '../core/contract/messages/messages.ts';
import type { WindowMemory } from './state.ts';

type Command = Extract<LabEvent, { event: 'host.command' }>['command'];
type Item = MenuItemConstructorOptions;
type Looks = Pick<WindowMemory, 'theme' | 'language'>;

/** What the menu can do. */
export interface MenuActions {
  send(command: Command): void;
  setTheme(theme: Theme): void;
  chooseLanguage(language: LanguageChoice): void;
  runsFolder: string;
}

/** Builds the menu; called again when theme or language change, so that marks and words are right. */
export function setMenu(actions: MenuActions, looks: Looks, t: Translate): void {
  const { send } = actions;
  const mac: Item[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      { label: t('host.menu.file'), submenu: fileItems(send, t) },
      { label: t('host.menu.edit'), submenu: editItems(t) },
      { label: t('host.menu.train'), submenu: trainItems(send, t) },
      { label: t('host.menu.view'), submenu: viewItems(actions, looks, t) },
      { label: t('host.menu.help'), role: 'help', submenu: helpItems(actions, t) },
    ]),
  );
}

/** An item that Electron does by itself, in our words: its own are English in every language. */
const own = (role: Item['role'] & string, key: TextKey, t: Translate): Item => ({
  role,
  label: t(key),
});

const fileItems = (send: MenuActions['send'], t: Translate): Item[] => [
  { label: t('host.menu.new'), accelerator: 'CmdOrCtrl+N', click: () => send('new') },
  { label: t('host.menu.openFile'), accelerator: 'CmdOrCtrl+O', click: () => send('openFile') },
  {
    label: t('host.menu.openFolder'),
    accelerator: 'CmdOrCtrl+Shift+O',
    click: () => send('openFolder'),
  },
  { label: t('host.menu.openLog'), accelerator: 'CmdOrCtrl+L', click: () => send('openLog') },
  { label: t('host.menu.openArchive'), click: () => send('openArchive') },
  { label: t('host.menu.saveReport'), accelerator: 'CmdOrCtrl+S', click: () => send('report') },
  { type: 'separator' },
  own('quit', 'host.menu.quit', t),
];

const editItems = (t: Translate): Item[] => [
  own('undo', 'host.menu.undo', t),
  own('redo', 'host.menu.redo', t),
  { type: 'separator' },
  own('cut', 'host.menu.cut', t),
  own('copy', 'host.menu.copy', t),
  own('paste', 'host.menu.paste', t),
  own('delete', 'host.menu.delete', t),
  { type: 'separator' },
  own('selectAll', 'host.menu.selectAll', t),
];

const trainItems = (send: MenuActions['send'], t: Translate): Item[] => [
  {
    label: t('host.menu.train'),
    accelerator: 'CmdOrCtrl+Enter',
    // The page hears the keys itself and knows when they mean something else.
    registerAccelerator: false,
    click: () => send('train'),
  },
];

function viewItems({ send, setTheme, chooseLanguage }: MenuActions, looks: Looks, t: Translate) {
  const themes: [Theme, string][] = [
    ['system', t('host.menu.asSystem')],
    ['light', t('host.menu.light')],
    ['dark', t('host.menu.dark')],
  ];
  const languages: [LanguageChoice, string][] = [
    ['system', t('host.menu.asSystem')],
    ...LANGUAGES.map((one): [LanguageChoice, string] => [one, TEXTS[one].language.name]),
  ];
  const items: Item[] = [
    { label: t('host.menu.lab'), accelerator: 'CmdOrCtrl+1', click: () => send('place.lab') },
    { label: t('host.menu.runs'), accelerator: 'CmdOrCtrl+2', click: () => send('place.runs') },
    { label: t('host.menu.paper'), accelerator: 'CmdOrCtrl+3', click: () => send('place.paper') },
    { label: t('host.menu.labels'), accelerator: 'CmdOrCtrl+4', click: () => send('place.labels') },
    { label: t('host.menu.data'), accelerator: 'CmdOrCtrl+5', click: () => send('place.data') },
    { label: t('host.menu.log'), accelerator: 'CmdOrCtrl+6', click: () => send('place.log') },
    { type: 'separator' },
    { label: t('host.menu.colours'), submenu: radios(themes, looks.theme, setTheme) },
    // Named in English besides, for who cannot read the language that is on.
    { label: t('host.menu.language'), submenu: radios(languages, looks.language, chooseLanguage) },
    { type: 'separator' },
    own('resetZoom', 'host.menu.actualSize', t),
    own('zoomIn', 'host.menu.zoomIn', t),
    own('zoomOut', 'host.menu.zoomOut', t),
    own('togglefullscreen', 'host.menu.fullScreen', t),
    { type: 'separator' },
    own('toggleDevTools', 'host.menu.devTools', t),
  ];
  return items;
}

const radios = <T>(choices: [T, string][], chosen: T, choose: (one: T) => void): Item[] =>
  choices.map(([one, label]) => ({
    label,
    type: 'radio',
    checked: one === chosen,
    click: () => choose(one),
  }));

const helpItems = ({ send, runsFolder }: MenuActions, t: Translate): Item[] => [
  {
    label: t('host.menu.guide'),
    accelerator: 'F1',
    // The page hears the key itself: it knows which card is meant.
    registerAccelerator: false,
    click: () => send('place.help'),
  },
  { label: t('host.menu.showRuns'), click: () => void shell.openPath(runsFolder) },
  { label: t('host.menu.about', { name: app.getName() }), role: 'about' },
];
