import { AppError } from "../../engine/base/errors.ts";
import { escapedXml } from "../../engine/base/xml-text.ts";
import { type BoxMm, type Clip, type LineMm, SHEET_FONT, type Sheet, type SheetItem, type Stroke } from "./sheet.ts";

/** Of pictures without clear parts. */
const JPEG_QUALITY = 0.92;

/**
 * The sheet as an SVG of its own, in millimetres: text as text, lines as lines, pictures embedded, groups with names. It points to nothing outside itself. Pictures
 * are named by `xlink:href`, which older drawing programs ask for and all others know. Throws `app/unexpected` when the browser cannot write a picture.
 */
export async function sheetToSvg({ width, height, title, items }: Sheet, description: string): Promise<string> {
  const writer: Writer = { parts: [], clips: 0 };
  for (const item of items) await writeItem(writer, item);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${short(width)}mm" height="${short(height)}mm" viewBox="0 0 ${short(width)} ${short(height)}" font-family="${SHEET_FONT}">`,
    `<title>${escapedXml(title)}</title>`,
    `<desc>${escapedXml(description)}</desc>`,
    `<rect width="${short(width)}" height="${short(height)}" fill="#ffffff"/>`,
    ...writer.parts,
    "</svg>",
    "",
  ].join("\n");
}

interface Writer {
  readonly parts: string[];
  clips: number;
}

async function writeItem(writer: Writer, item: SheetItem): Promise<void> {
  switch (item.kind) {
    case "picture":
      writer.parts.push(
        `<image ${boxAttributes(item.box)} preserveAspectRatio="none" xlink:href="${await dataUrl(item.canvas, item.format)}"/>`,
      );
      return;
    case "lines": {
      const d = pathData(item.lines, item.isClosed);
      if (d === "") return;
      for (const one of item.strokes) {
        writer.parts.push(`<path d="${d}" fill="none" stroke-linejoin="round" ${strokeAttributes(one)}/>`);
      }
      return;
    }
    case "box": {
      const stroke = item.stroke ? ` ${strokeAttributes(item.stroke)}` : "";
      writer.parts.push(`<rect ${boxAttributes(item.box)} fill="${escapedXml(item.fill ?? "none")}"${stroke}/>`);
      return;
    }
    case "text":
      writer.parts.push(textElement(item));
      return;
    case "group": {
      const clip = item.clip ? ` clip-path="url(#${writeClip(writer, item.clip)})"` : "";
      const opacity = item.opacity < 1 ? ` opacity="${short(item.opacity)}"` : "";
      writer.parts.push(`<g${opacity}${clip}><title>${escapedXml(item.name)}</title>`);
      for (const one of item.items) await writeItem(writer, one);
      writer.parts.push("</g>");
    }
  }
}

function textElement(item: Extract<SheetItem, { kind: "text" }>): string {
  const weight = item.isBold ? ' font-weight="bold"' : "";
  const place = `x="${short(item.x)}" y="${short(item.y)}" font-size="${short(item.size)}" text-anchor="${item.anchor}"${weight}`;
  const text = escapedXml(item.text);
  const halo =
    item.halo === undefined
      ? ""
      : ` stroke="${item.halo}" stroke-width="${short(item.size * 0.28)}" stroke-linejoin="round" paint-order="stroke"`;
  return `<text ${place} fill="${item.colour}"${halo}>${text}</text>`;
}

function writeClip(writer: Writer, clip: Clip): string {
  const id = `clip-${++writer.clips}`;
  const shape =
    "box" in clip
      ? `<rect ${boxAttributes(clip.box)}/>`
      : `<path clip-rule="evenodd" d="${pathData(clip.lines, true)}"/>`;
  writer.parts.push(`<clipPath id="${id}">${shape}</clipPath>`);
  return id;
}

function pathData(lines: readonly LineMm[], isClosed: boolean): string {
  return lines
    .map((line) => {
      let d = "";
      for (let i = 0; i + 1 < line.length; i += 2)
        d += `${i === 0 ? "M" : "L"}${short(line[i]!)} ${short(line[i + 1]!)}`;
      return isClosed ? `${d}Z` : d;
    })
    .join("");
}

function strokeAttributes({ colour, width, dash }: Stroke): string {
  const dashes = dash ? ` stroke-dasharray="${dash.map(short).join(" ")}" stroke-linecap="round"` : "";
  return `stroke="${escapedXml(colour)}" stroke-width="${short(width)}"${dashes}`;
}

function boxAttributes({ x, y, width, height }: BoxMm): string {
  return `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`;
}

async function dataUrl(canvas: HTMLCanvasElement, format: "jpeg" | "png"): Promise<string> {
  const type = `image/${format}`;
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, JPEG_QUALITY));
  if (blob?.type !== type) {
    throw new AppError("app/unexpected", "The browser could not write the picture; close other tabs and try again.");
  }
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return `data:${type};base64,${btoa(binary)}`;
}

/** A hundredth of a millimetre is an eighth of a pixel at 300 dpi. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
