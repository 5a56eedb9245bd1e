/** Micrometres of one unit of the OME schema's UnitsLength; both letters that are written for micro. */
const UM_PER_UNIT: Readonly<Record<string, number>> = {
  µm: 1,
  μm: 1,
  um: 1,
  micron: 1,
  nm: 1e-3,
  Å: 1e-4,
  pm: 1e-6,
  mm: 1e3,
  cm: 1e4,
  dm: 1e5,
  m: 1e6,
  in: 25_400,
  inch: 25_400,
  pt: 25_400 / 72,
  thou: 25.4,
};

/** A length with its unit (by the schema µm where none is given) in micrometres; null for what is none, or not above 0. */
export function lengthInUm(value: string | undefined, unit = "µm"): number | null {
  if (value === undefined || value.trim() === "") return null;
  const um = Number(value) * (UM_PER_UNIT[unit.trim()] ?? Number.NaN);
  return um > 0 && Number.isFinite(um) ? um : null;
}
