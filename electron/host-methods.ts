import { lstatSync } from 'node:fs';
import { dialog, shell } from 'electron';
import type { BrowserWindow } from 'electron';
import { InputError } from '../core/contract/words/errors.ts';
import type { Core } from './core-process.ts';
import type { HostMethods } from './ipc.ts';
import type { Handed } from './handed.ts';
import type { Options } from './options.ts';
import type { LanguageChoice, TextKey, Translate } from '../core/contract/words/texts.ts';
import type { Catalogue } from '../core/contract/messages/catalogue.ts';
import type { Params } from '../core/contract/messages/messages.ts';
import type { Theme } from '../core/contract/messages/messages.ts';

/** What the methods of the main process work with. */
export interface HostContext {
  core: Core;
  window: BrowserWindow;
  runsFolder: string;
  options: Options;
  handed: Handed;
  theme(): Theme;
  setTheme(theme: Theme): void;
  language(): LanguageChoice;
  setLanguage(language: LanguageChoice): void;
  /** The system's, such as `he-IL`. */
  locale: string;
  /** The texts of the language of the moment. */
  texts(): Translate;
}

/** The methods that the main process answers: dialogs, folders, colours. */
export function hostMethods(host: HostContext): HostMethods {
  return {
    'host.openData': async ({ what }) => {
      const path = await askForData(host, what);
      if (path !== null) await host.core.request('opened.grant', { path });
      return { path };
    },
    'host.forget': ({ path }) => host.core.request('opened.forget', { path }),
    'host.saveReport': async (report) => {
      const { reports } = await catalogueOf(host);
      const path = await askWhereTo(host, report.ids[0], reports, report.format);
      return path ? host.core.request('run.writeReport', { ...report, path }) : { path };
    },
    'host.saveArchive': async (archive) => {
      const formats = [{ id: 'lnl', extension: 'lnl' }];
      const path = await askWhereTo(host, archive.id, formats, 'lnl');
      return path ? host.core.request('run.writeArchive', { ...archive, path }) : { path };
    },
    'host.saveFigure': async (figure) => {
      const { figureFormats } = await catalogueOf(host);
      const path = await askWhereTo(host, `figure-${figure.id}`, figureFormats, figure.format);
      return path ? host.core.request('paper.export', { ...figure, path }) : { path };
    },
    'host.saveRecorder': async () => {
      const formats = [{ id: 'py', extension: 'py' }];
      const path = await askWhereTo(host, 'label_noise_lab', formats, 'py');
      return path ? host.core.request('record.writeRecorder', { path }) : { path };
    },
    'host.saveLabels': async (labels) => {
      const { labelFormats } = await catalogueOf(host);
      const path = await askWhereTo(host, `${labels.id}-labels`, labelFormats, labels.format);
      return path ? host.core.request('labels.write', { ...labels, path }) : { path };
    },
    'host.mergeReview': async ({ id }) => {
      const path = await askForData(host, 'review');
      return path === null ? { review: null } : host.core.request('labels.merge', { id, path });
    },
    'host.addAnnotators': async ({ id }) => {
      const path = await askForData(host, 'annotators');
      if (path !== null) await host.core.request('labels.annotate', { id, path });
      return { added: path !== null };
    },
    'host.showFolder': async ({ id }) => {
      const folder = id ? (await host.core.request('run.folder', { id })).path : host.runsFolder;
      // A file would be opened by whatever program it is for, or run.
      const isFolder = lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
      if (id && !isFolder) throw new InputError('window.notRunFolder', { folder });
      const problem = host.options.unattended ? '' : await shell.openPath(folder);
      if (problem) throw new InputError('window.notShown', { folder, why: problem });
      return {};
    },
    'host.setTheme': async ({ theme }) => {
      host.setTheme(theme);
      return {};
    },
    'host.setLanguage': async ({ language }) => {
      host.setLanguage(language);
      return {};
    },
    'host.info': async () => ({
      theme: host.theme(),
      language: host.language(),
      locale: host.locale,
      electron: process.versions['electron'] ?? '',
      chromium: process.versions['chrome'] ?? '',
    }),
  };
}

/** What a person is asked to open. */
type Asked = Params<'host.openData'>['what'] | 'review' | 'annotators';

/** Files that a dialog offers first. */
const OFFERED: Partial<Record<Asked, { name: TextKey; extensions: string[] }>> = {
  matrix: { name: 'host.dialogs.matrixFiles', extensions: ['csv', 'tsv', 'txt', 'npy'] },
  labels: { name: 'host.dialogs.labelFiles', extensions: ['csv', 'npy', 'npz', 'pt', 'pth'] },
  archive: { name: 'host.dialogs.archiveFiles', extensions: ['lnl'] },
  review: { name: 'host.dialogs.reviewFiles', extensions: ['csv'] },
  annotators: {
    name: 'host.dialogs.labelFiles',
    extensions: ['csv', 'npy', 'npz', 'pt', 'pth', 'json'],
  },
};

/** What is a folder, and no file. */
const FOLDERS: ReadonlySet<Asked> = new Set(['folder', 'logFolder', 'sweep']);

async function askForData(
  { window, options, handed, texts }: HostContext,
  what: Asked,
): Promise<string | null> {
  const file = what === 'log' || what === 'archive' ? handed.take(what) : null;
  if (file !== null) return file;
  if (options.unattended) return options.openPath;
  const t = texts();
  const offered = OFFERED[what];
  const filters = offered && [
    { name: t(offered.name), extensions: offered.extensions },
    { name: t('host.dialogs.allFiles'), extensions: ['*'] },
  ];
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: t(`host.dialogs.${what}`),
    buttonLabel: t('host.dialogs.open'),
    // One dialog for both is only known to macOS.
    properties: [FOLDERS.has(what) ? 'openDirectory' : 'openFile'],
    filters: filters ?? [],
  });
  return filePaths[0] ?? null;
}

/** What the core offers. */
const catalogueOf = async ({ core }: HostContext): Promise<Catalogue> =>
  (await core.request('core.info', {})).catalogue;

async function askWhereTo(
  { window, options, texts }: HostContext,
  name: string,
  formats: readonly Pick<Catalogue['labelFormats'][number], 'id' | 'extension'>[],
  format: string,
): Promise<string | null> {
  if (options.unattended) return options.savePath;
  // A format that there is not is refused by the core, which writes the file.
  const found = formats.find(({ id }) => id === format);
  const extension = found ? found.extension : format;
  const { filePath } = await dialog.showSaveDialog(window, {
    title: texts()('host.dialogs.save'),
    defaultPath: extension === null ? name : `${name}.${extension}`,
    filters: extension === null ? [] : [{ name: extension.toUpperCase(), extensions: [extension] }],
  });
  return filePath || null;
}
