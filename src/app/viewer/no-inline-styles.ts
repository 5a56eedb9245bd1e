const MARK = "data-openseadragon-mobile-css";

/**
 * Keeps OpenSeadragon from putting a style sheet of its own into the page, which the page's policy forbids: it does so only where none
 * with its mark is there yet. What it would say stands in navigator.css.
 */
export function keepStylesOut(): void {
  if (document.querySelector(`style[${MARK}]`)) return;
  const empty = document.createElement("style");
  empty.setAttribute(MARK, "");
  document.head.append(empty);
}
