/** Data for tests of the theory: the paper's clusters, with the first labels of each made wrong. */
import * as v from 'valibot';
import { ClustersSchema } from '../../../core/contract/config/schema.ts';
import { alphaOf, clusterDataset } from '../../../core/data/clusters.ts';
import type { TheoryData } from '../../../core/theory/inputs.ts';

/** Clusters whose first `wrong` samples each have the next class as given label. */
export function clustersWith(
  wish: v.InferInput<typeof ClustersSchema>,
  wrong = 0,
  seed = 0,
): TheoryData {
  const config = v.parse(ClustersSchema, wish);
  const { train, clusters } = clusterDataset(config, seed);
  const truth = train.labels;
  const given = truth.map((label, i) =>
    i < wrong * config.clusters ? (label + 1) % config.classes : label,
  );
  return {
    inputs: train.values as Float32Array,
    samples: config.samples,
    dimension: config.dimension,
    alphas: alphaOf(config),
    truth,
    given,
    clusters: clusters!,
  };
}
