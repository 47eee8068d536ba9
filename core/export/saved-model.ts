/** TensorFlow's SavedModel: opens with Python's `tf.saved_model.load`, TensorFlow Serving and tfjs-node. */
import { writeSavedModel } from '../engine/saved-model.ts';
import { inferenceGraph } from './inference.ts';
import type { ExportFormat } from './format.ts';
import type { TrainedModel } from './model.ts';

/** Writes `saved_model.pb`, with the signature `serving_default`. */
function write(model: TrainedModel, folder: string): void {
  const { graph, signature } = inferenceGraph(model, 'uint8');
  writeSavedModel(folder, graph, { serving_default: signature });
}

const use = `A TensorFlow SavedModel. In Python:

  import tensorflow as tf
  model = tf.saved_model.load("this-folder")
  answer = model.signatures["serving_default"](images=tf.constant(images, tf.DTYPE))
  answer["logits"], answer["classes"]

images is DTYPE.`;

/** A SavedModel. */
export const savedModel: ExportFormat = { id: 'savedmodel', write, use };
