/** Hands a file to the reader; nothing leaves the computer. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers read the address only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** "case-17" of "case-17.svs"; characters that a file system refuses become dashes. */
export function baseName(fileName: string): string {
  const stem = fileName.replace(/\.[^.]{1,8}$/, "");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: file systems refuse them
  const safe = stem.replace(/[\u0000-\u001f<>:"/\\|?*]+/g, "-").trim();
  return safe === "" ? "slide" : safe;
}
