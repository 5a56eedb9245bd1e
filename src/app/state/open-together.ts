import { AppError } from "../../engine/base/errors.ts";
import { blobSource } from "../../engine/slide/blob-source.ts";
import { chooseSlideFiles } from "../../engine/slide/choose-files.ts";
import type { App } from "./app.ts";

/** Names of files left out that a sentence gives. */
const MAX_NAMED = 3;

/**
 * Opens files that were dropped or chosen together: one slide of all that belong together, and a sentence about the
 * others. What belongs together is told by the files' first bytes.
 */
export async function openTogether(
  { slide, recent, messages }: Pick<App, "slide" | "recent" | "messages">,
  files: readonly File[],
): Promise<void> {
  if (files.length === 1) return await recent.openFiles(files);
  try {
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
