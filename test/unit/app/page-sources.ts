import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";

/** A node of the syntax tree; what its fields are depends on its type. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export interface Source {
  /** From `src/app` on. */
  readonly path: string;
  readonly text: string;
  readonly program: Node;
}

const ROOT = "src/app";

/** All sources of the page, parsed; those of `words` hold the catalogues and are left out. */
export function pageSources(): Source[] {
  return readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts") && !path.startsWith("words"))
    .sort()
    .map((path) => {
      const text = readFileSync(join(ROOT, path), "utf8");
      return { path, text, program: parseSync(path, text).program as unknown as Node };
    });
}

/** `visit` hears every node before those in it, and whether to go on into it. */
export function walk(
  node: Node,
  visit: (node: Node, parent: Node | null) => boolean,
  parent: Node | null = null,
): void {
  if (!visit(node, parent)) return;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, node);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** "ui/page.tsx:12" */
export function placeOf({ path, text }: Source, { start }: Node): string {
  return `${path}:${text.slice(0, start).split("\n").length}`;
}
