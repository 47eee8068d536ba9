/** Classes of samples by number: a byte each, or two where a data set has more than 256 of them. */
export type Labels = Uint8Array | Uint16Array;

/** Room for the classes of so many samples. */
export function newLabels(samples: number, classes: number): Labels {
  return classes > 256 ? new Uint16Array(samples) : new Uint8Array(samples);
}

/** The labels at some places. */
export function pick(labels: Labels, places: Uint32Array): Labels {
  const take = (place: number) => labels[place]!;
  return labels instanceof Uint16Array
    ? Uint16Array.from(places, take)
    : Uint8Array.from(places, take);
}

/** How many places differ. */
export function countDiffering(labels: Labels, others: Labels): number {
  let count = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] !== others[i]) count++;
  return count;
}
