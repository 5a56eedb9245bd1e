import { AppError } from "../../engine/base/errors.ts";
import { RESULT_EXTENSION } from "../../engine/resultfile/format.ts";
import { blobSource } from "../../engine/slide/blob-source.ts";
import type { App } from "./app.ts";

/** Names of files left out that a sentence gives. */
const MAX_NAMED = 3;

/**
 * Opens files that were dropped or chosen together: a result file, one slide of all that belong together, and a sentence about the
 * others. What belongs together is told by the files' first bytes. Of a slide and its result the slide comes first.
 */
export async function openTogether(
  app: Pick<App, "slide" | "recent" | "messages" | "record">,
  files: readonly File[],
): Promise<void> {
  app.messages.hide(files.map(({ name }) => name));
  const result = await findResultFile(files);
  const others = files.filter((file) => file !== result);
  if (others.length > 0) await openSlideOf(app, others);
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

async function openSlideOf(
  { slide, recent, messages }: Pick<App, "slide" | "recent" | "messages">,
  files: readonly File[],
): Promise<void> {
  if (files.length === 1) return await recent.openFiles(files);
  try {
    const { chooseSlideFiles } = await import("../../engine/slide/choose-files.ts");
    const { chosen, leftOut } = await chooseSlideFiles(files.map((file) => blobSource(file, file.name)));
    const together = chosen.map((i) => files[i]).filter((file) => file !== undefined);
    if (together.length === 0) return;
    await recent.openFiles(together);
    const isOpen = slide.open.value?.files[0] === together[0] && messages.alert.value === null;
    if (isOpen && leftOut.length > 0) messages.report(severalError(together, files, leftOut));
  } catch (error) {
    messages.report(error);
  }
}

function severalError(opened: readonly File[], files: readonly File[], leftOut: readonly number[]): AppError {
  const [first] = opened;
  const what = opened.length === 1 ? `"${first?.name}" was opened` : `the ${opened.length} files of one were opened`;
  const names = leftOut.slice(0, MAX_NAMED).map((i) => `"${files[i]?.name}"`);
  const more = leftOut.length > MAX_NAMED ? ` and ${leftOut.length - MAX_NAMED} more` : "";
  return new AppError(
    "slide/not-a-slide",
    `Expected one slide, found ${files.length} files; ${what}, ${names.join(", ")}${more} left out. Drop other slides one at a time.`,
  );
}
