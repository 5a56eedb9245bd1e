import type { Random } from "../../../src/engine/base/random.ts";
import type { Bytes } from "./bytes.ts";

/** One way to damage a file. */
export interface Mutator {
  /** For a person, such as "bits flipped"; the report counts by it. */
  readonly kind: string;
  /** A damaged copy; null where the file has nothing that could be damaged so. `bytes` stays as it is. */
  apply(bytes: Bytes, random: Random): Bytes | null;
}
