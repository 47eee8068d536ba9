/** Versions of everything that a run's numbers depend on. */
import { version } from '../../package.json';
import { tensorFlowVersion } from './tensorflow.ts';

/** By name; TensorFlow's is there once it is loaded. */
export function versions(): Record<string, string> {
  const { node, electron } = process.versions;
  const tensorflow = tensorFlowVersion();
  return {
    'label-noise-lab': version,
    ...(tensorflow ? { tensorflow } : {}),
    node,
    ...(electron ? { electron } : {}),
    platform: `${process.platform}-${process.arch}`,
  };
}
