import { describe, expect, test } from "vitest";
import { parseXml, xmlChild, xmlDescendants } from "../../../src/engine/slide/xml.ts";

describe("the XML of a scanner's description", () => {
  test("gives elements with attributes, text and CDATA, without prefixes and comments", () => {
    const root = parseXml(
      `\ufeff<?xml version="1.0"?><!DOCTYPE a><!-- <b> --><x:a xmlns:x='u' n = "1 &lt; 2"><b>one &amp; &#x3bc;<!--c--><![CDATA[<two>]]></b><b/></x:a> rest`,
    );
    expect(root.name).toBe("a");
    expect(root.attributes.get("n")).toBe("1 < 2");
    expect(root.attributes.get("xmlns:x")).toBe("u");
    expect(xmlChild(root, "b")?.text).toBe("one & μ<two>");
    expect(xmlDescendants(root, "b")).toHaveLength(2);
  });

  test.each([
    ["an element that never ends", "<a><b></b>"],
    ["ends that do not match", "<a><b></a></b>"],
    ["an attribute without quotes", "<a n=1/>"],
    ["a value that never ends", '<a n="1/>'],
    ["a comment that never ends", "<a><!-- </a>"],
    ["no element", "plain text"],
    ["an end without a start", "</a>"],
    ["a tag without a name", "< a/>"],
    ["too deep a nest", "<a>".repeat(100_000)],
    ["too many elements", `<a>${"<b/>".repeat(300_000)}</a>`],
  ])("refuses %s with a sentence", (_what, text) => {
    expect(() => parseXml(text)).toThrow(expect.objectContaining({ code: "slide/malformed" }));
  });

  test("unfolds no entity that the document declares", () => {
    const root = parseXml('<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>');
    expect(root.text).toContain("&b;");
  });
});
