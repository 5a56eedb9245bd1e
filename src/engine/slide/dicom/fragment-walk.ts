import { AppError } from "../../base/errors.ts";
import { ByteWindow } from "./byte-window.ts";
import type { DicomInstance } from "./instance.ts";
import { TAG } from "./tags.ts";

/** Read at once: heads of fragments lie some ten kilobytes apart, tiles of glass less. */
const WINDOW_BYTES = 4096;

/**
 * Finds the frames of a file without a table of offsets by stepping from fragment to fragment, as far as is asked for.
 * A frame starts where a JPEG or JPEG 2000 stream does; an RLE frame is one fragment. Of one frame all fragments are.
 * Memory: a number a frame.
 */
export class FragmentWalk {
  readonly #instance: DicomInstance;
  readonly #window: ByteWindow;
  readonly #starts: number[] = [];
  #next: number;
  #isDone = false;
  #walking: Promise<void> = Promise.resolve();

  constructor(instance: DicomInstance, start: number) {
    this.#instance = instance;
    this.#window = new ByteWindow(instance.source, WINDOW_BYTES);
    this.#next = start;
  }

  /** Byte of the frame's first fragment. Throws `slide/malformed` where the file ends before. */
  async startOf(frame: number): Promise<number> {
    await this.#reach(frame);
    const start = this.#starts[frame];
    if (start !== undefined) return start;
    throw this.#damaged(`only ${this.#starts.length} of ${this.#instance.frames} frames`);
  }

  /** Byte behind its last fragment. */
  async endOf(frame: number): Promise<number> {
    await this.#reach(frame + 1);
    return this.#starts[frame + 1] ?? this.#next;
  }

  /** Walks until `frame` is found or the pixel data ends; one walk at a time. */
  async #reach(frame: number): Promise<void> {
    if (this.#isDone || this.#starts.length > frame) return;
    const walked = this.#walking.then(() => this.#walkTo(frame));
    this.#walking = walked.catch(() => {});
    await walked;
  }

  async #walkTo(frame: number): Promise<void> {
    const { source, frames } = this.#instance;
    while (!this.#isDone && this.#starts.length <= frame) {
      const at = this.#next;
      await this.#window.load(at, 8);
      const tag = this.#window.uint16(at) * 0x10000 + this.#window.uint16(at + 2);
      if (tag === TAG.sequenceEnd) {
        this.#isDone = true;
        return;
      }
      if (tag !== TAG.item) throw this.#damaged(`no frame at byte ${at}`);
      const length = this.#window.uint32(at + 4);
      await this.#window.load(at, Math.min(10, source.size - at));
      if (this.#startsFrame(at, length)) {
        if (this.#starts.length >= frames) throw this.#damaged(`more than ${frames} frames`);
        this.#starts.push(at);
      }
      this.#next = at + 8 + length;
    }
  }

  #startsFrame(at: number, length: number): boolean {
    const { syntax, frames } = this.#instance;
    if (this.#starts.length === 0) return true;
    if (frames === 1) return false;
    if (syntax.coding === "rle" || length < 2) return true;
    const second = syntax.coding === "jpeg" ? SOI : SOC;
    return this.#window.uint8(at + 8) === 0xff && this.#window.uint8(at + 9) === second;
  }

  #damaged(found: string): AppError {
    return new AppError(
      "slide/malformed",
      `Expected the frames of a DICOM image, found ${found} in ${this.#instance.source.name}; the file is damaged. Copy or export it again.`,
    );
  }
}

/** Second bytes of the markers that start a JPEG (ITU-T T.81) and a JPEG 2000 stream (ITU-T T.800). */
const SOI = 0xd8;
const SOC = 0x4f;
