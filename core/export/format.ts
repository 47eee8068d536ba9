/** What an export's format is. */
import type { TrainedModel } from './model.ts';

/** A format that a trained model is exported in: one file with one of these, and a line in `index.ts`. */
export interface ExportFormat {
  id: string;
  /** Writes the model into a folder. */
  write: (model: TrainedModel, folder: string) => void;
  /** How the folder is opened, for its README.txt. */
  use: string;
}
