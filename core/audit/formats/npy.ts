import { writeWhole } from '../../disk/write.ts';
import { toNpy } from '../../run-folder/npz.ts';
import type { NpyArray } from '../../run-folder/npz.ts';
import type { LabelFormat } from '../label-format.ts';
import { onDisk, REMOVED, wholeLabels } from '../whole-labels.ts';

/**
 * The labels of the whole training part of the data set, in its order on disk: a number a sample. It is the
 * label itself where all classes are whole numbers, else the place of the class among the run's classes.
 * Samples that are removed have -1, or NaN where a class is called so.
 */
export const labelsNpy: LabelFormat = {
  id: 'npy',
  extension: 'npy',
  write(path, labels) {
    const { classes: names } = labels.audit;
    const whole = wholeLabels(labels);
    const areNumbers = names.every((name) => /^(0|-?[1-9]\d{0,6})$/.test(name));
    const numbers = names.map((name, place) => (areNumbers ? Number(name) : place));
    const missing = numbers.includes(REMOVED) ? NaN : REMOVED;
    const values = onDisk(whole, (place) =>
      place === undefined ? missing : (numbers[whole.classes[place]!] ?? missing),
    );
    const array: NpyArray = values.some(Number.isNaN)
      ? Float32Array.from(values)
      : Int32Array.from(values);
    writeWhole(path, toNpy(array));
  },
};
