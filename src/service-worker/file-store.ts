import { sha256Hex } from "../engine/base/sha256.ts";
import type { VerifiedFile } from "./fetch-file.ts";
import type { FileGroup, ReleaseFile } from "./protocol.ts";

/**
 * The kept files, each under its path and hash: versions share what is equal in both, and a file of another content is
 * another file. One store for each folder that the page is served from.
 */
export class FileStore {
  readonly #scope: string;

  constructor(scope: string) {
    this.#scope = scope;
  }

  /** The keys of `files` that are there. */
  async kept(files: readonly ReleaseFile[]): Promise<ReadonlySet<string>> {
    const keys = new Set((await (await this.#open()).keys()).map((request) => request.url));
    return new Set(files.filter((file) => keys.has(this.#url(file))).map(keyOf));
  }

  async read(file: ReleaseFile): Promise<Response | null> {
    return (await (await this.#open()).match(this.#url(file))) ?? null;
  }

  /** Throws when the disk is full. */
  async keep(file: ReleaseFile, { bytes, headers }: VerifiedFile): Promise<void> {
    headers.set("content-length", String(bytes.length));
    await (await this.#open()).put(this.#url(file), new Response(bytes, { headers }));
  }

  /** Whether the kept bytes still have their hash; lets go of them if not. */
  async verify(file: ReleaseFile): Promise<boolean> {
    const body = await this.read(file);
    const found = body && (await body.arrayBuffer().catch(() => null));
    if (found && (await sha256Hex(new Uint8Array(found))) === file.sha256) return true;
    await (await this.#open()).delete(this.#url(file));
    return false;
  }

  /** Lets go of all but `files`. */
  async retain(files: readonly ReleaseFile[]): Promise<void> {
    const cache = await this.#open();
    const wanted = new Set(files.map((file) => this.#url(file)));
    for (const request of await cache.keys()) {
      if (!wanted.has(request.url) && request.url !== this.#groupsUrl()) await cache.delete(request);
    }
  }

  /** The groups that this browser was found to need. */
  async groups(): Promise<readonly FileGroup[]> {
    const kept = await (await this.#open()).match(this.#groupsUrl());
    const groups: unknown = kept ? await kept.json() : [];
    // Written by the line below, under an address that no file has.
    return Array.isArray(groups) ? (groups as readonly FileGroup[]) : [];
  }

  async addGroup(group: FileGroup): Promise<void> {
    const groups = await this.groups();
    if (groups.includes(group)) return;
    await (await this.#open()).put(this.#groupsUrl(), Response.json([...groups, group]));
  }

  #open(): Promise<Cache> {
    return caches.open(`palisade ${this.#scope}`);
  }

  #url(file: ReleaseFile): string {
    return new URL(`${file.path}?sha256=${file.sha256}`, this.#scope).href;
  }

  #groupsUrl(): string {
    return new URL("?groups", this.#scope).href;
  }
}

export function keyOf(file: ReleaseFile): string {
  return `${file.path} ${file.sha256}`;
}
