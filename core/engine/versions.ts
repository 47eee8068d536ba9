/** Versions of everything that a run's numbers depend on. */
import { version } from '../../package.json';
import { deviceInUse, tensorFlowVersion } from './tensorflow.ts';

/** By name; TensorFlow's is there once it is loaded, and the device it computes on. */
export function versions(): Record<string, string> {
  const { node, electron } = process.versions;
  const tensorflow = tensorFlowVersion();
  const device = deviceInUse();
  return {
    'label-noise-lab': version,
    ...(tensorflow ? { tensorflow } : {}),
    ...(device ? { device } : {}),
    node,
    ...(electron ? { electron } : {}),
    platform: `${process.platform}-${process.arch}`,
  };
}
