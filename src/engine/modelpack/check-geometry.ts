import { badField, type JsonField, member } from "./json-field.ts";
import type { ModelPack } from "./types.ts";

type SamplingGeometry = Pick<ModelPack, "backbone" | "sampling" | "pooling" | "task">;
type Geometry = SamplingGeometry &
  Pick<ModelPack, "selfTest" | "reference" | "selected"> & { readonly svms: readonly unknown[] };

/** Throws `modelpack/bad-field` when patch, stride, windows and the network's cells do not fit together, or the reference with them. */
export function checkGeometry(root: JsonField, pack: Geometry): void {
  checkSampling(root, pack);
  checkReference(pack);
}

/** The part of `checkGeometry` that can be asked before there is a pack. */
export function checkSampling(root: JsonField, pack: SamplingGeometry): void {
  const sampling = member(root, "sampling");
  const { patch, stride, windows, mode } = pack.sampling;
  if (pack.task === "segmentation" && patch % stride !== 0) {
    throw badField(member(sampling, "patch"), `a multiple of the stride ${stride}`);
  }
  if (windows[0] !== patch) throw badField(member(sampling, "windows"), `a list that starts with the patch ${patch}`);
  if (mode === "dense") checkDense(root, pack);
  else checkPatchwise(root, pack);
}

/** Source pixels per cell of the network's map; a fraction where enlargement and cell do not fit. */
function cellSource({ backbone, sampling }: SamplingGeometry): number {
  return (backbone.cell * sampling.patch) / sampling.resizeTo;
}

function checkDense(root: JsonField, pack: SamplingGeometry): void {
  const sampling = member(root, "sampling");
  const { patch, stride, windows, resizeTo } = pack.sampling;
  const cell = cellSource(pack);
  if (pack.backbone.kind !== "map") throw badField(member(member(root, "backbone"), "kind"), `"map" for a dense pack`);
  if (pack.pooling.kind !== "mean") throw badField(member(member(root, "pooling"), "kind"), `"mean" for a dense pack`);
  if (resizeTo < patch) throw badField(member(sampling, "resizeTo"), `at least the patch ${patch} for a dense pack`);
  if (!Number.isInteger(cell)) {
    throw badField(
      member(sampling, "resizeTo"),
      `such that a cell of ${pack.backbone.cell} network pixels is a whole number of source pixels (it is ${cell})`,
    );
  }
  if (patch % cell !== 0) throw badField(member(sampling, "patch"), `a multiple of the cell of ${cell} source pixels`);
  if (cell % stride !== 0) throw badField(member(sampling, "stride"), `a divisor of the cell of ${cell} source pixels`);
  if (!Number.isInteger((stride * resizeTo) / patch)) {
    throw badField(
      member(sampling, "stride"),
      `a whole number of network pixels (it is ${(stride * resizeTo) / patch})`,
    );
  }
  windows.forEach((window, index) => {
    const field = { value: window, path: `sampling.windows[${index}]` };
    if (window % cell !== 0) throw badField(field, `a multiple of the cell of ${cell} source pixels`);
    if (((window - patch) / 2) % stride !== 0) {
      throw badField(field, `concentric with the patch ${patch} on a stride of ${stride}`);
    }
  });
}

function checkPatchwise(root: JsonField, pack: SamplingGeometry): void {
  const { windows, resizeTo } = pack.sampling;
  const { kind, cell } = pack.backbone;
  if (windows.length !== 1)
    throw badField(member(member(root, "sampling"), "windows"), "the patch alone, patch by patch");
  const field = member(member(root, "sampling"), "resizeTo");
  if (kind === "map" && resizeTo < cell) throw badField(field, `at least the network's cell ${cell}`);
  if (kind === "vector" && resizeTo !== cell) throw badField(field, `the network's input size ${cell}`);
}

function checkReference(pack: Geometry): void {
  if (!pack.reference) return;
  const features = pack.sampling.windows.length * (pack.selected?.length ?? pack.backbone.channels);
  for (const key of ["featureMean", "featureStd"] as const) {
    const { length } = pack.reference[key];
    if (length === features) continue;
    const field = { value: `${length} values`, path: `reference.${key}` };
    throw badField(field, `a list of ${features} (windows x channels)`);
  }
}

/** Throws `modelpack/bad-field` when a stored answer cannot be the answer to its question. */
export function checkSelfTest(root: JsonField, pack: Geometry): void {
  if (pack.task === "segmentation" && pack.selfTest.cases.length === 0) {
    throw badField(member(member(root, "selfTest"), "cases"), "a list of at least 1 case");
  }
  const side = pack.sampling.mode === "dense" ? cellSource(pack) : pack.sampling.patch;
  pack.selfTest.cases.forEach(({ width, height, decisions }, index) => {
    const expected = pack.svms.length * Math.floor(width / side) * Math.floor(height / side);
    if (pack.task === "segmentation" && decisions.length !== expected) {
      const field = { value: `${decisions.length} values`, path: `selfTest.cases[${index}].decisions` };
      throw badField(field, `a list of ${expected}, one per SVM and ${side} x ${side} source pixels`);
    }
  });
}
