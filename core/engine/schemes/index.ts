/** Training schemes. A new one is one file and its line here. */
import { listed } from '../../contract/catalogue/listed.ts';
import { coTeaching } from './co-teaching.ts';
import { plainTraining } from './plain.ts';
import { progressive } from './progressive.ts';
import type { SchemeConfig, SchemeKind } from './scheme.ts';

/** Every scheme, in the order in which they are offered. */
export const SCHEMES = listed<SchemeKind>('training.scheme', [
  plainTraining,
  coTeaching,
  progressive,
]);

/** The scheme a Config asks for. @throws InputError where there is none of that name */
export const schemeOf = (training: SchemeConfig): SchemeKind => SCHEMES.of(training.scheme);
