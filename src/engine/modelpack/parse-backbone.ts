import { asChoice, asNumber, asText, type JsonField, member } from "./json-field.ts";
import type { Backbone } from "./types.ts";
import { asHash, asSharedPath, asTriple } from "./values.ts";

const NAME = { test: /\S/, words: "a name" };

/** Throws `modelpack/bad-field`. */
export function parseBackbone(field: JsonField): Backbone {
  return {
    file: asSharedPath(member(field, "file")),
    sha256: asHash(member(field, "sha256")),
    input: asText(member(field, "input"), NAME),
    channelOrder: asChoice(member(field, "channelOrder"), ["RGB", "BGR"]),
    mean: asTriple(member(field, "mean"), { min: -1024, max: 1024 }),
    std: asTriple(member(field, "std"), { min: 1e-6, max: 1e6 }),
    output: asText(member(field, "output"), NAME),
    kind: asChoice(member(field, "kind"), ["map", "vector"]),
    cell: asNumber(member(field, "cell"), { min: 1, max: 8192, integer: true }),
    halo: asNumber(member(field, "halo"), { min: 0, max: 4096, integer: true }),
    channels: asNumber(member(field, "channels"), { min: 1, max: 65536, integer: true }),
    licence: asText(member(field, "licence"), { test: /\S/, words: "a licence" }),
    origin: asText(member(field, "origin")),
  };
}
