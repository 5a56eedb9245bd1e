import { looksIdentifying, namesNobody, whyOf } from "./privacy-patterns.ts";

/** A property of a slide that may tell who a patient or a person is. It repeats nothing of the value. */
export interface PrivacyNote {
  /** Its name in `SlideInfo.properties`. */
  readonly property: string;
  /** The same, for a part of a longer text with the part behind it: "tiff.ImageDescription, LastName". */
  readonly field: string;
  /** What it looks like. */
  readonly why: PrivacyReason;
}

export type PrivacyReason = "a name" | "a case number" | "a barcode" | "a date of birth" | "an address";

/** Longest text looked through, in characters; what a reader keeps of a description is shorter. */
const MAX_TEXT = 20_000;

/**
 * Properties that hold something like a name, a number or a barcode, sorted by field.
 *
 * Two rules. A field whose own name says that it is about a patient, a case, a person or a barcode is noted when it holds more than a
 * placeholder. Any other field is noted when its value is written as such things are written: an accession number ("S12-34567",
 * "H2021/12345"), a DICOM person name ("Miller^Jane"), a barcode of TCGA, an address of mail, a date of birth. Descriptions in XML, in
 * JSON or of `name = value` lines are taken apart and each part is judged alone.
 *
 * Left out on purpose, since nearly every slide has them: dates of the scan, serial numbers, UUIDs, and the numbers that the scanner's own
 * database gives to an image. A file name counts only when it looks like one of the above or holds five digits in a row.
 */
export function privacyNotes(properties: Readonly<Record<string, string>>): PrivacyNote[] {
  const isAperio = Object.keys(properties).some((name) => name.startsWith("aperio."));
  const notes = new Map<string, PrivacyNote>();
  for (const [property, text] of Object.entries(properties)) {
    // Aperio's description comes apart as properties of their own.
    if (isAperio && property === DESCRIPTION) continue;
    const parts = partsOf(text.slice(0, MAX_TEXT));
    if (parts.length === 0) note(notes, property, null, text);
    for (const { name, value } of parts) note(notes, property, name, value);
  }
  return [...notes.values()].sort((a, b) => (a.field < b.field ? -1 : 1));
}

/** Names of the properties to be hidden: those noted, and longer ones that repeat what these hold. */
export function privateProperties(properties: Readonly<Record<string, string>>): ReadonlySet<string> {
  const noted = new Set(privacyNotes(properties).map(({ property }) => property));
  const values = [...noted].map((name) => (properties[name] ?? "").trim()).filter(({ length }) => length >= 3);
  const repeats = Object.keys(properties).filter((name) => values.some((value) => properties[name]?.includes(value)));
  return new Set([...noted, ...repeats]);
}

const DESCRIPTION = "tiff.ImageDescription";

function note(notes: Map<string, PrivacyNote>, property: string, part: string | null, value: string): void {
  const text = value.trim();
  if (namesNobody(text)) return;
  const field = part === null ? property : `${property}, ${part}`;
  const why = whyOf(part ?? property, text) ?? looksIdentifying(text);
  if (why !== null && !notes.has(field)) notes.set(field, { property, field, why });
}

interface Part {
  readonly name: string;
  readonly value: string;
}

/** Names and values within XML, JSON or lines of the form `name = value`; none in a text of another kind. */
function partsOf(text: string): Part[] {
  if (/^\s*(<\?xml|<[A-Za-z])/.test(text)) return [...attributes(text), ...elements(text)];
  if (/^\s*[{[]/.test(text)) return matches(text, /"([^"\\]{1,80})"\s*:\s*"?([^"\\,{}[\]]{1,200})/g);
  return matches(text, /(?:^|[\n|;])[ \t]*([A-Za-z][\w .-]{0,60}?)[ \t]*[=:][ \t]*([^\n|;]{1,200})/g);
}

/** Also those of Philips, where an element says in its attribute what it is about. */
function elements(text: string): Part[] {
  const named = matches(text, /<\w[^<>]*\bName="([^"]{1,80})"[^<>]*>([^<>]{1,200})<\//g);
  return [...named, ...matches(text, /<([\w:]{1,80})(?:\s[^<>]*)?>([^<>]{1,200})<\//g)];
}

function attributes(text: string): Part[] {
  return matches(text, /\b([\w:]{1,80})\s*=\s*"([^"<>]{1,200})"/g).filter(
    ({ name }) => !/^xmlns|schemaLocation/.test(name),
  );
}

function matches(text: string, pattern: RegExp): Part[] {
  return [...text.matchAll(pattern)].map(([, name = "", value = ""]) => ({ name, value }));
}
