/** Caches that hold the page itself, and nothing of a slide: without them an offline visit would find nothing. */
const OF_THE_PAGE = /offline|precache/;

/** Removes this page's caches of anything but itself. Other pages of the same host keep theirs. */
export async function removeOwnCaches(): Promise<void> {
  // Missing where the page is served over plain http.
  if (typeof caches === "undefined") return;
  try {
    for (const name of await caches.keys()) {
      if (name.startsWith("palisade") && !OF_THE_PAGE.test(name)) await caches.delete(name);
    }
  } catch {
    // A browser that refuses caches has none of ours.
  }
}
