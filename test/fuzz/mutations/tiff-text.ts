import type { Random } from "../../../src/engine/base/random.ts";
import { asciiBytes, below, concatBytes, pick, writeUint } from "./bytes.ts";
import type { Mutator } from "./mutator.ts";
import { textFields } from "./tiff-fields.ts";
import { mapTiff } from "./tiff-map.ts";

const NUMBERS = ["0", "-1", "1", "1e308", "NaN", "Infinity", "99999999999999999999", "4294967295", "0.000001", "", "x"];

/** What a scanner's text says, changed: numbers made extreme, parts left out, repeated, or torn apart. */
function changeText(text: string, random: Random): string {
  const from = below(random, text.length);
  const to = Math.min(text.length, from + 1 + below(random, 200));
  switch (below(random, 6)) {
    case 0: {
      const numbers = [...text.matchAll(/\d+(\.\d+)?/g)];
      if (numbers.length === 0) return "";
      const found = pick(random, numbers);
      return text.slice(0, found.index) + pick(random, NUMBERS) + text.slice(found.index + found[0].length);
    }
    case 1:
      return text.slice(0, from) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(from, to).repeat(pick(random, [1, 50, 2000])) + text.slice(to);
    case 3:
      return text.slice(0, from);
    case 4:
      return text.replaceAll(/\d/g, pick(random, ["0", "9", ""]));
    default:
      return text.slice(0, from) + pick(random, ["<", ">", "&", '"', "\0", "|", "=", "\n", "<!--"]) + text.slice(from);
  }
}

/** The new text lies at the end of the file, so that nothing else moves. */
export const TIFF_TEXT_MUTATOR: Mutator = {
  kind: "text of a field changed",
  apply(bytes, random) {
    const map = mapTiff(bytes);
    const fields = map ? textFields(map) : [];
    if (!map || fields.length === 0) return null;
    const field = pick(random, fields);
    const text = String.fromCharCode(...bytes.subarray(field.dataAt, field.dataAt + Math.min(field.count, 30_000)));
    const changed = asciiBytes(`${changeText(text, random)}\0\0\0\0\0\0\0\0\0`);
    const joined = concatBytes([bytes, changed]);
    writeUint(joined, field.entryAt + 4, map.word, BigInt(changed.length), map.isLittleEndian);
    writeUint(joined, field.wordAt, map.word, BigInt(bytes.length), map.isLittleEndian);
    return joined;
  },
};
