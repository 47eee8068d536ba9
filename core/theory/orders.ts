/** What the theorems state, as orders: how things grow. The paper's constants are not known, so none is made up. */
import type { Constants } from './constants.ts';

/** Orders of Li, Soltanolkotabi, Oymak (2019): to be compared between runs, never with one number. */
export interface Orders {
  /** Theorem 1: the width that is enough grows as condition^4 K^2; null where Sigma(C) is singular. */
  width: number | null;
  /** Theorem 1: the iterations until the true labels are learned grow as K. */
  iterations: number;
  /** Theorem 2: to fit a wrong label exactly the weights travel at least as delta / eps0; null where eps0 is 0. */
  distance: number | null;
}

/** The orders for measured constants. @param condition of Sigma(C) */
export function ordersOf({ clusters, delta, eps0 }: Constants, condition: number): Orders {
  return {
    width: Number.isFinite(condition) ? condition ** 4 * clusters ** 2 : null,
    iterations: clusters,
    distance: eps0 > 0 ? delta / eps0 : null,
  };
}
