import manifest from "../../../package.json?raw";

/** The version that stands in every export. */
export const APP_VERSION = parseVersion(JSON.parse(manifest));

function parseVersion(value: unknown): string {
  const version: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "version") : undefined;
  if (typeof version !== "string") throw new TypeError("package.json holds no version.");
  return version;
}
