import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { BackendInfo } from "../../engine/features/types.ts";
import { type FileGroup, isComplete, type OfflineReport } from "../../service-worker/protocol.ts";
import { t } from "../words/words.ts";

/** Whether the page would open and work here with the network off. */
export type Readiness =
  | { readonly kind: "finding-out" }
  /** The page works, just not offline. `why`: one sentence. */
  | { readonly kind: "unavailable"; readonly why: string }
  | { readonly kind: "fetching"; readonly report: OfflineReport }
  | { readonly kind: "verifying"; readonly report: OfflineReport }
  | { readonly kind: "incomplete"; readonly report: OfflineReport }
  /** Every byte is there and was checked. */
  | { readonly kind: "ready"; readonly report: OfflineReport };

/** A version that the server has and this page is not yet. */
export type PageUpdate =
  | { readonly kind: "none" }
  | { readonly kind: "fetching"; readonly report: OfflineReport }
  /** Could not be fetched whole, so it is not offered. */
  | { readonly kind: "incomplete"; readonly report: OfflineReport }
  | { readonly kind: "offered" }
  /** Not taken, since another page of this site is open. */
  | { readonly kind: "held-back" }
  | { readonly kind: "taking-over" };

/** What the service worker and its registration tell. */
export interface OfflineListener {
  /** By the worker at its post, by one that is being installed, or by one that was given up. */
  reported(report: OfflineReport, by: "active" | "later" | "ended"): void;
  /** A worker is at its post. */
  active(): void;
  /** A later version is whole and waits. */
  waiting(): void;
  /** A worker was given up: its installation failed, or a later one took its place. */
  ended(): void;
  /** Another worker answers this page from now on. */
  controlled(): void;
  refused(): void;
}

export interface OfflineDoor {
  fill(group: FileGroup): void;
  verify(): void;
  takeOver(): void;
  /** Tries once more what failed before. */
  install(): Promise<void>;
  lookForUpdate(): Promise<void>;
}

export interface OfflineDeps {
  /** A sentence where there is no service worker. */
  readonly openOfflineDoor: (listener: OfflineListener) => Promise<OfflineDoor | string>;
  readonly reload: () => void;
  /** Which build of onnxruntime this browser would compute with on WebGPU. */
  readonly webGpuBuild: () => "jspi" | "asyncify";
  readonly backend: ReadonlySignal<BackendInfo | null>;
  /** Why a reload would lose work now, as a sentence; null when nothing can be lost. */
  readonly workAtRisk: ReadonlySignal<string | null>;
}

export interface OfflineState {
  readonly readiness: ReadonlySignal<Readiness>;
  readonly update: ReadonlySignal<PageUpdate>;
  /** Why the update cannot be taken now, as a sentence; null when it can. */
  readonly updateBlocker: ReadonlySignal<string | null>;
  start(): Promise<void>;
  /** Fetches what is missing. */
  retry(): void;
  /** Computes every hash again. */
  verify(): void;
  lookForUpdate(): void;
  /** Lets the new version take over and reloads the page; nothing happens while something blocks it. */
  takeUpdate(): void;
}

/** Keeps track of what is kept for offline use and of versions to come. Nothing is taken over unless a person asks for it. */
export function createOffline(deps: OfflineDeps): OfflineState {
  const readiness = signal<Readiness>({ kind: "finding-out" });
  const update = signal<PageUpdate>({ kind: "none" });
  let door: OfflineDoor | null = null;
  let isActive = false;
  /** Of the last installation that failed: it is tried again by itself while each try gets further. */
  let bytesAtFailure = -1;

  const updateBlocker = computed(() => (isOffer(update.value) ? deps.workAtRisk.value : t`There is no new version.`));

  const listener: OfflineListener = {
    reported(report, by) {
      const isOfUpdate = by !== "active" && isActive;
      if (!isOfUpdate) readiness.value = readinessOf(report, isActive || by === "ended");
      else if (!isOffer(update.value)) update.value = updateOf(report);
    },
    active() {
      isActive = true;
      fill();
    },
    waiting() {
      update.value = { kind: "offered" };
    },
    ended() {
      if (update.value.kind === "fetching") update.value = { kind: "incomplete", report: update.value.report };
      else if (!isActive) installationFailed();
    },
    controlled() {
      if (update.value.kind === "taking-over") deps.reload();
    },
    refused() {
      update.value = { kind: "held-back" };
    },
  };

  /** A browser ends an installation after some minutes: what came in is kept, and the next try goes on from there. */
  function installationFailed(): void {
    if (!("report" in readiness.value)) return;
    const { report } = readiness.value;
    readiness.value = { kind: "incomplete", report };
    if (report.bytesDone <= bytesAtFailure || report.files.some(({ why }) => why !== null)) return;
    bytesAtFailure = report.bytesDone;
    retry();
  }

  function fill(): void {
    door?.fill("all");
    fillForWebGpu();
  }

  function fillForWebGpu(): void {
    if (deps.backend.value?.name === "WebGPU" && isActive) door?.fill(`webgpu-${deps.webGpuBuild()}`);
  }

  function retry(): void {
    if (isActive) fill();
    else door?.install().catch(() => undefined);
  }

  effect(fillForWebGpu);

  return {
    readiness,
    update,
    updateBlocker,
    async start() {
      const opened = await deps.openOfflineDoor(listener);
      if (typeof opened === "string") {
        readiness.value = { kind: "unavailable", why: opened };
        return;
      }
      door = opened;
      if (isActive) fill();
    },
    retry,
    verify: () => door?.verify(),
    lookForUpdate() {
      // Without a network there is nothing to be told.
      door?.lookForUpdate().catch(() => undefined);
    },
    takeUpdate() {
      if (updateBlocker.value !== null) return;
      update.value = { kind: "taking-over" };
      door?.takeOver();
    },
  };
}

export function isOffer(update: PageUpdate): boolean {
  return update.kind === "offered" || update.kind === "held-back";
}

/** A worker that ends its installation with files missing is given up by the browser. */
function updateOf(report: OfflineReport): PageUpdate {
  return { kind: report.activity === "resting" && !isComplete(report) ? "incomplete" : "fetching", report };
}

/** Before the first worker is at its post, what is kept is of no use yet, and what is missing will be asked for once more. */
function readinessOf(report: OfflineReport, isSettled: boolean): Readiness {
  if (report.activity === "verifying") return { kind: "verifying", report };
  if (report.activity === "fetching" || !isSettled) return { kind: "fetching", report };
  return { kind: isComplete(report) ? "ready" : "incomplete", report };
}
