import { AppError } from "../../base/errors.ts";

/** How the pixels of a frame are written. */
export type FrameCoding = "native" | "rle" | "jpeg" | "jpeg2000";

export interface TransferSyntax {
  readonly uid: string;
  /** For a person. */
  readonly name: string;
  readonly coding: FrameCoding;
  /** Elements say their representation. */
  readonly isExplicit: boolean;
}

interface Known {
  readonly name: string;
  readonly coding: FrameCoding | null;
}

const ROOT = "1.2.840.10008.1.2";

/** DICOM PS3.6 table A-1; `coding` is null for what is refused. */
const SYNTAXES: Readonly<Record<string, Known>> = {
  [ROOT]: { name: "uncompressed", coding: "native" },
  [`${ROOT}.1`]: { name: "uncompressed", coding: "native" },
  [`${ROOT}.1.98`]: { name: "encapsulated uncompressed", coding: null },
  [`${ROOT}.1.99`]: { name: "a deflated data set", coding: null },
  [`${ROOT}.2`]: { name: "big-endian numbers (a retired form)", coding: null },
  [`${ROOT}.4.50`]: { name: "JPEG", coding: "jpeg" },
  [`${ROOT}.4.51`]: { name: "JPEG", coding: "jpeg" },
  [`${ROOT}.4.57`]: { name: "lossless JPEG", coding: null },
  [`${ROOT}.4.70`]: { name: "lossless JPEG", coding: null },
  [`${ROOT}.4.80`]: { name: "JPEG-LS", coding: null },
  [`${ROOT}.4.81`]: { name: "JPEG-LS", coding: null },
  [`${ROOT}.4.90`]: { name: "JPEG 2000 (lossless)", coding: "jpeg2000" },
  [`${ROOT}.4.91`]: { name: "JPEG 2000", coding: "jpeg2000" },
  [`${ROOT}.4.92`]: { name: "JPEG 2000 part 2", coding: null },
  [`${ROOT}.4.93`]: { name: "JPEG 2000 part 2", coding: null },
  [`${ROOT}.4.110`]: { name: "JPEG XL", coding: null },
  [`${ROOT}.4.111`]: { name: "JPEG XL", coding: null },
  [`${ROOT}.4.112`]: { name: "JPEG XL", coding: null },
  [`${ROOT}.4.201`]: { name: "high-throughput JPEG 2000", coding: "jpeg2000" },
  [`${ROOT}.4.202`]: { name: "high-throughput JPEG 2000", coding: "jpeg2000" },
  [`${ROOT}.4.203`]: { name: "high-throughput JPEG 2000", coding: "jpeg2000" },
  [`${ROOT}.5`]: { name: "RLE", coding: "rle" },
};

/** Throws `slide/unsupported-compression` for what this reader cannot take. */
export function transferSyntaxOf(uid: string, fileName: string): TransferSyntax {
  const known = SYNTAXES[uid];
  if (known?.coding) return { uid, name: known.name, coding: known.coding, isExplicit: uid !== ROOT };
  const found = known?.name ?? (uid === "" ? "no word on its compression" : `the unknown transfer syntax ${uid}`);
  throw new AppError(
    "slide/unsupported-compression",
    `Expected a DICOM slide that is uncompressed or compressed with JPEG, JPEG 2000 or RLE, found ${found} in ${fileName}, which cannot be opened yet. Convert it, for instance with "dcmdjpeg" or "dcmdjpls" of DCMTK.`,
    { transferSyntax: uid },
  );
}
