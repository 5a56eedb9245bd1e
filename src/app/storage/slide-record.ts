import type { KeptSlide } from "../state/kept.ts";
import { Fields, parsed } from "./fields.ts";

const VERSION = 1;

export function slideRecord(slide: KeptSlide): unknown {
  return { version: VERSION, ...slide };
}

export function parseKeptSlide(value: unknown): KeptSlide | null {
  return parsed(value, (fields) => {
    if (fields.count("version") > VERSION) throw new RangeError("a newer record");
    const thumbnail = fields.value("thumbnail");
    return {
      sha256: fields.text("sha256"),
      fingerprints: fields.list("fingerprints", (item, path) => parseFingerprint(new Fields(item, path))),
      files: fields.list("files", (item, path) => {
        const file = new Fields(item, path);
        return { name: file.text("name"), lastModified: file.number("lastModified") };
      }),
      byteSize: fields.count("byteSize"),
      openedAt: fields.number("openedAt"),
      isDemo: fields.flag("isDemo"),
      thumbnail: thumbnail instanceof Blob ? thumbnail : null,
      handles: fields.list("handles", (item) => item).filter(isFileHandle),
      link: typeof fields.value("link") === "string" ? fields.text("link") : null,
    };
  });
}

export function parseFingerprint(fields: Fields): KeptSlide["fingerprints"][number] {
  return {
    byteSize: fields.count("byteSize"),
    head: fields.text("head"),
    tail: fields.text("tail"),
    directory: fields.value("directory") === null ? null : fields.text("directory"),
  };
}

export function isFileHandle(value: unknown): value is FileSystemFileHandle {
  return typeof FileSystemFileHandle === "function" && value instanceof FileSystemFileHandle;
}
