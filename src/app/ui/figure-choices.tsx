import { PIXELS_PER_INCH } from "../report/sheet.ts";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";

/** How the figure is cut and written; said in one line while it is folded. */
export function FigureChoices({ app }: { readonly app: App }) {
  const { figureWidth, figureShows, figureArea, figureFormat } = app.handing;
  const shows = [
    ["map", t`Tissue with map`],
    ["tissue", t`Tissue alone`],
    ["both", t`Side by side`],
  ] as const;
  const areas = [
    ["slide", t`Whole slide`],
    ["view", t`What is in view`],
  ] as const;
  const formats = [
    ["png", t`PNG, ${PIXELS_PER_INCH} dpi`],
    ["svg", t`SVG, lines and text`],
  ] as const;
  const widths = [
    [180, t`180 mm, two columns`],
    [85, t`85 mm, one column`],
  ] as const;
  const said = [
    shows.find(([value]) => value === figureShows.value)?.[1],
    areas.find(([value]) => value === figureArea.value)?.[1],
    `${figureWidth.value} mm`,
    figureFormat.value.toUpperCase(),
  ].join(" · ");
  return (
    <details class="fold export-figure">
      <summary>{said}</summary>
      <div class="fold-body">
        <Choice name={t`Shows`} id="figure-shows" value={figureShows} choices={shows} />
        <Choice name={t`Part`} id="figure-area" value={figureArea} choices={areas} />
        <Choice name={t`Width`} id="figure-width" value={figureWidth} choices={widths} />
        <Choice name={t`Format`} id="figure-format" value={figureFormat} choices={formats} />
        <p class="remark">{t`Colours, contours or hatching as on the stage now.`}</p>
      </div>
    </details>
  );
}

function Choice<T extends string | number>(props: {
  readonly name: string;
  readonly id: string;
  readonly value: { value: T };
  readonly choices: readonly (readonly [value: T, words: string])[];
}) {
  const { name, id, value, choices } = props;
  return (
    <div class="field">
      <label for={id}>{name}</label>
      <select
        id={id}
        value={String(value.value)}
        onChange={(event) => {
          const chosen = choices.find(([one]) => String(one) === event.currentTarget.value);
          if (chosen) value.value = chosen[0];
        }}
      >
        {choices.map(([one, words]) => (
          <option key={one} value={String(one)}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
