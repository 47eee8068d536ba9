/** Formats that a trained model is exported in. A new one is one file and its line here. */
import { join } from 'node:path';
import { listed } from '../contract/catalogue/listed.ts';
import { writeFolder, writeWhole } from '../disk/write.ts';
import type { ExportFormat } from './format.ts';
import { readModel } from './model.ts';
import { LOSSES } from '../engine/losses/index.ts';
import type { TrainedModel } from './model.ts';
import { savedModel } from './saved-model.ts';
import { tfjs } from './tfjs.ts';

/** Every format, in the order in which they are offered. */
export const EXPORTS = listed<ExportFormat>('--format', [savedModel, tfjs]);

/**
 * Writes a run's model into a folder, with a README.txt.
 * @param epoch null for the recommended one
 * @param folderFor the folder, once the epoch is known
 * @returns the folder and the epoch
 * @throws InputError where there is no such format, or the weights or the run's data are not there
 */
export function exportRun(
  run: string,
  format: string,
  epoch: number | null,
  folderFor: (epoch: number) => string,
): { folder: string; epoch: number } {
  const model = readModel(run, epoch);
  const folder = folderFor(model.epoch);
  const { write, use } = EXPORTS.of(format);
  writeFolder(folder, (beside) => {
    write(model, beside);
    writeWhole(join(beside, 'README.txt'), readme(model, use));
  });
  return { folder, epoch: model.epoch };
}

function readme(model: TrainedModel, use: string): string {
  const { name, epoch, shape, classes } = model;
  return `${name}, after epoch ${epoch}. Exported by Label Noise Lab.

${use.replace('CHANNELS', String(shape[2])).replaceAll('DTYPE', model.bytes ? 'uint8' : 'float32')}
Its shape is batch x ${shape.join(' x ')} (height, width, channels); values are ${model.bytes ? 'pixels from 0 to 255' : 'columns'},
as in the training data. They are normalized inside the model; do not divide them.

logits: float32, ${logitsSentence(model)}.
classes: int32, batch: the number of the predicted class.

Classes:
${classes.map((title, i) => `  ${i}: ${title}`).join('\n')}
`;
}

function logitsSentence({ layers, classes, loss }: TrainedModel): string {
  const outputs = layers.at(-1)!.output[0]!;
  const shape = `batch x ${outputs}`;
  if (LOSSES.of(loss).givesChances) return `${shape}: a softmax over them gives probabilities`;
  if (outputs === classes.length) return `${shape}: fitted to 1 for the class and 0 for the others`;
  return `${shape}: fitted to -1 + 2c / (K - 1) for class c of K; the nearest one is predicted`;
}
