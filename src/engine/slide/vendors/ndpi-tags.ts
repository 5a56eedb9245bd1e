/** Hamamatsu's own fields, as OpenSlide and tifffile name them. */
export const NDPI_TAG = {
  /** Magnification of the lens; -1 on the photograph of the slide, -2 on the map of focus points. */
  sourceLens: 65421,
  /** Nanometres from the centre of the slide. */
  xOffset: 65422,
  yOffset: 65423,
  /** Nanometres from the plane that the scanner took as sharp. */
  zOffset: 65424,
  /** Starts of the pieces between restart markers in bytes of the stream, lower and upper halves. */
  mcuStarts: 65426,
  /** What stands on the label, as far as the scanner read it. */
  reference: 65427,
  mcuStartsHigh: 65432,
  /** Filter set of a fluorescence image. */
  filterSet: 65434,
  /** 0 is bright field. */
  captureMode: 65441,
  /** Lines of "name=value". */
  propertyMap: 65449,
} as const;
