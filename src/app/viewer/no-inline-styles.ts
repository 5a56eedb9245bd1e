const MARK = "data-openseadragon-mobile-css";

/**
 * Keeps OpenSeadragon from putting a style sheet of its own into the page, which the page's policy forbids: it does so only where none
 * with its mark is there yet. What it would say stands in navigator.css.
 */
export function keepStylesOut(): void {
  if (document.querySelector(`style[${MARK}]`)) return;
  // Of no language that a browser knows: even an empty style sheet of HTML would be one too many for the policy.
  const mark = document.createElementNS("urn:palisade:mark", "style");
  mark.setAttribute(MARK, "");
  document.head.append(mark);
}
