const MARK = " of page ";

/** The page itself makes a number; its workers, and theirs, carry it on in their names. */
const pageId = ownPageId();

/** The name of a worker that belongs to this page. */
export function nameOfWorker(name: string): string {
  return `${name}${MARK}${pageId}`;
}

/** What the workers of one page, however deep they are nested, tell it without being asked. Other tabs of the same site do not hear it. */
export function openPageChannel(): BroadcastChannel {
  return new BroadcastChannel(`palisade${MARK}${pageId}`);
}

function ownPageId(): string {
  const isWorker = !("document" in globalThis);
  const [, inherited] = isWorker ? self.name.split(MARK) : [];
  // `crypto.randomUUID` is not there for pages over plain http.
  return inherited ?? crypto.getRandomValues(new Uint32Array(2)).join("-");
}
