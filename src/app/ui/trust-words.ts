import type { Light, TrustCheckId } from "../../engine/trust/types.ts";
import { msg, say } from "../words/words.ts";

const CHECK_NAMES: Readonly<Record<TrustCheckId, string>> = {
  "pixel-size": msg`Pixel size`,
  tissue: msg`Tissue`,
  focus: msg`Sharpness`,
  pen: msg`Pen marks`,
  folds: msg`Folds`,
  stain: msg`Stain`,
  brightness: msg`Brightness`,
  features: msg`Features`,
};

const LIGHT_WORDS: Readonly<Record<Light, string>> = {
  green: msg`green: as in training`,
  amber: msg`amber: look first`,
  red: msg`red: doubtful`,
};

export function checkName(id: TrustCheckId): string {
  return say(CHECK_NAMES[id]);
}

export function lightWords(light: Light): string {
  return say(LIGHT_WORDS[light]);
}
