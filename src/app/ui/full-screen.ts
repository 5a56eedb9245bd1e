import { signal } from "@preact/signals";

/** Follows the browser, which leaves full screen by itself at Esc. */
export const isFullScreen = signal(document.fullscreenElement !== null);
document.addEventListener("fullscreenchange", () => {
  isFullScreen.value = document.fullscreenElement !== null;
});

/** False in a frame or on a device that has none. */
export function canFillScreen(): boolean {
  return document.fullscreenEnabled;
}

export async function toggleFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // A browser that refuses full screen (a frame, a policy) leaves the page as it is.
  }
}
