import { RESULT_EXTENSION } from "../../engine/resultfile/format.ts";
import { blobSource } from "../../engine/slide/blob-source.ts";
import { t } from "../words/words.ts";
import type { App } from "./app.ts";

/** Names of files left out that a sentence gives. */
const MAX_NAMED = 3;

export type OpenTogetherParts = Pick<App, "slide" | "recent" | "messages" | "record" | "queue">;

export interface OpenTogetherOptions {
  /** Onto the work list alone, be it one slide; the stage stays as it is. Default: false. */
  readonly isForList?: boolean;
}

/**
 * Opens files that were dropped or chosen together: a result file, and the slides that the others make. Several slides go onto the work list, the
 * first of them on the stage; what is no slide is named in a sentence. What belongs together is told by the files' first bytes. Of a
 * slide and its result the slide comes first.
 */
export async function openTogether(
  app: OpenTogetherParts,
  files: readonly File[],
  { isForList = false }: OpenTogetherOptions = {},
): Promise<void> {
  app.messages.hide(files.map(({ name }) => name));
  const result = await findResultFile(files);
  const others = files.filter((file) => file !== result);
  if (others.length > 0) await openSlidesOf(app, others, isForList);
  if (result) await app.record.open(result);
}

/** By name, or, where there is but one file, by its first bytes. */
async function findResultFile(files: readonly File[]): Promise<File | undefined> {
  const named = files.find(({ name }) => name.toLowerCase().endsWith(RESULT_EXTENSION));
  const [only] = files;
  if (named || !only || files.length > 1) return named;
  const { isResultFile, RESULT_HEAD_BYTES } = await import("../../engine/resultfile/unpack.ts");
  // What cannot be read says so where it is opened as a slide.
  const head = await only
    .slice(0, RESULT_HEAD_BYTES)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  return isResultFile(new Uint8Array(head)) ? only : undefined;
}

async function openSlidesOf(
  { slide, recent, messages, queue }: OpenTogetherParts,
  files: readonly File[],
  isForList: boolean,
): Promise<void> {
  if (files.length === 1 && !isForList) return await recent.openFiles(files);
  try {
    const { groupSlideFiles } = await import("../../engine/slide/group-files.ts");
    const { slides, leftOut } = await groupSlideFiles(files.map((file) => blobSource(file, file.name)));
    const groups = slides.map((group) => group.map((i) => files[i]).filter((file) => file !== undefined));
    const [only] = groups;
    if (!only) return;
    if (isForList) {
      void queue.add(groups);
    } else if (groups.length > 1) {
      recent.stopAsking();
      void queue.add(groups);
      await openFirst(slide, groups);
    } else await recent.openFiles(only);
    const isOpen = isForList || groups.some(([first]) => first === slide.open.value?.files[0]);
    if (isOpen && messages.alert.value === null && leftOut.length > 0) messages.tell(leftOutSentence(files, leftOut));
  } catch (error) {
    messages.report(error);
  }
}

/** The first of them that opens; those that do not say so in the list. */
async function openFirst(slide: OpenTogetherParts["slide"], groups: readonly (readonly File[])[]): Promise<void> {
  for (const files of groups) {
    await slide.openFiles(files);
    if (slide.open.value?.files[0] === files[0]) return;
  }
}

function leftOutSentence(files: readonly File[], leftOut: readonly number[]): string {
  const names = leftOut
    .slice(0, MAX_NAMED)
    .map((i) => `"${files[i]?.name}"`)
    .join(", ");
  const more = leftOut.length - MAX_NAMED;
  return more > 0
    ? t`Left out, because they are no slides or pictures beside slides: ${names} and ${more} more.`
    : t`Left out, because they are no slides or pictures beside slides: ${names}.`;
}
