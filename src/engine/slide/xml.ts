import { AppError } from "../base/errors.ts";

/** One element of a description that a scanner writes as XML. */
export interface XmlElement {
  /** Without its prefix: `Image` for `OME:Image`. */
  readonly name: string;
  /** Names as written, prefixes included; `xmlns` among them. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Characters directly inside of the element, entities decoded, the white space around them left out. */
  readonly text: string;
}

export interface XmlLimits {
  /** Characters of the whole document. Default: 16 million, four times the longest description of a slide. */
  readonly maxCharacters?: number;
  /** Elements within each other. Default: 64. */
  readonly maxDepth?: number;
  /** Default: 200,000; a slide of 5,000 overlapping tiles needs some 15,000. */
  readonly maxElements?: number;
}

/** Of all elements together. */
const MAX_ATTRIBUTES = 500_000;
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
const SPACE = /[\t\n\r ]/;
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

interface OpenElement {
  readonly written: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  readonly texts: string[];
}

/**
 * The root element of an XML document: elements, attributes, text and CDATA; comments, instructions and a document type
 * are skipped, and no entity is known but the five of XML itself and numbers, so that none can unfold. One pass over the
 * text. Throws `slide/malformed` for what is not well-formed or beyond the limits.
 */
export function parseXml(text: string, limits: XmlLimits = {}): XmlElement {
  const { maxCharacters = 16_000_000, maxDepth = 64, maxElements = 200_000 } = limits;
  if (text.length > maxCharacters) throw malformed(`at most ${maxCharacters} characters`, `${text.length}`);
  const open: OpenElement[] = [];
  let root: XmlElement | null = null;
  let elements = 0;
  let attributes = 0;
  let at = 0;
  for (;;) {
    const tag = text.indexOf("<", at);
    if (tag < 0) break;
    if (tag > at) open.at(-1)?.texts.push(decodeEntities(text.slice(at, tag)));
    if (text.startsWith("<!--", tag)) at = endOf(text, "-->", tag);
    else if (text.startsWith("<![CDATA[", tag)) {
      at = endOf(text, "]]>", tag);
      open.at(-1)?.texts.push(text.slice(tag + 9, at - 3));
    } else if (text[tag + 1] === "?" || text[tag + 1] === "!") at = endOf(text, ">", tag);
    else if (text[tag + 1] === "/") {
      at = endOf(text, ">", tag);
      const written = text.slice(tag + 2, at - 1).trim();
      const closed = open.pop();
      if (closed?.written !== written) throw malformed(`the end of ${closed?.written ?? "nothing"}`, `of ${written}`);
      finish(closed);
    } else {
      elements++;
      if (elements > maxElements) throw malformed(`at most ${maxElements} elements`, "more");
      if (open.length >= maxDepth) throw malformed(`at most ${maxDepth} elements within each other`, "more");
      const start = parseStart(text, tag + 1);
      at = start.end;
      attributes += start.attributes.size;
      if (attributes > MAX_ATTRIBUTES) throw malformed(`at most ${MAX_ATTRIBUTES} attributes`, "more");
      const element = { written: start.written, attributes: start.attributes, children: [], texts: [] };
      if (start.isEmpty) finish(element);
      else open.push(element);
    }
    if (root) return root;
  }
  throw malformed("an element that ends", open.at(-1)?.written ?? "none");

  function finish({ written, attributes, children, texts }: OpenElement): void {
    const name = written.slice(written.indexOf(":") + 1);
    const element = { name, attributes, children, text: texts.join("").trim() };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  }
}

/** The first child of that name, or undefined. */
export function xmlChild(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** All children of that name. */
export function xmlChildren(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The element itself and all within it that have that name, in the order of the document. */
export function xmlDescendants(element: XmlElement, name: string): XmlElement[] {
  const within = element.children.flatMap((child) => xmlDescendants(child, name));
  return element.name === name ? [element, ...within] : within;
}

interface StartTag {
  readonly written: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly isEmpty: boolean;
  /** Behind the closing bracket. */
  readonly end: number;
}

function parseStart(text: string, from: number): StartTag {
  let at = from;
  const written = readName();
  if (written === "") throw malformed("the name of an element", "none");
  let attributes: Map<string, string> | null = null;
  for (;;) {
    skipSpace();
    if (text[at] === ">") return { written, attributes: attributes ?? NO_ATTRIBUTES, isEmpty: false, end: at + 1 };
    if (text[at] === "/" && text[at + 1] === ">") {
      return { written, attributes: attributes ?? NO_ATTRIBUTES, isEmpty: true, end: at + 2 };
    }
    const name = readName();
    skipSpace();
    if (name === "" || text[at] !== "=") throw malformed("an attribute with its value", `"${name}" in ${written}`);
    at++;
    skipSpace();
    const quote = text[at];
    if (quote !== '"' && quote !== "'") throw malformed("a value in quotes", `${name} of ${written}`);
    const end = endOf(text, quote, at + 1);
    attributes ??= new Map();
    attributes.set(name, decodeEntities(text.slice(at + 1, end - 1)));
    if (attributes.size > MAX_ATTRIBUTES) throw malformed(`at most ${MAX_ATTRIBUTES} attributes`, "more");
    at = end;
  }

  function readName(): string {
    const start = at;
    while (at < text.length && !/[\s=/>"'<]/.test(text[at]!)) at++;
    return text.slice(start, at);
  }

  function skipSpace(): void {
    while (at < text.length && SPACE.test(text[at]!)) at++;
  }
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  if (at < 0) throw malformed(`"${mark}"`, "the end of the text");
  return at + mark.length;
}

function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|lt|gt|amp|quot|apos);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return ENTITIES[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function malformed(expected: string, found: string): AppError {
  return new AppError(
    "slide/malformed",
    `Expected ${expected} in the XML that describes the slide, found ${found.slice(0, 80)}; the file is damaged. Copy or download it again.`,
  );
}
