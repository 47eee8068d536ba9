declare module 'jstat' {
  /** Distributions; `inv` is the quantile. */
  export const jStat: {
    chisquare: { inv(share: number, freedom: number): number };
    studentt: { inv(share: number, freedom: number): number };
  };
}
