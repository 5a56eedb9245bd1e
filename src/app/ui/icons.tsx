const PATHS = {
  moon: "M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6Z",
  sun: "M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6ZM8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8 13 13M13 3l-1.2 1.2M4.2 11.8 3 13",
  contrast: "M8 2.2a5.8 5.8 0 1 1 0 11.6a5.8 5.8 0 0 1 0-11.6ZM8 2.2v11.6M8 5h4.9M8 8h5.8M8 11h4.9",
  dock: "M2.5 3.5h11v9h-11zM10 3.5v9",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3",
  link: "M6.8 9.2l2.4-2.4M7.4 4.9l1.3-1.3a2.7 2.7 0 0 1 3.8 3.8l-1.3 1.3M8.6 11.1l-1.3 1.3a2.7 2.7 0 0 1-3.8-3.8l1.3-1.3",
  previous: "M10 3.5 5.5 8l4.5 4.5",
  next: "M6 3.5 10.5 8 6 12.5",
  close: "M4 4l8 8M12 4l-8 8",
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing of 16 x 16 in the colour of the text; the button around it carries the name. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The mark: nuclei in a palisade around a pale field with the ghosts of a few. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg class="mark" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      {NUCLEI.map(({ angle, distance, length }) => (
        <ellipse key={angle} cx="12" cy={12 - distance} rx="0.85" ry={length} transform={`rotate(${angle} 12 12)`} />
      ))}
      {GHOSTS.map(([x, y]) => (
        <circle key={x} class="mark-ghost" cx={x} cy={y} r="0.8" />
      ))}
    </svg>
  );
}

const NUCLEI = Array.from({ length: 22 }, (_, i) => ({
  angle: (i * 360) / 22 + [0, 3, -2][i % 3]!,
  distance: [9.3, 7.9, 8.8, 7.4][i % 4]!,
  length: [2.1, 1.7, 2.4][i % 3]!,
}));

const GHOSTS = [
  [10.2, 11.1],
  [13.6, 10.4],
  [12.4, 14],
] as const;
