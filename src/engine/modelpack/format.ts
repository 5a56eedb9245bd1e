/** Names that stand in every pack.json. */
export const PACK_FORMAT = "palisade-pack";
export const PACK_VERSION = 1;
export const WEIGHTS_FILE = "svm.bin";
