import { formatBytes, formatWhole } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { resultOf } from "../state/result.ts";
import { t } from "../words/words.ts";

/** What is being written, or became of it; keeps its place, so that no button moves. */
export function ExportStatus({ app, hasResult }: { readonly app: App; readonly hasResult: boolean }) {
  const job = app.handing.job.value;
  const isSlow = job.kind === "writing" && job.isSlow;
  const fraction = job.kind === "writing" ? job.fraction : null;
  return (
    <div class="export-status">
      <p class="remark" role="status">
        {wordsOf(app, hasResult)}
      </p>
      {isSlow && (
        <div class="export-progress">
          <div
            class={fraction === null ? "progress is-uncounted" : "progress"}
            role="progressbar"
            aria-label={t`Writing the file`}
            aria-valuemin={0}
            aria-valuemax={100}
            {...(fraction === null ? {} : { "aria-valuenow": Math.floor(fraction * 100) })}
          >
            {fraction !== null && <span style={{ width: `${fraction * 100}%` }} />}
          </div>
          <button type="button" class="plain" onClick={() => app.handing.cancel()}>
            {t`Stop writing`}
          </button>
        </div>
      )}
    </div>
  );
}

function wordsOf(app: App, hasResult: boolean): string {
  const job = app.handing.job.value;
  switch (job.kind) {
    case "writing":
      if (!job.isSlow) return t`Being made …`;
      return job.fraction === null
        ? t`${job.name}: being made …`
        : t`${job.name}: reading the slide, ${formatWhole(job.fraction)} …`;
    case "done":
      return t`${job.file.name} (${formatBytes(job.file.size)}) went to your downloads.`;
    case "printed":
      return t`The report went to the browser's printing.`;
    case "failed":
      return t`${job.name} did not succeed; the reason stands above the slide.`;
    default:
      return idleWords(app, hasResult);
  }
}

function idleWords(app: App, hasResult: boolean): string {
  const { kind } = app.analysis.state.value;
  if (kind === "cancelled" || kind === "interrupted") {
    return t`This map is not whole, and half a number must not travel: run it to its end, or analyze a region alone.`;
  }
  if (!hasResult) {
    return t`Nothing to hand on yet. When a run is done: a table, outlines, a figure, a page to print, and one file that opens again.`;
  }
  if (resultOf(app)?.isPartial) return t`This result is of a part of the slide; every file says so.`;
  return t`Each file says that it is for research use only.`;
}
