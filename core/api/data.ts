/** Answers about data, noise and networks that are not trained on yet. */
import { duplicatesOf, fieldsOf, labelFieldsOf, openDataset } from '../data/index.ts';
import { describeData } from '../data/describe.ts';
import { InputError } from '../contract/words/errors.ts';
import { readMatrixFile } from '../noise/matrix-file.ts';
import type { CoreMethod } from '../contract/messages/messages.ts';
import type { LabEvent } from '../contract/messages/events.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import type { Handlers } from './handlers.ts';
import { describeNetwork, previewNoise } from './previews.ts';
import { samplePage } from './samples.ts';

type DataMethod = Extract<CoreMethod, `data.${string}` | `noise.${string}` | 'network.describe'>;

/** One cancelling ends whatever reading these wait for. @param emit is told how far a reading is */
export function dataHandlers(emit: (event: LabEvent) => void): Handlers<DataMethod> {
  let end = new AbortController();
  const control = () => ({
    signal: end.signal,
    progress: (share: number | null, doing: Phrase) =>
      emit({ event: 'data.progress', share, doing }),
  });
  return {
    'data.describe': ({ data }) => describeData(data, control()),
    'data.fields': async ({ data }) => ({ fields: await fieldsOf(data, control()) }),
    'data.duplicates': async ({ data }) => duplicatesOf(await openDataset(data, control())),
    'data.samples': ({ data, ...page }) => samplePage(data, page, control()),
    'data.cancel': () => {
      end.abort(new InputError('data.cancelled'));
      end = new AbortController();
      return {};
    },
    'noise.preview': ({ data, noise, threads }) => previewNoise(data, noise, threads, control()),
    'data.labelFields': async ({ path }) => ({ fields: await labelFieldsOf(path, control()) }),
    'noise.readMatrix': async ({ path }) => ({ matrix: await readMatrixFile(path) }),
    'network.describe': ({ network, loss, data }) =>
      describeNetwork(network, loss, data, control()),
  };
}
