import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { AppError } from "../../engine/base/errors.ts";
import { PALETTES } from "../../engine/heatmap/palette.ts";
import { MAX_FILE_BYTES } from "../../engine/resultfile/format.ts";
import { tooLarge } from "../../engine/resultfile/refusals.ts";
import type { ResultFile, ResultLook, ResultRecord } from "../../engine/resultfile/types.ts";
import { short, type Verification, verifyRun } from "../../engine/resultfile/verify.ts";
import { isSameSlide } from "../../engine/slide/fingerprint.ts";
import type { SlideClient } from "../../workers/slide.api.ts";
import { APP_VERSION } from "../report/app-version.ts";
import { t } from "../words/words.ts";
import type { AnalysisCommands } from "./analysis.ts";
import type { ClassesState } from "./classes.ts";
import type { MessagesState } from "./messages.ts";
import type { NecrosisState } from "./necrosis.ts";
import type { PacksState } from "./packs.ts";
import type { SettingsState } from "./settings.ts";
import type { OpenSlide, SlideState } from "./slide.ts";

/** The second run of a result. */
export type CheckState =
  | { readonly kind: "idle" }
  | { readonly kind: "running" }
  | { readonly kind: "done"; readonly verification: Verification };

export interface RecordDeps {
  /** The picture in a result file as a slide. */
  readonly openRecorded: (file: ResultFile) => Promise<SlideClient>;
  readonly slide: SlideState;
  readonly packs: PacksState;
  readonly analysis: AnalysisCommands;
  readonly classes: ClassesState;
  readonly necrosis: NecrosisState;
  readonly settings: SettingsState;
  readonly messages: MessagesState;
}

export interface RecordState {
  /** The result file that is open, with its slide or without; null without one. */
  readonly file: ReadonlySignal<ResultFile | null>;
  readonly check: ReadonlySignal<CheckState>;
  /** Why it cannot be run again, as a sentence; null when it can. */
  readonly blocker: ReadonlySignal<string | null>;
  /** Shows the result over its slide where that is open, else over the picture that the file holds. */
  open(file: Blob): Promise<void>;
  /** Runs it again with the same model and settings and says whether the numbers agree. */
  runAgain(): Promise<void>;
}

