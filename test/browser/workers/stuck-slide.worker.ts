import { expose } from "comlink";
import { beatFromHere } from "../../../src/workers/beat.ts";
import { holdLife } from "../../../src/workers/life.ts";
import type { SlideApi } from "../../../src/workers/slide.api.ts";
import { carryErrors } from "../../../src/workers/wire.ts";
import { slideInfo } from "../../unit/app/fakes.ts";

/** Says nothing any more: it sits in a loop. */
function loop(): never {
  for (;;) performance.now();
}

let bytesRead = 0;
const held = holdLife();

/**
 * A slide reader that gets stuck where the file's name says: in opening it, in its tile of row 7, or in waiting for nothing. It is gone
 * without a word at its tile of row 8.
 */
const api: SlideApi = {
  async open({ files }) {
    const name = files[0]?.name ?? "";
    if (name === "open.svs") loop();
    if (name === "idle.svs") await new Promise(() => {});
    if (name === "slow.svs") {
      for (let i = 0; i < 8; i++) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        bytesRead += 1000;
      }
    }
    return slideInfo(name, null);
  },
  async tile({ row }) {
    if (row === 7) loop();
    if (row === 8) {
      await held;
      self.close();
      await new Promise(() => {});
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    return createImageBitmap(new ImageData(4, 4));
  },
  region: () => loop(),
  associated: () => new Promise(() => {}),
  fingerprint: () => loop(),
  cancel: () => {},
};

carryErrors();
expose(api);
beatFromHere(() => bytesRead);
