/** OpenJPEG's decoding half; the package brings no types. */
declare module "@cornerstonejs/codec-openjpeg/decodewasmjs" {
  const factory: unknown;
  export default factory;
}
