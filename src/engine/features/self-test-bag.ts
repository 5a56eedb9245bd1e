import type { LoadedPack } from "../modelpack/types.ts";
import { cropImage } from "../slide/pixels.ts";
import type { RgbaImage } from "../slide/types.ts";
import { bagDecisions, poolBag, poolingExponent, selectColumns } from "./bag.ts";
import { openPlainSession, patchBatching } from "./pack-session.ts";
import { featuresOfPatches } from "./patchwise.ts";
import type { Backend } from "./types.ts";

/**
 * What a classification pack makes of a picture: the decision of each pair of classes on the bag of its whole patches, side by side
 * without overlap. One answer per way of batching: one by one and, if asked, in filled batches.
 */
export async function decideBag(
  backend: Backend,
  loaded: LoadedPack,
  picture: RgbaImage,
  batches: "one" | "one-and-several",
): Promise<number[][]> {
  const { pack } = loaded;
  const patches = wholePatches(picture, pack.sampling.patch);
  const session = await openPlainSession(backend, loaded);
  try {
    const answers: number[][] = [];
    const one = { batchSize: 1 };
    const several = { ...patchBatching(backend), padBatches: true };
    for (const options of batches === "one" ? [one] : [one, several]) {
      const { data, rows, channels } = await featuresOfPatches(
        session,
        pack.backbone,
        pack.sampling.resizeTo,
        patches,
        options,
      );
      const bag = selectColumns({ features: data, rows, cols: channels }, pack.selected);
      answers.push([...bagDecisions(pack.svms, poolBag(bag, poolingExponent(pack)))]);
    }
    return answers;
  } finally {
    await session.close();
  }
}

function wholePatches(picture: RgbaImage, patch: number): RgbaImage[] {
  const cols = Math.floor(picture.width / patch);
  const rows = Math.floor(picture.height / patch);
  return Array.from({ length: cols * rows }, (_, i) =>
    cropImage(picture, { x: (i % cols) * patch, y: Math.floor(i / cols) * patch, width: patch, height: patch }),
  );
}
