import { csvCell } from "../engine/base/csv-cell.ts";

/** A line of a CSV file, without its end. */
export function csvLine(values: readonly (string | number)[]): string {
  return values.map(csvCell).join(",");
}
