import { useId, useRef } from "preact/hooks";
import { t } from "../words/words.ts";

/** Width of the text and its least distance from the edges of the page, CSS pixels; the width as in help.css. */
const WIDTH = 280;
const MARGIN = 8;

interface HelpProps {
  /** Name of the control that is explained. */
  readonly about: string;
  readonly text: string;
}

/** A question mark beside a control; pressed, it says in a few sentences what the control does. Esc or a click elsewhere puts it away. */
export function Help({ about, text }: HelpProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      {/* Its name is but "Help": a control is to be the only thing on the page of that control's name. */}
      <button
        type="button"
        class="help"
        ref={button}
        popovertarget={id}
        aria-label={t`Help`}
        aria-description={about}
        title={t`What this does`}
      >
        <span aria-hidden="true">?</span>
      </button>
      <span
        id={id}
        class="help-text"
        popover="auto"
        role="note"
        aria-description={about}
        onBeforeToggle={(event) => {
          if (event.newState === "open" && button.current) place(event.currentTarget, button.current);
        }}
      >
        {text}
      </span>
    </>
  );
}

/** Under the button, above it in the lower half of the page, and within the page. */
function place(text: HTMLElement, button: HTMLElement): void {
  const { left, top, bottom } = button.getBoundingClientRect();
  const { innerWidth, innerHeight } = window;
  const isLow = top > innerHeight / 2;
  text.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - WIDTH - MARGIN))}px`;
  text.style.top = isLow ? "auto" : `${bottom + MARGIN / 2}px`;
  text.style.bottom = isLow ? `${innerHeight - top + MARGIN / 2}px` : "auto";
}

interface FieldNameProps {
  /** Id of the control. */
  readonly of: string;
  readonly name: string;
  readonly help: string;
}

/** The label of a control with help behind it. */
export function FieldName({ of, name, help }: FieldNameProps) {
  return (
    <span class="field-name">
      <label for={of}>{name}</label>
      <Help about={name} text={help} />
    </span>
  );
}
