import { DE } from "./de.ts";
import { DE_HEARD } from "./de-heard.ts";
import type { Sentences } from "./words.ts";

/** All of the German, fetched as one when it is asked for. */
export const GERMAN: Sentences = { page: DE, heard: DE_HEARD };
