const DIALOG = "[role=dialog]";

/**
 * Until the returned function is called: when what has the keyboard goes away, the keyboard goes on, from a panel to what opened it, from a control of
 * the side panel to the title of its section, else to the stage, and never to nowhere. Who leaves a control by hand is left alone.
 */
export function keepFocus(): () => void {
  /** What has or had the keyboard, and the section that it was in. */
  let last: { readonly element: Element; readonly section: Element | null } | null = null;
  const openers = new WeakMap<Element, Element>();
  let isLookComing = false;

  const remember = ({ target }: FocusEvent) => {
    if (target instanceof Element) last = { element: target, section: target.closest("details.section") };
  };
  const meet = (node: Node) => {
    if (last && node instanceof Element && node.matches(DIALOG)) openers.set(node, last.element);
  };
  /** A panel may have been opened from one that is gone as well. */
  const openerOf = (element: Element): Element | undefined => {
    const dialog = element.closest(DIALOG);
    const opener = dialog ? openers.get(dialog) : undefined;
    return opener && !isUsable(opener) ? openerOf(opener) : opener;
  };
  const look = () => {
    isLookComing = false;
    const { activeElement: active } = document;
    // What was hidden keeps the keyboard until the browser gets round to taking it away.
    const isHeld = active !== null && active !== document.body && isUsable(active);
    if (!last || isHeld || isUsable(last.element)) return;
    const places = [openerOf(last.element), last.section?.querySelector("summary"), document.querySelector("main")];
    const next = places.find((place) => place && isUsable(place));
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  };
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach(meet);
    // Two frames on, so that what takes the keyboard by itself has it by then, and what was hidden or switched off has it no longer.
    if (!isLookComing) requestAnimationFrame(() => requestAnimationFrame(look));
    isLookComing = true;
  });
  document.addEventListener("focusin", remember);
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["disabled", "hidden"],
  });
  return () => {
    document.removeEventListener("focusin", remember);
    observer.disconnect();
  };
}

function isUsable(element: Element): boolean {
  return element.isConnected && !element.matches(":disabled") && element.checkVisibility();
}
