import type { PrivacyReason } from "./privacy.ts";

interface FieldRule {
  /** Of the field's name in lower case, its words apart by spaces. */
  readonly field: RegExp;
  readonly why: PrivacyReason;
  /** Default: any value that is no placeholder. */
  readonly holds?: (text: string) => boolean;
}

/** The first that fits counts. */
const FIELD_RULES: readonly FieldRule[] = [
  { field: /\b(birth ?date|date of birth|birthday|birth|dob)\b/, why: "a date of birth" },
  { field: /\bbar ?code\b/, why: "a barcode" },
  { field: /\b(accession|mrn|medical record|ssn|social security|insurance)\b/, why: "a case number" },
  { field: /\bpatient ?(id|number|no|nr)\b/, why: "a case number" },
  { field: /\b(patients?|surname|family name|given name|first name|last name|full name|middle name)\b/, why: "a name" },
  { field: /\b(physician|pathologist|clinician|referring|requesting)\b/, why: "a name" },
  {
    field: /\b(e ?mail|phone|telephone|street|address)\b/,
    why: "an address",
    holds: (text) => /[@\d]/.test(text) && !/^(https?|urn):/.test(text),
  },
  {
    field: /\b(case|specimen|sample|block|container) ?(id|identifier|number|no|nr|name|label)\b|^case$/,
    why: "a case number",
    holds: (text) => !isMachineMade(text),
  },
  {
    field: /\b(slide|label) ?(id|identifier|number|no|nr|name|label|text)\b/,
    why: "a case number",
    holds: isWritten,
  },
  {
    field: /\b(user|user name|operator|operators name|technician|experimenter|author|artist|owner)$/,
    why: "a name",
    holds: (text) => !isMachineMade(text) && !isAccount(text) && /\p{L}{2}/u.test(text),
  },
  {
    field: /\b(file ?name|title|document name|comments?|remarks?|notes?|image name)$|^name$/,
    why: "a case number",
    holds: (text) => !isMachineMade(text) && (/(?<!\d)\d{5,}(?!\d)/.test(text) || looksIdentifying(text) !== null),
  },
  { field: /\btitle$/, why: "a name", holds: (text) => /^\p{Lu}\p{Ll}+,? \p{Lu}\p{Ll}+$/u.test(text) },
];

/** About a patient, and yet no name and no number. */
const INNOCENT = /\bpatient ?(sex|age|size|weight|position|orientation|identity removed|species)\b/;

/** Why a field is noted for its name, or null. Values of the last rules may be better described by their own look. */
export function whyOf(field: string, text: string): PrivacyReason | null {
  const words = wordsOf(field);
  if (INNOCENT.test(words)) return null;
  for (const { field: pattern, why, holds } of FIELD_RULES) {
    if (!pattern.test(words)) continue;
    if (holds && !holds(text)) continue;
    return looksIdentifying(text) ?? why;
  }
  return null;
}

/** "aperio.ScanScope ID" becomes "scan scope id", "PatientID" "patient id", "DICOM_PATIENT_NAME" "dicom patient name". */
function wordsOf(field: string): string {
  const last = field.split(".").at(-1) ?? field;
  return last
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/[_\-:]+/g, " ")
    .toLowerCase()
    .trim();
}

/** What a value is, when the way it is written tells it; null for ordinary text. */
export function looksIdentifying(text: string): PrivacyReason | null {
  if (isMachineMade(text)) return null;
  if (/\bTCGA-[A-Z\d]{2}-[A-Z\d]{4}\b/.test(text)) return "a barcode";
  if (/[\w.+-]+@[\w-]+\.[a-z]{2,}/i.test(text)) return "an address";
  if (/(?<![\p{L}\d])(DOB|born|birth|geb|née?)\b\W{0,3}\d/iu.test(text)) return "a date of birth";
  if (/(?<![\p{L}^])\p{L}{2,}\^\p{L}+/u.test(text)) return "a name";
  if (/\b(Mr|Mrs|Ms|Herr|Frau|patient)\b[.:]? \p{Lu}\p{L}+/u.test(text)) return "a name";
  if (ACCESSION.test(text) || /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/.test(text)) return "a case number";
  return null;
}

/** One to three letters, a year of two or four digits, and a running number: "S12-34567", "H2021/12345", "SP-19-1234 A1". */
const ACCESSION = /(?<![\p{L}\d])[A-Z]{1,3}[- ]?(?:(?:19|20)\d{2}|\d{2})[-/ ]\d{3,7}(?!\d)/u;

/** UUIDs, hashes and OIDs say nothing by themselves. */
function isMachineMade(text: string): boolean {
  return (
    /^(urn:uuid:|\{)?[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}\}?$/i.test(text) ||
    /^[\da-f]{24,}$/i.test(text) ||
    /^\d+(\.\d+){3,}$/.test(text)
  );
}

/** What a person may have written, more than a running number. */
function isWritten(text: string): boolean {
  return !isMachineMade(text) && /\p{L}|\d{4}/u.test(text);
}

/** Names of accounts, not of people. */
function isAccount(text: string): boolean {
  return /^(admin(istrator)?|user|operator|scanner|scan|service|system|root|guest|default|aperio|leica|hamamatsu)\d*$/i.test(
    text,
  );
}

/** Empty, or what programs write where they know nothing. */
export function namesNobody(text: string): boolean {
  return /^[\s\-_.?*0]*$|^(anonym\w*|anon|unknown|unspecified|undefined|none|null|nil|n\/?a|not (set|available|specified)|deidentified|de-identified|removed|redacted|test|false|true|yes|no)$/i.test(
    text,
  );
}
