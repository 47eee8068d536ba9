/** Formats of logs. A new one is one file and its line here. */
import { listed } from '../../contract/catalogue/listed.ts';
import type { LogFormat } from '../format.ts';
import { csvFormat } from './csv.ts';
import { jsonLinesFormat } from './json-lines.ts';
import { jsonFormat } from './json.ts';
import { tensorboardFormat } from './tensorboard.ts';
import { textFormat } from './text.ts';

/** Every format; the stricter ones come first. */
export const LOG_FORMATS = listed<LogFormat>('log', [
  tensorboardFormat,
  jsonFormat,
  jsonLinesFormat,
  textFormat,
  csvFormat,
]);
