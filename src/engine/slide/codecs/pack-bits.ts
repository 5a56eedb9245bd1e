/** PackBits of TIFF 6.0 section 9. Fills at most `byteLength` bytes and returns what it filled. */
export function decodePackBits(input: Uint8Array<ArrayBuffer>, byteLength: number): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(byteLength);
  let at = 0;
  let filled = 0;
  while (filled < byteLength && at < input.length) {
    const header = input[at++]!;
    if (header === 128) continue;
    if (header < 128) {
      const run = input.subarray(at, at + Math.min(header + 1, byteLength - filled));
      output.set(run, filled);
      filled += run.length;
      at += header + 1;
    } else {
      const end = Math.min(filled + 257 - header, byteLength);
      output.fill(input[at++] ?? 0, filled, end);
      filled = end;
    }
  }
  return filled === byteLength ? output : output.subarray(0, filled);
}
