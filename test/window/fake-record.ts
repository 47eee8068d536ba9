/** A training that another program does and records: a run without config, weights and pictures. */
import type {
  EpochDetail,
  EpochView,
  RecordFacts,
  RunRow,
  RunView,
} from '../../core/contract/messages/records.ts';
import { fakeEpoch, fakeRun, READY } from './fake-run.ts';

/** Ids of runs that were recorded begin so. */
const MARK = 'record';

/** Whether a run was recorded. */
const isRecorded = (id: string): boolean => id.startsWith(MARK);

/** What the recorder told of it. */
const FACTS: RecordFacts = {
  name: 'ResNet-50, ImageNet subset',
  framework: 'PyTorch Lightning',
  folder: '/home/ada/runs/resnet-50/record',
  during: true,
  epochs: 40,
  holdout: 1000,
};

/** A row as a recorded training has it. */
const recordedRow = (row: RunRow): RunRow => ({
  ...row,
  name: FACTS.name,
  config: null,
  recorded: FACTS,
  wrongShare: null,
  relativeDistance: null,
  testAtStop: null,
  testBest: null,
  testLast: null,
});

/** The same of an epoch. */
function recordedEpoch<T extends { view: EpochView; detail: EpochDetail }>(epoch: T): T {
  const { record } = epoch.view;
  const { trainLoss, trainAccuracy, holdoutLoss, holdoutAccuracy, predictionChanges, seconds } =
    record;
  const kept = { trainLoss, trainAccuracy, holdoutLoss, holdoutAccuracy, predictionChanges };
  return {
    ...epoch,
    view: {
      record: { ...kept, epoch: record.epoch, seconds, distanceByLayer: {} },
      outcomes: null,
    },
    detail: { ...epoch.detail, wall: { predicted: [], loss: [] } },
  };
}

/** And of the whole run. */
const recordedView = (view: RunView): RunView => ({
  ...view,
  row: recordedRow(view.row),
  shape: [0, 0, 0],
  columns: [],
  inferred: [{ code: 'data.notes.recordDuring' }],
  testCount: 0,
  wrongLabels: null,
  noise: null,
  network: null,
  wall: [],
  kept: [],
});

/** An epoch as its run has it, whoever trains it. */
export const epochAs = <T extends { view: EpochView; detail: EpochDetail }>(
  id: string,
  one: T,
): T => (isRecorded(id) ? recordedEpoch(one) : one);

/** The same of a row. */
export const rowAs = (id: string, row: RunRow): RunRow => (isRecorded(id) ? recordedRow(row) : row);

/** A record that is followed, up to an epoch. @param id begins with `record` */
export function fakeRecord(id: string, until: number): RunView {
  const view = recordedView(fakeRun(id, READY, until, 'running'));
  const epochs = view.epochs.map((one) => {
    const { detail } = fakeEpoch(READY, one.record.epoch, []);
    return recordedEpoch({ view: one, detail }).view;
  });
  return { ...view, epochs };
}
