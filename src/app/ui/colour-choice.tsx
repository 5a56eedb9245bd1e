import type { SlideColour } from "../../engine/slide/types.ts";
import type { App } from "../state/app.ts";
import { msg, retell, say, t } from "../words/words.ts";

const CHOICES: readonly { readonly id: SlideColour; readonly name: string }[] = [
  { id: "stored", name: msg`As stored` },
  { id: "srgb", name: msg`By the slide's profile` },
];

/** How colours are shown, for a slide that holds a colour profile; kept for the next one. The analysis follows its pack instead. */
export function ColourChoice({ app }: { readonly app: App }) {
  const info = app.slide.open.value?.info;
  const { colour } = app.settings;
  if (!info?.hasColourProfile) return null;
  return (
    <>
      <fieldset class="field choice">
        <legend>{t`Colours`}</legend>
        <div class="choices">
          {CHOICES.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              class="chip"
              aria-pressed={colour.value === id}
              onClick={() => {
                colour.value = id;
              }}
            >
              {say(name)}
            </button>
          ))}
        </div>
      </fieldset>
      {info.colourNote !== null && <p class="remark">{retell(info.colourNote)}</p>}
    </>
  );
}
