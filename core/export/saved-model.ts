/** TensorFlow's SavedModel: opens with Python's `tf.saved_model.load`, TensorFlow Serving and tfjs-node. */
import { writeSavedModel } from '../engine/saved-model.ts';
import { inferenceGraph } from './inference.ts';
import type { TrainedModel } from './model.ts';

/** Writes `saved_model.pb`, with the signature `serving_default`. */
export function exportSavedModel(model: TrainedModel, folder: string): void {
  const { graph, signature } = inferenceGraph(model, 'uint8');
  writeSavedModel(folder, graph, { serving_default: signature });
}

/** How a person opens the folder. */
export const savedModelUse = `A TensorFlow SavedModel. In Python:

  import tensorflow as tf
  model = tf.saved_model.load("this-folder")
  answer = model.signatures["serving_default"](images=tf.constant(images, tf.DTYPE))
  answer["logits"], answer["classes"]

images is DTYPE.`;
