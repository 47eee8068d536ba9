/**
 * The thread that reads Parquet. hyparquet can go round in circles in a damaged file, or ask for
 * ever more memory; a thread can be ended from outside.
 */
import type { Phrase } from '../../contract/words/phrase.ts';
import { doing } from '../../contract/words/notes.ts';
import { parentPort } from 'node:worker_threads';
import { InputError } from '../../contract/words/errors.ts';
import { valuesOf } from './bounds.ts';
import { notesOf, openParquet, topColumns } from './header.ts';
import type { Job, Reply, Results } from './messages.ts';
import { pictureColumn, readPictures } from './pictures.ts';
import { tableOf } from './table.ts';

function reply(message: Reply, transfer: ArrayBuffer[] = []): void {
  parentPort!.postMessage(message, transfer);
}

async function answer(job: Job): Promise<void> {
  const file = openParquet(job.bytes, job.where);
  reply({ kind: 'begun', values: job.kind === 'table' ? valuesOf(file.metadata) : 0 });
  const progress = (share: number | null, doing: Phrase) =>
    reply({ kind: 'progress', share: share ?? 0, doing });
  const notes = notesOf(file);
  switch (job.kind) {
    case 'about':
      return done({ pictures: pictureColumn(file) });
    case 'table': {
      const table = await tableOf(file, progress);
      const buffers = table.columns.map(
        (of) => (of.kind === 'words' ? of.codes : of.values).buffer,
      );
      return done({ table, notes }, buffers as ArrayBuffer[]);
    }
    case 'pictures': {
      const pictures = pictureColumn(file);
      const names = topColumns(file).map(({ name }) => name);
      reply({ kind: 'fields', names: names.filter((name) => name !== pictures) });
      const columns = await readPictures(file, job, (rows, share) => {
        reply({ kind: 'rows', rows }, [rows.bytes.buffer as ArrayBuffer]);
        progress(share, doing('rows'));
      });
      return done({ ...columns, notes });
    }
  }
}

function done(result: Results[Job['kind']], transfer?: ArrayBuffer[]): void {
  reply({ kind: 'done', result }, transfer);
}

parentPort!.on('message', (job: Job) => {
  answer(job).catch((error: unknown) => {
    if (error instanceof InputError) reply({ kind: 'refused', phrase: error.phrase });
    else reply({ kind: 'failed', message: String((error as Error).stack ?? error) });
  });
});
