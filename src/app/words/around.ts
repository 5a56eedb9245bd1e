import type { ComponentChildren } from "preact";

/** Where in a sentence something else than text comes: t`Drop ${SLOT} here`. */
export const SLOT = "\u{fffc}";

/** A sentence with `child` in the place of its slot. */
export function around(sentence: string, child: ComponentChildren): ComponentChildren {
  const [before, after] = sentence.split(SLOT);
  return [before, child, after];
}
