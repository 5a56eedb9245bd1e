import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** For the element of a panel that has the keyboard as soon as the panel is shown; `keep-focus` gives it back afterwards. */
export function useTakesKeyboard<T extends HTMLElement>(isShown: boolean): RefObject<T | null> {
  const element = useRef<T>(null);
  useEffect(() => {
    if (isShown) element.current?.focus();
  }, [isShown]);
  return element;
}
