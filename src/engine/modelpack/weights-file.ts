import { AppError } from "../base/errors.ts";

/** "PLSV", version, SVMs, features: four 32-bit words; then SVMs x features float32. Everything little-endian. */
const MAGIC = 0x56534c50;
const VERSION = 1;
const HEADER_BYTES = 16;

/** The bytes of svm.bin. All rows have one length. */
export function writeWeights(rows: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const features = rows[0]?.length ?? 0;
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + rows.length * features * 4));
  [MAGIC, VERSION, rows.length, features].forEach((word, index) => {
    view.setUint32(index * 4, word, true);
  });
  rows.forEach((row, index) => {
    if (row.length !== features) throw new RangeError(`SVM ${index} has ${row.length} weights, the first ${features}.`);
    row.forEach((weight, feature) => {
      view.setFloat32(HEADER_BYTES + (index * features + feature) * 4, weight, true);
    });
  });
  return new Uint8Array(view.buffer);
}

/**
 * The weights of each SVM. Throws `modelpack/newer-version` for a later layout, `modelpack/bad-field` when the file does
 * not hold `expected.svms` rows of `expected.features` finite numbers.
 */
export function readWeights(
  file: string,
  bytes: Uint8Array,
  expected: { readonly svms: number; readonly features: number },
): Float32Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (index: number) => (bytes.length >= HEADER_BYTES ? view.getUint32(index * 4, true) : 0);
  if (word(0) !== MAGIC) {
    throw refusal(`Expected ${file} to start with the mark "PLSV" of SVM weights, found other bytes.`);
  }
  if (word(1) > VERSION) {
    throw new AppError(
      "modelpack/newer-version",
      `Expected ${file} in version ${VERSION}, found version ${word(1)}; update Palisade to open it.`,
    );
  }
  const { svms, features } = expected;
  if (word(2) !== svms || word(3) !== features || bytes.length !== HEADER_BYTES + svms * features * 4) {
    throw refusal(
      `Expected ${file} to hold ${svms} x ${features} weights (SVMs x windows x channels), found ${word(2)} x ${word(3)} in ${bytes.length} bytes.`,
    );
  }
  return Array.from({ length: svms }, (_, svm) => {
    const start = HEADER_BYTES + svm * features * 4;
    const row = Float32Array.from({ length: features }, (_, feature) => view.getFloat32(start + feature * 4, true));
    if (!row.every(Number.isFinite)) throw refusal(`Expected finite weights in ${file}, found others for SVM ${svm}.`);
    return row;
  });
}

function refusal(message: string): AppError {
  return new AppError("modelpack/bad-field", message);
}
