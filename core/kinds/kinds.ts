/** The kinds that a Config names, of the rooms that have them, and the Config's schema with these. */
import { kindFace } from '../contract/catalogue/kinds.ts';
import type { ConfigKinds } from '../contract/catalogue/kinds.ts';
import { configSchemaOf } from '../contract/config/kinds.ts';
import { LOSSES } from '../engine/losses/index.ts';
import { OPTIMIZERS } from '../engine/optimizers/index.ts';
import { SCHEMES } from '../engine/schemes/index.ts';
import { NETWORKS } from '../models/index.ts';
import { NOISES } from '../noise/kinds.ts';

/** Noises, networks, optimizers, losses and training schemes. */
export const CONFIG_KINDS: ConfigKinds = {
  noises: NOISES.all.map((one) => ({ ...kindFace(one), rateIsShare: one.rateIsShare ?? false })),
  networks: NETWORKS.all.map((one) => ({
    ...kindFace(one),
    depth: one.depth ?? 0,
    takesRows: one.takesRows ?? false,
    losses: one.losses ? [...one.losses] : null,
  })),
  optimizers: OPTIMIZERS.all.map(kindFace),
  losses: LOSSES.all.map(kindFace),
  schemes: SCHEMES.all.map(kindFace),
};

/** A Config whose kinds there are. */
export const StrictConfigSchema = configSchemaOf(CONFIG_KINDS);
