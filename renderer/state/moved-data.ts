/** A run whose data are not where they were: it says so, and asks where they are. */
import { request, sentenceOf, whatWentWrong } from './bridge.ts';
import { t } from '../words/texts.ts';
import { toasts } from '../parts/toasts.svelte.ts';

/** Says why a run did not go on; where its data are gone, with a way to choose them. */
export function tellMovedData(error: unknown, goOn: (source: string) => void): void {
  const { code, values } = whatWentWrong(error);
  const where = values?.['where'];
  const isGone = code === 'errors.data.notThere' && typeof where === 'string';
  const action = isGone
    ? { label: t('lab.actions.chooseData'), run: () => void choose(where, goOn) }
    : null;
  toasts.error(sentenceOf(error), action);
}

/** Asks for a file or a folder, whichever the missing one was by its name. */
async function choose(missing: string, goOn: (source: string) => void): Promise<void> {
  const what = /\.[a-z0-9]{1,8}$/i.test(missing) ? 'file' : 'folder';
  try {
    const { path } = await request('host.openData', { what });
    if (path !== null) goOn(path);
  } catch (error) {
    toasts.error(sentenceOf(error));
  }
}
