import { describe, expect, it } from "vitest";
import { DE } from "../../../src/app/words/de.ts";
import { isNode, type Node, pageSources, placeOf, type Source, walk } from "./page-sources.ts";

/** Attributes and properties of components whose text a person reads or hears. */
const READ = /^(aria-label|aria-description|aria-valuetext|aria-roledescription|title|placeholder|alt|label|name)$/;
/** Names and units are the same in every language. */
const SAME_EVERYWHERE = /(?<!\p{L})(Palisade|px|µm|mm|SHA)(?!\p{L})/gu;
/** Elements that take `name` for something else than words. */
const NAMED_OTHERWISE = /^(Icon|input|button|form|meta)$/;

const sources = pageSources();
const keys = new Map<string, string>(sources.flatMap((source) => keysOf(source).map(({ key, place }) => [key, place])));

describe("the words of the page", () => {
  it("holds no sentence that goes past the catalogue", () => {
    expect(sources.flatMap(bareTexts)).toEqual([]);
  });

  it("says every sentence in German too", () => {
    const missing = [...keys].filter(([key]) => DE[key] === undefined);
    expect(missing.map(([key, place]) => `${place}: ${key}`)).toEqual([]);
  });

  it("keeps no German sentence that the page no longer says", () => {
    expect(Object.keys(DE).filter((key) => !keys.has(key))).toEqual([]);
  });

  it("puts into the German what varies in the English", () => {
    const differing = Object.entries(DE).filter(([key, sentence]) => placeholders(key) !== placeholders(sentence));
    expect(differing).toEqual([]);
  });
});

/** Sentences that go through t, msg or say, as the catalogue knows them. */
function keysOf(source: Source): { readonly key: string; readonly place: string }[] {
  const found: { readonly key: string; readonly place: string }[] = [];
  walk(source.program, (node) => {
    const tag = node["tag"];
    if (node.type === "TaggedTemplateExpression" && isNode(tag) && (tag["name"] === "t" || tag["name"] === "msg")) {
      found.push({ key: textOf(node["quasi"] as Node), place: placeOf(source, node) });
    }
    return true;
  });
  return found;
}

/** "Plane {0} of {1}" of a template. */
function textOf(quasi: Node): string {
  const parts = (quasi["quasis"] as readonly { readonly value: { readonly cooked: string } }[]).map(
    ({ value }) => value.cooked,
  );
  return parts.reduce((key, part, i) => `${key}{${i - 1}}${part}`);
}

/** Places where letters stand in the markup, or in an attribute that is read, without a word of `words`. */
function bareTexts(source: Source): string[] {
  const found: string[] = [];
  const note = (node: Node, text: string) => {
    if (/\p{L}{2}/u.test(text.replace(SAME_EVERYWHERE, ""))) found.push(`${placeOf(source, node)}: ${text.trim()}`);
  };
  walk(source.program, (node, parent) => {
    if (node.type === "JSXText") note(node, node["value"] as string);
    if (node.type === "JSXExpressionContainer" && parent?.type !== "JSXAttribute") {
      for (const text of bareStrings(node["expression"] as Node)) note(node, text);
    }
    if (node.type === "JSXOpeningElement" && isNode(node["name"])) {
      const element = String(node["name"]["name"]);
      for (const attribute of node["attributes"] as readonly Node[]) {
        const name = isNode(attribute["name"]) ? String(attribute["name"]["name"]) : "";
        if (!READ.test(name) || (name === "name" && NAMED_OTHERWISE.test(element))) continue;
        if (isNode(attribute["value"])) for (const text of bareStrings(attribute["value"])) note(attribute, text);
      }
    }
    return true;
  });
  return found;
}

/** Texts that an expression may come to, as far as it says them itself. */
function bareStrings(node: Node): string[] {
  const inside = (...fields: readonly string[]) =>
    fields.flatMap((field) => (isNode(node[field]) ? bareStrings(node[field]) : []));
  switch (node.type) {
    case "Literal":
      return typeof node["value"] === "string" ? [node["value"]] : [];
    case "TemplateLiteral":
      return (node["quasis"] as readonly { readonly value: { readonly cooked: string } }[]).map(
        ({ value }) => value.cooked,
      );
    case "ConditionalExpression":
      return inside("consequent", "alternate");
    case "LogicalExpression":
      return inside("left", "right");
    case "JSXExpressionContainer":
      return inside("expression");
    default:
      return [];
  }
}

/** "{0}{1}", each as often as it stands there, in order of its number. */
function placeholders(sentence: string): string {
  return (sentence.match(/\{\d+\}/g) ?? []).sort().join("");
}
