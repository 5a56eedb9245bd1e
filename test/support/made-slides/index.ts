/** The file of a slide, or its files, the first one first. */
export type MadeSlide = () => Promise<Uint8Array<ArrayBuffer> | Uint8Array<ArrayBuffer>[]>;

/**
 * Slides that tests write from the description of their format, by file name. The fuzzer damages each: whoever adds a writer
 * to this folder names at least one of its slides here.
 */
export const MADE_SLIDES: Readonly<Record<string, MadeSlide>> = {};
