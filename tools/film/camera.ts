import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import encode, { init } from "@jsquash/webp/encode.js";
import { decode } from "fast-png";
import type { Page } from "playwright";
import type { FilmStep } from "./animated-webp.ts";

/** A picture of the page and when it was there. */
interface Shot {
  readonly png: Buffer;
  /** Seconds since some moment. */
  readonly at: number;
}

/** Records what a page shows from now on, as it changes. */
export async function startCamera(page: Page): Promise<{ stop(): Promise<readonly Shot[]> }> {
  const session = await page.context().newCDPSession(page);
  const shots: Shot[] = [];
  session.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
    shots.push({ png: Buffer.from(data, "base64"), at: metadata.timestamp ?? 0 });
    void session.send("Page.screencastFrameAck", { sessionId });
  });
  await session.send("Page.startScreencast", { format: "png" });
  return {
    async stop() {
      await session.send("Page.stopScreencast");
      // On a busy machine some come late.
      return shots.toSorted((a, b) => a.at - b.at);
    },
  };
}

export interface CutOptions {
  /** Pictures that follow one another faster are left out. */
  readonly leastMs: number;
  /** Nothing stands still for longer. */
  readonly longestMs: number;
  /** 0 to 100, of WebP's lossy coding. */
  readonly quality: number;
}

/** What changes from picture to picture, each as the smallest rectangle. */
export async function cut(shots: readonly Shot[], options: CutOptions): Promise<readonly FilmStep[]> {
  await prepareEncoder();
  const kept = thinned(shots, options.leastMs);
  const steps: FilmStep[] = [];
  let before: Uint8ClampedArray | null = null;
  for (const [i, shot] of kept.entries()) {
    const { width, height, rgba } = rgbaOf(shot.png);
    const next = kept[i + 1];
    const milliseconds = Math.min(options.longestMs, next ? (next.at - shot.at) * 1000 : options.longestMs);
    const box = before ? changedBox(before, rgba, width, height) : { x: 0, y: 0, width, height };
    before = rgba;
    const last = steps.at(-1);
    if (!box && last) {
      steps[steps.length - 1] = {
        ...last,
        milliseconds: Math.min(options.longestMs, last.milliseconds + milliseconds),
      };
      continue;
    }
    if (!box) continue;
    const pixels = new ImageDataLike(box.width, box.height, crop(rgba, width, box));
    const still = new Uint8Array(await encode(pixels, { quality: options.quality, method: 6 }));
    steps.push({ ...box, milliseconds, still });
  }
  return steps;
}

/** What the encoder reads of an ImageData, which Node does not have. */
class ImageDataLike implements ImageData {
  readonly colorSpace = "srgb";
  readonly pixelFormat = "rgba-unorm8";
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;

  constructor(width: number, height: number, data: Uint8ClampedArray<ArrayBuffer>) {
    this.width = width;
    this.height = height;
    this.data = data;
  }
}

function thinned(shots: readonly Shot[], leastMs: number): readonly Shot[] {
  const kept: Shot[] = [];
  for (const [i, shot] of shots.entries()) {
    const next = shots[i + 1];
    const last = kept.at(-1);
    // The last of a quick row of pictures stays, so that a movement ends where it ended.
    const isQuick = last && (shot.at - last.at) * 1000 < leastMs;
    const isFollowedAtOnce = next && (next.at - shot.at) * 1000 < leastMs;
    if (!isQuick || !isFollowedAtOnce) kept.push(shot);
  }
  return kept;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest rectangle with even corners that holds every changed pixel; null where nothing changed. */
function changedBox(a: Uint8ClampedArray, b: Uint8ClampedArray, width: number, height: number): Box | null {
  const wordsA = new Uint32Array(a.buffer);
  const wordsB = new Uint32Array(b.buffer);
  let left = width;
  let top = height;
  let right = -1;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (wordsA[y * width + x] === wordsB[y * width + x]) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  if (right < 0) return null;
  const x = left - (left % 2);
  const y = top - (top % 2);
  return { x, y, width: right + 1 - x, height: bottom + 1 - y };
}

function crop(rgba: Uint8ClampedArray, width: number, box: Box): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(box.width * box.height * 4);
  for (let row = 0; row < box.height; row++) {
    const from = ((box.y + row) * width + box.x) * 4;
    out.set(rgba.subarray(from, from + box.width * 4), row * box.width * 4);
  }
  return out;
}

function rgbaOf(png: Buffer): { width: number; height: number; rgba: Uint8ClampedArray } {
  const { width, height, data, channels } = decode(png);
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) for (let c = 0; c < 3; c++) rgba[i * 4 + c] = Number(data[i * channels + c]);
  return { width, height, rgba };
}

async function prepareEncoder(): Promise<void> {
  const path = createRequire(import.meta.url).resolve("@jsquash/webp/codec/enc/webp_enc_simd.wasm");
  await init(await WebAssembly.compile(await readFile(path)));
}
