import type { AnalysisProgress } from "../engine/analysis/types.ts";

const PHASES: Readonly<Record<AnalysisProgress["phase"], string>> = {
  opening: "opening",
  tissue: "finding tissue",
  "warming-up": "opening the network",
  coarse: "computing",
  fine: "computing",
};

/** Progress of one slide on standard error: one line that changes on a terminal, a line per phase elsewhere. */
export class ProgressLine {
  readonly #name: string;
  #lastPhase = "";
  #isOpen = false;

  constructor(name: string) {
    this.#name = name;
  }

  show(progress: AnalysisProgress): void {
    const phase = PHASES[progress.phase];
    if (process.stderr.isTTY) {
      const share = progress.total > 0 ? ` ${Math.round((100 * progress.done) / progress.total)} %` : "";
      const left = progress.secondsLeft === null ? "" : `, ${Math.ceil(progress.secondsLeft)} s left`;
      process.stderr.write(`\r\u001b[K${this.#name}: ${phase}${share}${left}`);
      this.#isOpen = true;
    } else if (phase !== this.#lastPhase) process.stderr.write(`${this.#name}: ${phase}\n`);
    this.#lastPhase = phase;
  }

  /** The last word on this slide. */
  end(text: string): void {
    process.stderr.write(`${this.#isOpen ? "\r\u001b[K" : ""}${this.#name}: ${text}\n`);
  }

  /** Leaves the line to whoever writes next. */
  clear(): void {
    if (this.#isOpen) process.stderr.write("\r\u001b[K");
    this.#isOpen = false;
  }
}
