/** Classes by their names, as people type them. */

/** How a class is called; its number where it has no name. */
export const nameOfClass = (classes: readonly string[], label: number): string =>
  classes[label] ?? String(label);

/** Classes whose names begin with what is typed, whole names first; case does not matter. */
export function classesThatBegin(classes: readonly string[], typed: string): number[] {
  const wanted = typed.toLocaleLowerCase();
  if (wanted === '') return [];
  const found = [...classes.keys()].filter((label) =>
    nameOfClass(classes, label).toLocaleLowerCase().startsWith(wanted),
  );
  const isWhole = (label: number): boolean => nameOfClass(classes, label).length === typed.length;
  return [...found.filter(isWhole), ...found.filter((label) => !isWhole(label))];
}
