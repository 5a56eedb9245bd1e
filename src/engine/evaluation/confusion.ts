/** How often each true class (row) was called each class (column), in the order of `classes`. */
export interface ConfusionMatrix {
  readonly classes: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** `truth` and `found` hold indices into `classes`. Throws `RangeError` for lengths that disagree and indices out of range. */
export function confusionMatrix(
  classes: readonly string[],
  truth: ArrayLike<number>,
  found: ArrayLike<number>,
): ConfusionMatrix {
  if (truth.length !== found.length) throw new RangeError(`${truth.length} truths, ${found.length} answers`);
  const counts = classes.map(() => classes.map(() => 0));
  for (let i = 0; i < truth.length; i++) {
    const row = counts[truth[i]!];
    const col = found[i]!;
    if (row?.[col] === undefined) throw new RangeError(`class ${truth[i]} called ${col}, of ${classes.length} classes`);
    row[col]++;
  }
  return { classes, counts };
}

/** Share of all that were called what they are; null without any. */
export function accuracy({ counts }: ConfusionMatrix): number | null {
  return ratio(sum(counts.map((row, index) => row[index]!)), sum(counts.map(sum)));
}

/** Mean of the recalls of the classes that occur; null without any. A coin gives 1 / classes however skewed they are. */
export function balancedAccuracy(matrix: ConfusionMatrix): number | null {
  const known = recalls(matrix).filter((value) => value !== null);
  return ratio(sum(known), known.length);
}

/** Per class: the share of its members that were called so; null for a class that does not occur. */
export function recalls({ counts }: ConfusionMatrix): (number | null)[] {
  return counts.map((row, index) => ratio(row[index]!, sum(row)));
}

/** Per class: the share of those called so that are; null for a class that nothing was called. */
export function precisions({ counts }: ConfusionMatrix): (number | null)[] {
  return counts.map((row, index) => ratio(row[index]!, sum(counts.map((other) => other[index]!))));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
