/** A file of the built page. `path` is relative to the page's folder, with forward slashes. */
export interface ReleaseFile {
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Who needs a file: every browser, or one whose WebGPU runs with that build of onnxruntime. */
export type FileGroup = "all" | "webgpu-jspi" | "webgpu-asyncify";

export interface PrecacheFile extends ReleaseFile {
  readonly group: FileGroup;
}

/** How one file stands. `why`: one sentence for a file that was tried and refused; null for one that was not tried yet. */
export interface FileState extends ReleaseFile {
  readonly isKept: boolean;
  readonly why: string | null;
}

/** What a service worker says of the files that its version needs in this browser. */
export interface OfflineReport {
  readonly kind: "palisade-offline-report";
  readonly activity: "resting" | "fetching" | "verifying";
  readonly files: readonly FileState[];
  /** Bytes of files that are kept, and of those that are coming in. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** What a worker answers that does not take over, since another page of this site is open. */
export interface TakeOverRefused {
  readonly kind: "palisade-take-over-refused";
}

export type FromServiceWorker = OfflineReport | TakeOverRefused;

/** What the page asks of a service worker. */
export type ToServiceWorker =
  /** Fetch what is missing; files of `group` are needed from now on, by later versions too. */
  | { readonly kind: "fill"; readonly group: FileGroup }
  /** Compute every hash again, fetch what does not match. */
  | { readonly kind: "verify" }
  /** Let this version answer from now on. */
  | { readonly kind: "take-over" };

/** Null for a message of somebody else. */
export function parseFromServiceWorker(message: unknown): FromServiceWorker | null {
  const kind: unknown = typeof message === "object" && message !== null ? Reflect.get(message, "kind") : undefined;
  // Both ends are of this project, and the browser hands messages of one origin alone to the page.
  return kind === "palisade-offline-report" || kind === "palisade-take-over-refused"
    ? (message as FromServiceWorker)
    : null;
}

export function isComplete(report: OfflineReport): boolean {
  return report.files.every((file) => file.isKept);
}
