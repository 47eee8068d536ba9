/** Readers of data sets. A new one is one file and its line here. */
import { listed } from '../../contract/catalogue/listed.ts';
import type { Reader } from '../reader.ts';
import { cifarBinaryReader } from './cifar-binary.ts';
import { cifarPythonReader } from './cifar-python.ts';
import { huggingFaceReader } from './hugging-face.ts';
import { idxReader } from './idx.ts';
import { imagesReader } from './images.ts';
import { numpyReader } from './numpy.ts';
import { tableReader } from './table.ts';

/** Every reader; the first that recognizes a tree reads it, so the stricter ones come first. */
export const READERS = listed<Reader>('data.source', [
  idxReader,
  cifarBinaryReader,
  cifarPythonReader,
  numpyReader,
  imagesReader,
  huggingFaceReader,
  tableReader,
]);
