import { AppError } from "../../base/errors.ts";
import type { TiffFile } from "./directory.ts";
import type { TiffPage } from "./page.ts";

/** The last piece of the image must lie inside of the file: a download that broke off is told at once, not tile by tile. */
export async function refuseTruncated(file: TiffFile, page: TiffPage): Promise<void> {
  if (!page.offsets || !page.byteCounts) return;
  const last = page.cols * page.rows - 1;
  const end = (await page.offsets.at(last)) + (await page.byteCounts.at(last));
  if (end <= file.source.size) return;
  throw new AppError(
    "slide/truncated",
    `Expected the last tile of the slide to end at byte ${end}, but the file ends at byte ${file.source.size}: it is incomplete. Copy or download it again.`,
  );
}
