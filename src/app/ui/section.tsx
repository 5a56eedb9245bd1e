import type { ComponentChildren } from "preact";

interface SectionProps {
  readonly title: string;
  /** To find it by. */
  readonly id?: string;
  /** Closed until the reader opens it. Default: open. */
  readonly isFolded?: boolean;
  /** A word beside the title, in sight also while the section is closed. Default: none. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of the dock that folds. */
export function Section({ title, id, isFolded = false, aside = "", children }: SectionProps) {
  return (
    <details class="section" {...(id === undefined ? {} : { id })} open={!isFolded}>
      <summary>
        <h2>{title}</h2>
        {aside && <span class="section-aside">{aside}</span>}
      </summary>
      <div class="section-body">{children}</div>
    </details>
  );
}

/** A fact of the slide or the model: what it is, and its value. */
export function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
