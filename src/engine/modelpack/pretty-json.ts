const INDENT = "  ";

/**
 * JSON for people: two spaces, lists of plain values on one line. Throws `RangeError` for a number that JSON cannot hold:
 * it would silently become null.
 */
export function prettyJson(value: unknown, indent = ""): string {
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError(`${value} cannot be written as JSON.`);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const deeper = indent + INDENT;
  if (Array.isArray(value)) {
    if (!value.some(isObject)) return `[${value.map((item) => prettyJson(item)).join(", ")}]`;
    return `[\n${value.map((item) => deeper + prettyJson(item, deeper)).join(",\n")}\n${indent}]`;
  }
  const members = Object.entries(value).filter(([, item]) => item !== undefined);
  if (members.length === 0) return "{}";
  const lines = members.map(([key, item]) => `${deeper}${JSON.stringify(key)}: ${prettyJson(item, deeper)}`);
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
