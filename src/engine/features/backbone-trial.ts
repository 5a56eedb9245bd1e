import { AppError, causeChain, isAppError } from "../base/errors.ts";
import type { Backbone, Sampling } from "../modelpack/types.ts";
import { normaliseInto } from "./normalise.ts";
import { checkChannels, checkMap } from "./output-shape.ts";
import { selfTestPicture } from "./self-test-picture.ts";
import type { FloatTensor, Session } from "./types.ts";

/** One more than one: a graph into which a batch of one is baked fails on it. */
const PICTURES = 2;

/**
 * Runs two made pictures of the size that the pack will use. Throws `features/bad-model` when the network fails on them,
 * answers in another shape than the backbone promises, or with values that are not finite.
 */
export async function tryBackbone(
  session: Session,
  backbone: Backbone,
  use: Pick<Sampling, "mode" | "resizeTo">,
): Promise<void> {
  const { width, height } = trialSize(backbone, use);
  const output = await run(session, trialInput(backbone, width, height));
  checkChannels(output, backbone.kind, backbone.channels);
  if (use.mode === "dense") checkMap(output, { rows: height / backbone.cell, cols: width / backbone.cell });
  if (output.data.every(Number.isFinite)) return;
  throw new AppError(
    "features/bad-model",
    "Expected the network to answer with finite features, found NaN or infinity; check backbone.mean and backbone.std, or export the network in float32 (float16 ends at 65504).",
  );
}

/** Network pixels; a dense pass is not square, so that rows and columns cannot be mistaken. */
function trialSize({ cell, halo }: Backbone, { mode, resizeTo }: Pick<Sampling, "mode" | "resizeTo">) {
  if (mode === "patchwise") return { width: resizeTo, height: resizeTo };
  const cells = Math.ceil((resizeTo + 2 * halo) / cell);
  return { width: (cells + 1) * cell, height: cells * cell };
}

function trialInput(backbone: Backbone, width: number, height: number): FloatTensor {
  const length = 3 * width * height;
  const data = new Float32Array(PICTURES * length);
  for (let index = 0; index < PICTURES; index++) {
    const picture = selfTestPicture(index + 1, width, height);
    normaliseInto(data, index * length, picture, { x: 0, y: 0, width, height }, backbone);
  }
  return { data, dims: [PICTURES, 3, height, width] };
}

async function run(session: Session, input: FloatTensor): Promise<FloatTensor> {
  try {
    return await session.run(input);
  } catch (cause) {
    if (!isAppError(cause, "features/run-failed")) throw cause;
    const words = causeChain(cause).at(-1) ?? "";
    const [, , height, width] = input.dims;
    throw new AppError(
      "features/bad-model",
      `Expected the network to take ${PICTURES} pictures of ${width} x ${height} pixels at a time, found that it fails on them (${words}); export it with a free batch, height and width, or say so in the shape of its input.`,
      { dims: [...input.dims] },
      { cause },
    );
  }
}
