import { effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import { isAbortError } from "../../engine/base/errors.ts";
import { download } from "../report/download.ts";
import type { FigureOptions, FigureProgress } from "../report/figure.ts";
import type { HandedFile } from "../report/naming.ts";
import type { PrintedReport } from "../report/printed-report.ts";
import type { AnalysisCommands } from "./analysis.ts";
import type { MessagesState } from "./messages.ts";
import type { SlideState } from "./slide.ts";

/** One file at a time is written. */
export type HandingJob =
  | { readonly kind: "idle" }
  | {
      readonly kind: "writing";
      /** What was asked for, as its button says. */
      readonly name: string;
      /** 0 to 1; null while nothing is counted. */
      readonly fraction: number | null;
      /** True once it takes longer than one waits without asking. */
      readonly isSlow: boolean;
    }
  | {
      readonly kind: "done";
      readonly name: string;
      readonly file: Pick<HandedFile, "name"> & { readonly size: number };
    }
  | { readonly kind: "printed" }
  | { readonly kind: "failed"; readonly name: string };

export type FigureArea = "slide" | "view";

/** What is handed on, and how. Not kept over reloads: what goes out is decided each time. */
export interface HandingState {
  /** Whether the name of the slide's file goes into files, onto them and into the report. */
  readonly hasName: Signal<boolean>;
  readonly isCompressed: Signal<boolean>;
  /** Millimetres. */
  readonly figureWidth: Signal<85 | 180>;
  readonly figureShows: Signal<FigureOptions["shows"]>;
  readonly figureArea: Signal<FigureArea>;
  readonly figureFormat: Signal<"png" | "svg">;
  /** Lines instead of colours in the report, for printers without. */
  readonly isPrintHatched: Signal<boolean>;
  readonly job: ReadonlySignal<HandingJob>;
  /** What the browser prints in place of the page; null: the page itself. */
  readonly report: ReadonlySignal<PrintedReport | null>;
  /** Writes a file and hands it to the browser; nothing while another one is being written. */
  handOut(name: string, write: (progress: FigureProgress) => Promise<HandedFile>): Promise<void>;
  /** Makes the report; as soon as it is on the page, that opens the browser's printing. */
  print(name: string, make: (progress: FigureProgress) => Promise<PrintedReport>): Promise<void>;
  cancel(): void;
  /** Takes the report away again. */
  endReport(): void;
}

export interface HandingDeps {
  readonly messages: MessagesState;
  readonly analysis: AnalysisCommands;
  readonly slide: SlideState;
}

const SLOW_MS = 300;

export function createHanding({ messages, analysis, slide }: HandingDeps): HandingState {
  const job = signal<HandingJob>({ kind: "idle" });
  const report = signal<PrintedReport | null>(null);
  let controller: AbortController | null = null;

  // What was written belongs to a result that is gone.
  effect(() => {
    slide.subject.value;
    analysis.grid.value;
    untracked(() => {
      cancel();
      report.value = null;
    });
  });

  /** What is under way ends by itself, unheard. */
  function cancel(): void {
    controller?.abort();
    controller = null;
    job.value = { kind: "idle" };
  }

  /** Keeps the job told of; null when it was cancelled, failed, or another one is under way. */
  async function work<T>(name: string, write: (progress: FigureProgress) => Promise<T>): Promise<T | null> {
    if (controller) return null;
    const own = new AbortController();
    controller = own;
    const tell = (news: { readonly fraction?: number; readonly isSlow?: boolean }) => {
      const known = job.value;
      if (controller === own && known.kind === "writing") job.value = { ...known, ...news };
    };
    job.value = { kind: "writing", name, fraction: null, isSlow: false };
    const timer = setTimeout(() => tell({ isSlow: true }), SLOW_MS);
    try {
      const made = await write({ signal: own.signal, onProgress: (fraction) => tell({ fraction }) });
      return controller === own ? made : null;
    } catch (error) {
      if (controller !== own) return null;
      messages.report(error);
      job.value = isAbortError(error) ? { kind: "idle" } : { kind: "failed", name };
      return null;
    } finally {
      clearTimeout(timer);
      if (controller === own) controller = null;
    }
  }

  return {
    hasName: signal(false),
    isCompressed: signal(false),
    figureWidth: signal<85 | 180>(180),
    figureShows: signal<FigureOptions["shows"]>("map"),
    figureArea: signal<FigureArea>("slide"),
    figureFormat: signal<"png" | "svg">("png"),
    isPrintHatched: signal(false),
    job,
    report,
    async handOut(name, write) {
      const file = await work(name, write);
      if (!file) return;
      download(file.blob, file.name);
      job.value = { kind: "done", name, file: { name: file.name, size: file.blob.size } };
    },
    async print(name, make) {
      const made = await work(name, make);
      if (!made) return;
      report.value = made;
      job.value = { kind: "printed" };
    },
    cancel,
    endReport() {
      report.value = null;
    },
  };
}
