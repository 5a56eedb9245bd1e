import { formatFigures, formatMoment } from "../report/numbers.ts";
import type { Choice } from "../state/planner.ts";
import type { KeptSpeed } from "../state/speeds.ts";
import { msg, say, t } from "../words/words.ts";

const NAMES: Readonly<Record<Choice["extent"], string>> = {
  whole: msg`All of the tissue`,
  coarse: msg`Coarse map only`,
  region: msg`Region only`,
};

/** What a choice computes. */
export function choiceName({ extent }: Pick<Choice, "extent">): string {
  return say(NAMES[extent]);
}

/** "about 14 min", and with what, where that is a GPU; null where nothing was measured. */
export function timeWords(seconds: number | null, speed: Pick<KeptSpeed, "backend"> | null): string | null {
  if (seconds === null || !speed) return null;
  const about = aboutWords(seconds);
  return speed.backend === "WebGPU" ? t`${about} with WebGPU` : about;
}

/** As exact as an estimate deserves: to 5 s below a minute, to a minute below 20, to 5 min below 90, then in hours. */
export function aboutWords(seconds: number): string {
  if (seconds < 8) return t`a few seconds`;
  if (seconds < 58) return t`about ${Math.round(seconds / 5) * 5} s`;
  const minutes = seconds / 60;
  if (minutes < 19.5) return t`about ${Math.max(1, Math.round(minutes))} min`;
  if (minutes < 87.5) return t`about ${Math.round(minutes / 5) * 5} min`;
  const hours = minutes / 60;
  return t`about ${formatFigures(hours < 10 ? Math.round(hours * 2) / 2 : Math.round(hours), 3)} h`;
}

/** What a coarse map lacks; lengths in micrometres. */
export function coarseWords(coarseStepUm: number, fineStepUm: number): string {
  const [coarse, fine] = [coarseStepUm, fineStepUm].map((um) => formatFigures(um, 3));
  return t`The coarse map has a patch every ${coarse ?? ""} µm, the whole one every ${fine ?? ""} µm.`;
}

/** What the times rest on. */
export function measuredWords({ measuredAt, backend, concurrency }: KeptSpeed): string {
  const when = formatMoment(measuredAt);
  if (backend === "WebGPU") return t`Measured on the GPU, ${when}`;
  return concurrency === 1 ? t`Measured with 1 worker, ${when}` : t`Measured with ${concurrency} workers, ${when}`;
}
