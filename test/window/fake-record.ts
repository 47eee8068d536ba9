/** A training that another program does and records: a run without config, weights and pictures. */
import type {
  EpochDetail,
  EpochView,
  RecordFacts,
  RunRow,
  RunView,
} from '../../core/contract/messages/records.ts';

/** Ids of runs that were recorded begin so. */
const MARK = 'record';

/** Whether a run was recorded. */
export const isRecorded = (id: string): boolean => id.startsWith(MARK);

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
export const recordedRow = (row: RunRow): RunRow => ({
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
export function recordedEpoch<T extends { view: EpochView; detail: EpochDetail }>(epoch: T): T {
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
export const recordedView = (view: RunView): RunView => ({
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
