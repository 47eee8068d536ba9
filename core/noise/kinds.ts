/** Every kind of noise, in the order in which they are offered. A new one is one file and its line here. */
import { listed } from '../contract/catalogue/listed.ts';
import { asymmetric } from './asymmetric.ts';
import { block } from './block.ts';
import { clusters } from './clusters.ts';
import { count } from './count.ts';
import { difficulty } from './difficulty.ts';
import { instance } from './instance.ts';
import { matrix } from './matrix.ts';
import type { NoiseKind } from './noise.ts';
import { none } from './none.ts';
import { oneClass } from './one-class.ts';
import { pair } from './pair.ts';
import { perClass } from './per-class.ts';
import { sampled } from './sampled.ts';
import { symmetric } from './symmetric.ts';
import { uniform } from './uniform.ts';

export const NOISES = listed<NoiseKind>('noise.kind', [
  none,
  symmetric,
  uniform,
  pair,
  block,
  asymmetric,
  matrix,
  sampled,
  instance,
  difficulty,
  perClass,
  oneClass,
  count,
  clusters,
]);
