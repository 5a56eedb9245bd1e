import type { ComponentChildren } from "preact";

/** What is handed out of one kind, under its word. */
export function ExportGroup({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <>
      <h3>{title}</h3>
      <div>{children}</div>
    </>
  );
}
