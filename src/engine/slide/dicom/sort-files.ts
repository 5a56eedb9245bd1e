import type { DicomInstance, ImageFlavour } from "./instance.ts";

/** The files of one slide, and those that are none of it. */
export interface SortedFiles {
  /** One group a level, finest first; a group holds the parts of a concatenation in their order. */
  readonly levels: readonly (readonly DicomInstance[])[];
  /** One group each: label, overview, thumbnail. */
  readonly associated: ReadonlyMap<Exclude<ImageFlavour, "volume">, readonly DicomInstance[]>;
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly name: string;
  /** Why, for a person. */
  readonly reason: string;
}

/** Beyond this ratio of its two downsamples a level shows something else than the finest one. */
const MAX_STRETCH = 1.05;

/** Sorts files by their series (that with the largest image is the slide), kind and size. */
export function sortFiles(instances: readonly DicomInstance[]): SortedFiles {
  const leftOut: LeftOut[] = [];
  const largest = instances.reduce<DicomInstance | null>((most, next) => {
    return most === null || rank(next) > rank(most) ? next : most;
  }, null);
  const ofSeries = instances.filter((instance) => {
    const isOf = instance.seriesInstance === largest?.seriesInstance;
    if (!isOf) leftOut.push({ name: instance.source.name, reason: "of another series" });
    return isOf;
  });
  const volumes = ofSeries.filter(({ flavour }) => flavour === "volume");
  const bySize = groupBy(volumes, ({ width, height }) => `${width} x ${height}`);
  const groups = [...bySize.values()].map((group) => oneImage(group, leftOut));
  groups.sort((a, b) => (b[0]?.width ?? 0) - (a[0]?.width ?? 0));
  const levels = groups.filter((group) => {
    const isAlike = hasShapeOf(group[0], groups[0]?.[0]);
    if (!isAlike) for (const { source } of group) leftOut.push({ name: source.name, reason: "of another shape" });
    return isAlike;
  });
  const associated = new Map<Exclude<ImageFlavour, "volume">, readonly DicomInstance[]>();
  for (const flavour of ["label", "overview", "thumbnail"] as const) {
    const found = ofSeries.filter((instance) => instance.flavour === flavour);
    if (found.length > 0) associated.set(flavour, oneImage(found, leftOut));
  }
  return { levels, associated, leftOut };
}

/** A volume before what accompanies it, a larger one before a smaller one. */
function rank({ flavour, width, height }: DicomInstance): number {
  return flavour === "volume" ? width * height : -1 / (width * height);
}

/** The parts of the image that comes first, in their order, each once. */
function oneImage(group: readonly DicomInstance[], leftOut: LeftOut[]): DicomInstance[] {
  const [first] = group;
  const kept = new Map<number, DicomInstance>();
  for (const instance of group) {
    const isPart = instance.image === first?.image && isCutAlike(instance, first);
    const isTwin = isPart && kept.has(instance.firstFrame);
    if (isPart && !isTwin) kept.set(instance.firstFrame, instance);
    else leftOut.push({ name: instance.source.name, reason: isTwin ? "there twice" : "a second image of its size" });
  }
  return [...kept.values()].sort((a, b) => a.firstFrame - b.firstFrame);
}

function isCutAlike(a: DicomInstance, b: DicomInstance): boolean {
  return a.width === b.width && a.height === b.height && a.tileWidth === b.tileWidth && a.tileHeight === b.tileHeight;
}

/** True when the level shows all of the base: sizes are rounded, by up to a pixel along each edge. */
function hasShapeOf(level: DicomInstance | undefined, base: DicomInstance | undefined): boolean {
  if (!level || !base || level.height > base.height) return false;
  const shape = base.width / base.height;
  const least = Math.max(level.width - 1, 0.5) / (level.height + 1);
  const most = (level.width + 1) / Math.max(level.height - 1, 0.5);
  return least < shape * MAX_STRETCH && most > shape / MAX_STRETCH;
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
