import type { MessagesState } from "./state/messages.ts";

/** Stands in the console for what nobody foresaw; its own words may name a slide and are shown on the page alone. */
const UNFORESEEN = "Palisade: an unforeseen error; what it says is in the page's alert.";

/** Shows errors that nobody caught on the page, and leaves their text out of the console. */
export function keepConsoleQuiet(messages: Pick<MessagesState, "report">): void {
  window.addEventListener("error", (event) => {
    if (!(event instanceof ErrorEvent)) return;
    event.preventDefault();
    // A layout that needed a second pass is reported as an error without one.
    if (event.error) show(event.error);
  });
  window.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    show(event.reason);
  });

  function show(error: unknown): void {
    console.error(UNFORESEEN);
    messages.report(error);
  }
}
