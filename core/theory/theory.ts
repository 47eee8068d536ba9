/** The paper's quantities for a Config: constants, Sigma(C), and a measured run beside them. */
import type { Config } from '../contract/config/schema.ts';
import { theory } from '../models/theory.ts';
import type { Phrase } from '../contract/words/phrase.ts';
import type { TextKey } from '../contract/words/texts.ts';
import { prepare } from '../training/prepare.ts';
import type { Control } from '../training/breather.ts';
import { clusteringOf } from './centres.ts';
import type { ClusterChoice } from './centres.ts';
import { checkTheory } from './check.ts';
import { constantsOf } from './constants.ts';
import type { Constants } from './constants.ts';
import { theoryData } from './inputs.ts';
import { ordersOf, spectralNorm } from './orders.ts';
import type { Orders } from './orders.ts';
import { runTheory } from './run.ts';
import type { TheoryRun } from './run.ts';
import { checkSigma, sigmaOf, sigmaSpectrum } from './sigma.ts';
import type { DrawnCheck, SigmaSpectrum } from './sigma.ts';

/** The paper's quantities, and what was measured. */
export interface Theory {
  clusters: ClusterChoice;
  constants: Constants;
  /** How far samples were asked to lie from their centre, where the data are made; null for others. */
  eps0Set: number | null;
  /** Sigma(C), K rows of K, its eigenvalues, how far it lies from drawing it, and ||C||. */
  sigma: { matrix: number[][]; check: DrawnCheck; norm: number } & SigmaSpectrum;
  /** Hidden units of the network. */
  width: number;
  activation: Config['network']['activation'];
  /** Everything that the theorems assume and that does not hold. */
  failing: Phrase[];
  orders: Orders;
  run: TheoryRun;
}

/**
 * Computes and trains.
 * @param choice where clusters come from; if not given, those that are known, or as many as classes by k-means
 * @throws InputError where the Config is not about the theorems, or the data cannot be read
 */
export async function theoryOf(
  config: Config,
  choice: ClusterChoice | null,
  control: Control = {},
): Promise<Theory> {
  checkTheory(config);
  const prepared = await prepare(config);
  const data = theoryData(prepared);
  const clusters = choice ?? (data.clusters ? 'known' : data.alphas.length);
  const clustering = clusteringOf(data, clusters, config.data.seed);
  const constants = constantsOf(data, clustering);
  const { activation } = config.network;
  const matrix = sigmaOf(clustering.centres, activation);
  const check = checkSigma(clustering.centres, activation, matrix, config.data.seed);
  const norm = spectralNorm(clustering.centres);
  const sigma = { matrix, check, norm, ...sigmaSpectrum(matrix) };
  const { layers } = prepared;
  const { training } = config;
  const setup = { data, clustering, delta: constants.delta, layers, training, activation };
  return {
    clusters,
    constants,
    eps0Set: config.data.source === 'clusters' ? config.data.clusters.eps0 : null,
    sigma,
    width: config.network.widths[0] ?? theory.widths[0]!,
    activation,
    failing: [...constants.failing, ...sharpness(activation)],
    orders: ordersOf(constants, { lambda: sigma.lambda, norm, rate: training.learningRate }),
    run: await runTheory(setup, control),
  };
}

/** What the theorems ask of the activation: a bounded second derivative, which relu has not at 0. */
export function sharpness(activation: Config['network']['activation']): Phrase[] {
  return activation === 'relu' ? [{ code: 'figures.failing.sharp' satisfies TextKey }] : [];
}
