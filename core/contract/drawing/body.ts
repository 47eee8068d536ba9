/** What a kind of panel draws, and its places that say what is there. */

/** A place that the pointer or the keys come to: where it is, in pixels, and what is there. */
export interface Spot {
  x: number;
  y: number;
  /** Of its series, or of its row and column. */
  name: string;
  values: { name: string; value: string }[];
}

/** What is drawn into an area. */
export interface Body {
  svg: string;
  spots: Spot[];
}
