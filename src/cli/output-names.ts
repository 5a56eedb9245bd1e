import { readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";

/**
 * Names for the files of slides in one folder: the slide's own without its extension; "NAME-2", "NAME-3", ... where that
 * belongs to another slide, of this run or of an earlier one. The same slide gets its old name again.
 */
export class OutputNames {
  readonly #folder: string;
  readonly #taken = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** `sha256`: of the slide. */
  async nameFor(path: string, sha256: string): Promise<string> {
    const plain = basename(path, extname(path));
    for (let count = 1; ; count++) {
      const name = count === 1 ? plain : `${plain}-${count}`;
      // Some file systems take "A" and "a" for the same name.
      const key = name.normalize("NFC").toLowerCase();
      if (this.#taken.has(key)) continue;
      const owner = await this.#ownerOf(name);
      if (owner !== null && owner !== sha256) continue;
      this.#taken.add(key);
      return name;
    }
  }

  /** The slide's SHA-256 in a summary that is there already, or null without one. */
  async #ownerOf(name: string): Promise<string | null> {
    try {
      const summary: unknown = JSON.parse(await readFile(join(this.#folder, `${name}.summary.json`), "utf8"));
      if (typeof summary !== "object" || summary === null || !("slide" in summary)) return null;
      const { slide } = summary;
      return typeof slide === "object" && slide !== null && "sha256" in slide ? String(slide.sha256) : null;
    } catch {
      return null;
    }
  }
}
