/**
 * One of geotiff's decoders, loaded at its first use. Only what no smaller part here decodes comes from there: JPEG
 * with two or four components. Its directory walk and its worker pool are never used.
 */
export async function decodeWithGeotiff(
  compression: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { getDecoder } = await import("geotiff");
  const layout = { tileWidth: 1, tileHeight: 1, predictor: 1, bitsPerSample: 8, planarConfiguration: 1 };
  const decoder = await getDecoder(compression, layout);
  const decoded = await decoder.decode(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  if (!(decoded instanceof ArrayBuffer)) throw new RangeError("the decoder returned shared memory");
  return new Uint8Array(decoded);
}
