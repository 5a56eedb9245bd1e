/** Layout of decoded but not yet undone samples: `rows` rows of `columns` pixels with `channels` interleaved values. */
export interface SampleLayout {
  readonly columns: number;
  readonly rows: number;
  readonly channels: number;
  readonly bits: number;
  readonly isLittleEndian: boolean;
}

/**
 * Undoes horizontal differencing (TIFF 6.0 section 14) in place, for 8, 16, 32 and 64 bits. Returns the same bytes.
 */
export function undoDifferencing(bytes: Uint8Array<ArrayBuffer>, layout: SampleLayout): Uint8Array<ArrayBuffer> {
  const { columns, rows, channels, bits, isLittleEndian } = layout;
  const values = columns * channels;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let row = 0; row < rows; row++) {
    if (bits === 8) {
      const start = row * values;
      for (let i = start + channels; i < start + values; i++) bytes[i] = bytes[i]! + bytes[i - channels]!;
      continue;
    }
    const size = bits / 8;
    const start = row * values * size;
    for (let i = channels; i < values; i++) {
      const at = start + i * size;
      const before = at - channels * size;
      if (bits === 16) {
        view.setUint16(at, view.getUint16(at, isLittleEndian) + view.getUint16(before, isLittleEndian), isLittleEndian);
      } else if (bits === 32) {
        view.setUint32(at, view.getUint32(at, isLittleEndian) + view.getUint32(before, isLittleEndian), isLittleEndian);
      } else {
        const sum = view.getBigUint64(at, isLittleEndian) + view.getBigUint64(before, isLittleEndian);
        view.setBigUint64(at, BigInt.asUintN(64, sum), isLittleEndian);
      }
    }
  }
  return bytes;
}

/**
 * Undoes the floating point predictor (Adobe's TIFF technical note 3) in place: bytes differenced along the row, then stored by
 * significance, most significant plane first. Returns the same bytes, samples in the file's byte order.
 */
export function undoFloatPrediction(bytes: Uint8Array<ArrayBuffer>, layout: SampleLayout): Uint8Array<ArrayBuffer> {
  const { columns, rows, channels, bits, isLittleEndian } = layout;
  const size = bits / 8;
  const values = columns * channels;
  const rowBytes = values * size;
  const stored = new Uint8Array(rowBytes);
  for (let row = 0; row < rows; row++) {
    const start = row * rowBytes;
    for (let i = start + channels; i < start + rowBytes; i++) bytes[i] = bytes[i]! + bytes[i - channels]!;
    stored.set(bytes.subarray(start, start + rowBytes));
    for (let value = 0; value < values; value++) {
      for (let b = 0; b < size; b++) {
        const to = start + value * size + (isLittleEndian ? size - 1 - b : b);
        bytes[to] = stored[b * values + value]!;
      }
    }
  }
  return bytes;
}
