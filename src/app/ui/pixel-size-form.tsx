import { type Signal, useSignal } from "@preact/signals";
import type { PixelSize } from "../../engine/slide/types.ts";
import { formatFigures, formatPixelSize } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { isSoundPixelSize, PIXEL_SIZE_LIMITS } from "../state/pixel-size.ts";
import { msg, say, t } from "../words/words.ts";
import { MeasureForm } from "./measure-form.tsx";
import { parseNumber, typedForm } from "./numbers-typed.ts";

const SCANNER_CHOICES = [
  { label: "40x", mpp: 0.25 },
  { label: "20x", mpp: 0.5 },
  { label: "10x", mpp: 1 },
  { label: "5x", mpp: 2 },
] as const;

/** A picture of a whole section, as an atlas or a paper prints it. */
const LOW_POWER_CHOICE = { label: msg`Low power`, mpp: 10 } as const;

interface PixelSizeFormProps {
  readonly app: App;
  /** What the file itself says, where a person means to set it right. */
  readonly own: PixelSize | null;
}

/** Asks for the pixel size where the file does not say it or says it wrongly. What is typed is marked as assumed wherever it counts. */
export function PixelSizeForm({ app, own }: PixelSizeFormProps) {
  const pixelSize = app.slide.pixelSize.value;
  // What stands in the fields, which may be on its way to a number.
  const textX = useSignal(pixelSize ? typedForm(pixelSize.mppX) : "");
  const textY = useSignal(pixelSize ? typedForm(pixelSize.mppY) : "");
  const areApart = useSignal(pixelSize !== null && pixelSize.mppX !== pixelSize.mppY);
  const complaint = useSignal<string | null>(null);
  const isAssumed = pixelSize?.origin === "assumed";
  // A sound number counts as it is typed, so that Analyze is open by the time the pointer is there.
  const take = (): boolean => {
    const mppX = parseNumber(textX.value);
    const mppY = areApart.value ? parseNumber(textY.value) : mppX;
    const isSound = isSoundPixelSize(mppX) && isSoundPixelSize(mppY);
    if (isSound) app.slide.assumePixelSize(mppX, mppY);
    return isSound;
  };
  const type = (text: Signal<string>, typed: string) => {
    text.value = typed;
    if (take()) complaint.value = null;
  };
  const set = (mppX: number, mppY = mppX) => {
    textX.value = typedForm(mppX);
    textY.value = typedForm(mppY);
    areApart.value = mppX !== mppY;
    complaint.value = null;
    take();
  };
  const finish = () => {
    complaint.value = take()
      ? null
      : t`Give a number between ${formatFigures(PIXEL_SIZE_LIMITS.lowest, 6)} and ${formatFigures(PIXEL_SIZE_LIMITS.highest, 6)} µm.`;
  };
  const field = (name: string, text: Signal<string>) => (
    <SizeField
      name={name}
      text={text.value}
      isWrong={complaint.value !== null && !isSoundPixelSize(parseNumber(text.value))}
      onType={(typed) => type(text, typed)}
      onFinish={finish}
    />
  );
  return (
    <div class={isAssumed ? "ask" : "ask is-open"}>
      <p>{wordsOf(own, isAssumed)}</p>
      {field(areApart.value ? t`Along x (µm/px)` : t`Pixel size (µm/px)`, textX)}
      {areApart.value && field(t`Along y (µm/px)`, textY)}
      <div class="choices">
        {[...SCANNER_CHOICES, LOW_POWER_CHOICE].map(({ label, mpp }) => (
          <button
            key={label}
            type="button"
            class="chip"
            aria-pressed={isAssumed && pixelSize.mppX === mpp && pixelSize.mppY === mpp}
            title={`${formatFigures(mpp, 3)} µm/px`}
            onClick={() => set(mpp)}
          >
            {say(label)}
          </button>
        ))}
      </div>
      {complaint.value && <p class="complaint">{complaint.value}</p>}
      <label class="switch">
        <input
          type="checkbox"
          checked={areApart.value}
          onChange={(event) => {
            areApart.value = event.currentTarget.checked;
            if (areApart.value) textY.value = textX.value;
            else take();
          }}
        />
        <span>{t`x and y differ`}</span>
      </label>
      <MeasureForm app={app} onMeasured={({ mppX, mppY }) => set(mppX, mppY)} />
    </div>
  );
}

function wordsOf(own: PixelSize | null, isAssumed: boolean): string {
  if (own && isAssumed) return t`The file says ${formatPixelSize(own)}; yours is used and marked as assumed.`;
  if (own) return t`The file says ${formatPixelSize(own)}. If that is wrong, set it here; yours is marked as assumed.`;
  if (isAssumed) return t`Not in the file; yours is used and marked as assumed.`;
  return t`The file does not say how large a pixel is. Sizes, areas and the analysis need it.`;
}

function SizeField(props: {
  readonly name: string;
  readonly text: string;
  readonly isWrong: boolean;
  readonly onType: (typed: string) => void;
  readonly onFinish: () => void;
}) {
  return (
    <label class="field">
      <span>{props.name}</span>
      <input
        type="text"
        inputMode="decimal"
        autocomplete="off"
        value={props.text}
        aria-invalid={props.isWrong}
        onInput={(event) => props.onType(event.currentTarget.value)}
        onChange={(event) => {
          props.onType(event.currentTarget.value);
          props.onFinish();
        }}
      />
    </label>
  );
}