/** One result file at a time. Another slide than its own takes it away. */
export function createRecord(deps: RecordDeps): RecordState {
  const { slide, packs, analysis } = deps;
  const current = signal<ResultFile | null>(null);
  const check = signal<CheckState>({ kind: "idle" });
  /** `OpenSlide.filesId` of the slide that proved to be the result's. */
  const ownFiles = signal<number | null>(null);
  let attempts = 0;

  const blocker = computed(() => {
    const record = current.value?.record;
    const open = slide.open.value;
    if (!record || !open) return t`Open a result file first.`;
    if (open.recorded) return t`Drop the slide on the page to run it again and compare.`;
    if (ownFiles.value !== open.filesId) return t`Finding out whether this is the slide of the result …`;
    const { id, name, sha256 } = record.model;
    if (!packs.entries.value.some((entry) => entry.id === id)) {
      return t`The model "${name}" (${id}, SHA-256 ${short(sha256)}) is not among those of this page, so the result cannot be computed again here.`;
    }
    return analysis.state.value.kind === "running" ? t`A run is under way.` : null;
  });

  const filesId = computed(() => slide.open.value?.filesId ?? null);
  effect(() => {
    filesId.value;
    untracked(() => void meetSlide());
  });

  /** A slide that was opened while a result is: its own, over which the result is shown, or another one. */
  async function meetSlide(): Promise<void> {
    const file = current.value;
    const open = slide.open.value;
    if (!file || !open || open.recorded) return;
    try {
      const isOwn = await isOwnSlide(file, open);
      if (current.value !== file || slide.open.value?.filesId !== open.filesId) return;
      if (isOwn) {
        await adopt(file, open);
        return;
      }
      forget();
      deps.messages.report(otherSlide(file, open));
    } catch (error) {
      slide.fail(error);
    }
  }

  function forget(): void {
    current.value = null;
    ownFiles.value = null;
    check.value = { kind: "idle" };
  }

  /** Lays the result over its own slide, with the model that made it chosen where this page has it. */
  async function adopt(file: ResultFile, open: OpenSlide): Promise<void> {
    const { record } = file;
    await showFocalPlane(record);
    const { id } = record.model;
    const isOther = packs.selectedId.value !== id && packs.entries.value.some((entry) => entry.id === id);
    if (isOther) await packs.select(id);
    if (current.value !== file || slide.open.value?.filesId !== open.filesId) return;
    takePixelSize(record);
    ownFiles.value = open.filesId;
    show(record);
  }

  async function open(blob: Blob): Promise<void> {
    const attempt = ++attempts;
    try {
      if (blob.size > MAX_FILE_BYTES)
        throw tooLarge(`this one has ${blob.size} bytes, and ${MAX_FILE_BYTES} are the limit`);
      const { parseResultFile } = await import("../../engine/resultfile/parse.ts");
      const file = await parseResultFile(new Uint8Array(await blob.arrayBuffer()));
      const before = slide.open.value;
      const isOwn = before !== null && before.recorded === null && (await isOwnSlide(file, before));
      const client = isOwn ? null : await deps.openRecorded(file);
      if (attempt !== attempts) return client?.close();
      forget();
      current.value = file;
      if (client) {
        slide.openRecorded({ record: file.record.slide, pictures: file.pictures }, client);
        show(file.record);
      } else if (before) {
        deps.messages.dismiss();
        await adopt(file, before);
      }
    } catch (error) {
      if (attempt === attempts) deps.messages.report(error);
    }
  }

  function show(record: ResultRecord): void {
    const { result, model, appVersion } = record;
    analysis.restore({ result, model, appVersion });
    if (record.kind === "map") takeLook(record.look);
  }

  function takeLook(look: ResultLook): void {
    const { settings } = deps;
    takeCut(look);
    if (PALETTES.some(({ id }) => id === look.palette)) settings.palette.value = look.palette;
    settings.opacity.value = look.opacity;
    settings.below.value = look.below;
    settings.contours.value = look.contours;
  }

  function takeCut({ chosenClass, threshold }: ResultLook): void {
    deps.classes.choose(chosenClass);
    deps.necrosis.setThreshold(threshold);
  }

  function takePixelSize({ result: { pixelSize } }: ResultRecord): void {
    if (pixelSize.origin === "assumed") slide.assumePixelSize(pixelSize.mppX, pixelSize.mppY);
    else if (slide.pixelSize.value?.origin === "assumed") slide.assumePixelSize(null);
  }

  async function showFocalPlane({ slide: { focalPlane } }: ResultRecord): Promise<void> {
    const open = slide.open.value;
    if (!open || !focalPlane || open.info.focalPlane === focalPlane.index) return;
    await slide.changeView({ ...open.view, focalPlane: focalPlane.index });
  }

  async function runAgain(): Promise<void> {
    const file = current.value;
    if (!file || blocker.value !== null) return;
    const { record } = file;
    check.value = { kind: "running" };
    try {
      const again = await run(record);
      if (current.value !== file) return;
      check.value = again
        ? {
            kind: "done",
            verification: verifyRun(record, { result: again, packSha256: again.packSha256, appVersion: APP_VERSION }),
          }
        : { kind: "idle" };
    } catch (error) {
      check.value = { kind: "idle" };
      deps.messages.report(error);
    }
  }

  /** Null when it was cancelled or failed, which the analysis says itself. */
  async function run(record: ResultRecord) {
    await showFocalPlane(record);
    const isReady = packs.selectedId.value === record.model.id && packs.pack.value.kind === "ready";
    if (!isReady) await packs.select(record.model.id);
    takePixelSize(record);
    const isMap = record.kind === "map";
    const running = analysis.analyze(isMap ? { stride: record.result.stride } : {});
    if (isMap) takeCut(record.look);
    await running;
    const ended = analysis.state.value;
    return ended.kind === "done" || ended.kind === "classified" ? ended.result : null;
  }

  return { file: current, check, blocker, open, runAgain };
}

async function isOwnSlide({ record }: ResultFile, { client }: OpenSlide): Promise<boolean> {
  return isSameSlide(record.slide.fingerprint, await client.fingerprint());
}

function otherSlide({ record }: ResultFile, { info }: OpenSlide): AppError {
  return new AppError(
    "resultfile/other-slide",
    `Expected the slide of the result (fingerprint ${short(record.slide.fingerprint.sha256)}), found another one: "${info.name}" was opened by itself. Drop the result file to go back to the result.`,
  );
}
