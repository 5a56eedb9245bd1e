import { escapedXml } from "../base/xml-text.ts";
import type { RgbaImage } from "../slide/types.ts";
import type { Colour, Drawing, DrawingItem } from "./drawing.ts";

const FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";

/** The drawing as an SVG of its own: letters as text, pictures inside as PNG, which `encodePng` makes. */
export async function drawingToSvg(
  drawing: Drawing,
  encodePng: (image: RgbaImage) => Uint8Array | Promise<Uint8Array>,
): Promise<string> {
  const { width, height, title } = drawing;
  const parts: string[] = [];
  for (const item of drawing.items) parts.push(await itemToSvg(item, encodePng));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}">`,
    `<title>${escapedXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

async function itemToSvg(
  item: DrawingItem,
  encodePng: (image: RgbaImage) => Uint8Array | Promise<Uint8Array>,
): Promise<string> {
  if (item.kind === "box") {
    const { x, y, width, height, fill } = item;
    return `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${hex(fill)}"/>`;
  }
  if (item.kind === "text") {
    const weight = item.isBold ? ' font-weight="600"' : "";
    return `<text x="${short(item.x)}" y="${short(item.y)}" font-size="${short(item.size)}" text-anchor="${item.anchor}" fill="${hex(item.colour)}"${weight}>${escapedXml(item.text)}</text>`;
  }
  const { width, height } = item.image;
  const data = base64(await encodePng(item.image));
  return `<image x="${short(item.x)}" y="${short(item.y)}" width="${width}" height="${height}" href="data:image/png;base64,${data}"/>`;
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function hex(colour: Colour): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}
