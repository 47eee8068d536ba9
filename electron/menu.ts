import { Menu, app, shell } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import type { LabEvent } from '../core/protocol/index.ts';
import type { Theme } from './state.ts';

type Command = Extract<LabEvent, { event: 'host.command' }>['command'];
type Item = MenuItemConstructorOptions;

/** What the menu can do. */
export interface MenuActions {
  send(command: Command): void;
  setTheme(theme: Theme): void;
  runsFolder: string;
}

/** Builds the menu; called again when the theme changes, so that its mark is right. */
export function setMenu(actions: MenuActions, theme: Theme): void {
  const { send } = actions;
  const mac: Item[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      { label: '&File', submenu: fileItems(send) },
      { role: 'editMenu' },
      { label: '&Train', submenu: trainItems(send) },
      { label: '&View', submenu: viewItems(actions, theme) },
      { label: '&Help', role: 'help', submenu: helpItems(actions.runsFolder) },
    ]),
  );
}

const fileItems = (send: MenuActions['send']): Item[] => [
  { label: '&New Experiment', accelerator: 'CmdOrCtrl+N', click: () => send('new') },
  { label: '&Open Data File…', accelerator: 'CmdOrCtrl+O', click: () => send('openFile') },
  {
    label: 'Open Data &Folder…',
    accelerator: 'CmdOrCtrl+Shift+O',
    click: () => send('openFolder'),
  },
  {
    label: 'Open Training &Log…',
    accelerator: 'CmdOrCtrl+L',
    click: () => send('openLog'),
  },
  { label: '&Save Report…', accelerator: 'CmdOrCtrl+S', click: () => send('report') },
  { type: 'separator' },
  { role: 'quit' },
];

const trainItems = (send: MenuActions['send']): Item[] => [
  {
    label: '&Train',
    accelerator: 'CmdOrCtrl+Enter',
    // The page hears the keys itself and knows when they mean something else.
    registerAccelerator: false,
    click: () => send('train'),
  },
];

function viewItems({ send, setTheme }: MenuActions, theme: Theme): Item[] {
  const themes: [Theme, string][] = [
    ['system', 'As the System'],
    ['light', 'Light'],
    ['dark', 'Dark'],
  ];
  return [
    { label: '&Lab', accelerator: 'CmdOrCtrl+1', click: () => send('place.lab') },
    { label: '&Runs', accelerator: 'CmdOrCtrl+2', click: () => send('place.runs') },
    { label: '&Data', accelerator: 'CmdOrCtrl+3', click: () => send('place.data') },
    { label: 'L&og', accelerator: 'CmdOrCtrl+4', click: () => send('place.log') },
    { type: 'separator' },
    {
      label: '&Colours',
      submenu: themes.map(([id, label]) => ({
        label,
        type: 'radio',
        checked: id === theme,
        click: () => setTheme(id),
      })),
    },
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
    { type: 'separator' },
    { role: 'toggleDevTools' },
  ];
}

const helpItems = (runsFolder: string): Item[] => [
  { label: 'Show the Folder of Runs', click: () => void shell.openPath(runsFolder) },
  { label: `About ${app.getName()}`, role: 'about' },
];
