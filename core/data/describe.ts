/** A data set in numbers, as the window and the command line show it. */
import type { DataView } from '../contract/messages/records.ts';
import type { LoadControl } from './control.ts';
import { countClasses, openDataset } from './index.ts';
import type { DataSource } from './index.ts';
import { countDiffering } from './labels.ts';
import type { Labels } from './labels.ts';

/** What a data set holds. @throws InputError where it cannot be read */
export async function describeData(source: DataSource, control?: LoadControl): Promise<DataView> {
  const dataset = await openDataset(source, control);
  const { name, format, shape, classes, train, test, inferred, columns, missing } = dataset;
  const { labels, truth } = train;
  const countsOf = (of: Labels) => countClasses(of, classes.length);
  return {
    name,
    format,
    shape: [...shape],
    classes,
    trainAvailable: labels.length,
    testAvailable: test?.labels.length ?? 0,
    classCounts: countsOf(labels),
    trueCounts: truth && countsOf(truth),
    testCounts: test && countsOf(test.labels),
    wrongLabels: truth && countDiffering(labels, truth),
    inferred,
    columns,
    missing,
  };
}
