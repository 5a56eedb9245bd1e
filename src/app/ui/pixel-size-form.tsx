import { useSignal } from "@preact/signals";
import type { App } from "../state/app.ts";
import { PIXEL_SIZE_LIMITS } from "../state/slide.ts";

const SCANNER_CHOICES = [
  { label: "40x", mpp: 0.25 },
  { label: "20x", mpp: 0.5 },
  { label: "10x", mpp: 1 },
  { label: "5x", mpp: 2 },
] as const;

/** A picture of a whole section, as an atlas or a paper prints it. */
const LOW_POWER_CHOICE = { label: "Low power", mpp: 10 } as const;

/** Asks for the pixel size of a file that does not say it. What is typed is marked as assumed wherever it counts. */
export function PixelSizeForm({ app }: { readonly app: App }) {
  const pixelSize = app.slide.pixelSize.value;
  // What stands in the field, which may be on its way to a number.
  const text = useSignal(pixelSize ? String(pixelSize.mppX) : "");
  const complaint = useSignal<string | null>(null);
  // A sound number counts as it is typed, so that Analyze is open by the time the pointer is there.
  const type = (typed: string) => {
    text.value = typed;
    const mpp = parseNumber(typed);
    if (!isSound(mpp)) return;
    complaint.value = null;
    app.slide.assumePixelSize(mpp);
  };
  const finish = (typed: string) => {
    complaint.value = isSound(parseNumber(typed))
      ? null
      : `Give a number between ${PIXEL_SIZE_LIMITS.lowest} and ${PIXEL_SIZE_LIMITS.highest} µm.`;
  };
  return (
    <div class={pixelSize ? "ask" : "ask is-open"}>
      <p>
        {pixelSize
          ? "Not in the file; yours is used and marked as assumed."
          : "The file does not say how large a pixel is. Sizes, areas and the analysis need it."}
      </p>
      <label class="field">
        <span>Pixel size (µm/px)</span>
        <input
          type="text"
          inputMode="decimal"
          autocomplete="off"
          value={text.value}
          aria-invalid={complaint.value !== null}
          onInput={(event) => type(event.currentTarget.value)}
          onChange={(event) => {
            type(event.currentTarget.value);
            finish(event.currentTarget.value);
          }}
        />
      </label>
      <div class="choices">
        {[...SCANNER_CHOICES, LOW_POWER_CHOICE].map(({ label, mpp }) => (
          <button
            key={label}
            type="button"
            class="chip"
            aria-pressed={pixelSize?.mppX === mpp}
            title={`${mpp} µm/px`}
            onClick={() => type(String(mpp))}
          >
            {label}
          </button>
        ))}
      </div>
      {complaint.value && <p class="complaint">{complaint.value}</p>}
    </div>
  );
}

function isSound(mpp: number): boolean {
  return mpp >= PIXEL_SIZE_LIMITS.lowest && mpp <= PIXEL_SIZE_LIMITS.highest;
}

/** Reads "0,25" and "0.25" alike; anything else is NaN. */
function parseNumber(text: string): number {
  const trimmed = text.trim().replace(",", ".");
  return trimmed === "" ? Number.NaN : Number(trimmed);
}
