import { describe, expect, it } from "vitest";
import { encodePng } from "../../../src/cli/write-output.ts";
import { type Drawing, fitText, textWidth } from "../../../src/engine/pictures/drawing.ts";
import { neuronFigure } from "../../../src/engine/pictures/neuron-figure.ts";
import { strongestNeurons } from "../../../src/engine/pictures/neurons.ts";
import { overlayFigure } from "../../../src/engine/pictures/overlay-figure.ts";
import { paintDrawing } from "../../../src/engine/pictures/paint.ts";
import { drawingToSvg } from "../../../src/engine/pictures/svg.ts";
import type { RgbaImage } from "../../../src/engine/slide/types.ts";
import { picture } from "../tissue/picture-slide.ts";
import { colourPack } from "./made-scenes.ts";

const PINK = picture(20, 20, () => [230, 120, 180]);
const ink = (image: RgbaImage) => image.data.filter((value, at) => at % 4 === 0 && value < 128).length;

function writing(text: string, anchor: "start" | "middle" | "end" = "start"): RgbaImage {
  const item = { kind: "text", x: 100, y: 30, text, size: 20, anchor, isBold: false, colour: [0, 0, 0] } as const;
  return paintDrawing({ width: 200, height: 40, title: "", items: [item] });
}

/** Leftmost and rightmost dark column. */
function extent(image: RgbaImage): [number, number] {
  const columns = Array.from({ length: image.width }, (_, x) => x).filter((x) => {
    return Array.from({ length: image.height }, (_, y) => image.data[(y * image.width + x) * 4]!).some((v) => v < 128);
  });
  return [columns[0] ?? -1, columns.at(-1) ?? -1];
}

describe("the built-in letters", () => {
  it("write every printable ASCII character and what figures need besides, each differently", () => {
    const letters = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter(
      (c) => !"$&@^`{}~".includes(c),
    );
    const pictures = new Map([...letters, "µ", "×", "·", "°"].map((letter) => [letter, writing(letter).data.join()]));
    const unknown = writing("\u4e00").data.join();
    for (const [letter, drawn] of pictures) expect(drawn === unknown, letter).toBe(false);
    expect(new Set(pictures.values()).size).toBe(pictures.size);
    expect(ink(writing(" "))).toBe(0);
  });

  it("leave accents away, and draw a box for what they do not know", () => {
    expect(writing("Hämorrhage").data).toEqual(writing("Hamorrhage").data);
    expect(ink(writing("\u4e00"))).toBeGreaterThan(0);
  });

  it("stand where the anchor says, as wide as they are measured", () => {
    const width = textWidth("Necrosis", 20);
    const [left, right] = extent(writing("Necrosis"));
    expect(left).toBeCloseTo(100, -0.5);
    expect(right - left).toBeCloseTo(width, -0.5);
    expect(extent(writing("Necrosis", "end"))[1]).toBeCloseTo(100, -0.5);
    const [start, end] = extent(writing("Necrosis", "middle"));
    expect((start + end) / 2).toBeCloseTo(100, -0.5);
  });

  it("are cut where they would not fit", () => {
    expect(fitText("Necrosis", 20, 1000)).toBe("Necrosis");
    const cut = fitText("Perinecrotic zone", 20, 80);
    expect(cut).toMatch(/^Peri.*\.\.\.$/);
    expect(textWidth(cut, 20)).toBeLessThanOrEqual(80);
  });
});

describe("a drawing", () => {
  const drawing: Drawing = {
    width: 60,
    height: 40,
    title: 'A & "B" <c>',
    items: [
      { kind: "picture", x: 10, y: 10, image: PINK },
      { kind: "box", x: 40, y: 10, width: 10, height: 10, fill: [255, 140, 0] },
      {
        kind: "text",
        x: 2,
        y: 38,
        text: "S<1 & more\u0007",
        size: 8,
        anchor: "start",
        isBold: true,
        colour: [26, 27, 29],
      },
    ],
  };

  it("is painted with everything in its place, on white", () => {
    const image = paintDrawing(drawing);
    const at = (x: number, y: number) => [...image.data.subarray((y * 60 + x) * 4, (y * 60 + x) * 4 + 3)];
    expect(at(0, 0)).toEqual([255, 255, 255]);
    expect(at(12, 12)).toEqual([230, 120, 180]);
    expect(at(45, 15)).toEqual([255, 140, 0]);
    expect(paintDrawing(drawing).data).toEqual(image.data);
  });

  it("is written as one SVG with its pictures inside and its words escaped", async () => {
    const svg = await drawingToSvg(drawing, encodePng);
    expect(svg).toContain('viewBox="0 0 60 40"');
    expect(svg).toContain("<title>A &amp; &quot;B&quot; &lt;c&gt;</title>");
    expect(svg).toContain(">S&lt;1 &amp; more </text>");
    expect(svg).toContain('<rect x="40" y="10" width="10" height="10" fill="#ff8c00"/>');
    const png = /href="data:image\/png;base64,([^"]+)"/.exec(svg)?.[1] ?? "";
    expect(Buffer.from(png, "base64").equals(Buffer.from(encodePng(PINK)))).toBe(true);
    expect(svg.match(/<(?!\/|title|svg|rect|text|image)/)).toBeNull();
  });
});

describe("the figures", () => {
  it("of neurons has a row each, with class, weight and patches", () => {
    const neurons = strongestNeurons(colourPack().pack, 2);
    const rows = neurons.map((neuron, i) => ({ neuron, pictures: Array(3 - i).fill(PINK) }));
    const options = { packName: "Colours", hasWindows: true, side: 20, remark: "1 image." };
    const { items, width, height } = neuronFigure(rows, options);
    const words = items.flatMap((item) => (item.kind === "text" ? [item.text] : []));
    expect(words).toContain("necrosis +2.0");
    expect(words).toContain("other −1.0");
    expect(words.at(-1)).toContain("Research use only.");
    const pictures = items.flatMap((item) => (item.kind === "picture" ? [item] : []));
    expect(pictures).toHaveLength(5);
    for (const { x, y, image } of pictures) {
      expect(x + image.width).toBeLessThanOrEqual(width);
      expect(y + image.height).toBeLessThanOrEqual(height);
    }
  });

  it("of overlays has a column for the original, the truth and each method, and a legend", () => {
    const row = {
      name: "W1",
      original: PINK,
      truth: PINK,
      methods: [
        { picture: PINK, words: "S 0.50" },
        { picture: PINK, words: "S 0.75" },
      ],
    };
    const { items } = overlayFigure([row, row], ["MCIL", "SVM-CNN"], "Necrosis");
    const words = items.flatMap((item) => (item.kind === "text" ? [item.text] : []));
    expect(words.slice(0, 4)).toEqual(["original", "truth", "MCIL", "SVM-CNN"].map((word) => fitText(word, 14, 20)));
    expect(words.filter((word) => word === "S 0.75")).toHaveLength(2);
    expect(words).toContain("Necrosis found");
    expect(items.filter(({ kind }) => kind === "picture")).toHaveLength(8);
    expect(items.flatMap((item) => (item.kind === "box" ? [item.fill] : []))).toEqual([
      [128, 0, 160],
      [255, 150, 150],
      [255, 140, 0],
    ]);
  });
});
