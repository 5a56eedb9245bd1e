import { formatFigures, formatPixelSize } from "../report/numbers.ts";
import { meanMpp } from "../report/scale.ts";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";

/** Which of the shipped models runs, what it was made for, and its card. */
export function ModelPicker({ app }: { readonly app: App }) {
  const { entries, selectedId, pack } = app.packs;
  const loaded = pack.value.kind === "ready" ? pack.value.loaded.pack : null;
  return (
    <>
      <div class="field">
        <label for="model">{t`Model`}</label>
        <select
          id="model"
          value={selectedId.value ?? ""}
          disabled={entries.value.length < 2}
          onChange={(event) => void app.packs.select(event.currentTarget.value)}
        >
          {entries.value.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <p class="remark">
        {pack.value.kind === "loading" && t`Loading the model …`}
        {pack.value.kind === "failed" && t`The model could not be loaded.`}
        {loaded && (
          <>
            {t`Made for ${formatFigures(loaded.sampling.mppRange[0], 6)} to ${formatFigures(loaded.sampling.mppRange[1], 6)} µm/px.`}
            <ScaleRemark app={app} mppPack={loaded.sampling.mpp} mppCoarsest={loaded.sampling.mppRange[1]} />{" "}
            <a href={app.packs.cardUrl(loaded.id)} target="_blank" rel="noreferrer">
              {t`Model card`}
            </a>
          </>
        )}
      </p>
    </>
  );
}

/** How the slide's pixels become the model's. */
function ScaleRemark(props: { readonly app: App; readonly mppPack: number; readonly mppCoarsest: number }) {
  const pixelSize = props.app.slide.pixelSize.value;
  if (!pixelSize) return null;
  const mpp = meanMpp(pixelSize);
  const target = formatPixelSize({ mppX: props.mppPack, mppY: props.mppPack, origin: "file" });
  if (mpp > props.mppCoarsest * 1.01) {
    return (
      <>
        {" "}
        {t`This slide is coarser (${formatPixelSize(pixelSize)}) than the model has seen: read the result with doubt.`}
      </>
    );
  }
  return mpp < props.mppPack * 0.99 ? <> {t`This slide is finer and is brought to ${target}.`}</> : null;
}
