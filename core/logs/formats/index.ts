/** Formats of logs. A new one is one file and its line here. */
import { listed } from '../../contract/catalogue/listed.ts';
import type { LogFormat } from '../format.ts';
import { catboostFormat } from './catboost.ts';
import { csvFormat } from './csv.ts';
import { drawnFormat } from './drawn.ts';
import { jsonLinesFormat } from './json-lines.ts';
import { jsonFormat } from './json.ts';
import { mlflowFormat } from './mlflow.ts';
import { oneTagFormat } from './one-tag.ts';
import { pickleFormat } from './pickle.ts';
import { pythonFormat } from './python.ts';
import { spacedFormat } from './spaced.ts';
import { tensorboardFormat } from './tensorboard.ts';
import { textFormat } from './text.ts';
import { wandbFormat } from './wandb.ts';
import { yolov5Format } from './yolov5.ts';

/** Every format; the stricter ones come first. */
export const LOG_FORMATS = listed<LogFormat>('log', [
  tensorboardFormat,
  wandbFormat,
  pickleFormat,
  mlflowFormat,
  catboostFormat,
  oneTagFormat,
  jsonFormat,
  jsonLinesFormat,
  pythonFormat,
  drawnFormat,
  yolov5Format,
  spacedFormat,
  textFormat,
  csvFormat,
]);
