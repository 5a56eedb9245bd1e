import { subjectKey } from "./kept.ts";
import type { PacksState } from "./packs.ts";
import { openSubject } from "./run-subject.ts";
import type { SlideState } from "./slide.ts";

/**
 * Names, as `subjectKey` does, what a run of the chosen pack on the slide of the stage would be about; null while that is not known. `stride`: in
 * place of the pack's.
 */
export function stageKey(slide: SlideState, packs: PacksState, stride?: number): string | null {
  const open = slide.open.value;
  const size = slide.pixelSize.value;
  const pack = packs.pack.value;
  const known = slide.fingerprint.value;
  if (!open || !size || !known || pack.kind !== "ready") return null;
  return subjectKey({ ...openSubject(open, size, pack.loaded, stride), slide: known.sha256 });
}
