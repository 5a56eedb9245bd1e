import { useSignal } from "@preact/signals";
import { neuronWords, weightWords } from "../../engine/pictures/neuron-figure.ts";
import type { Neuron } from "../../engine/pictures/neurons.ts";
import type { ExcitedPatch } from "../../engine/pictures/top-patches.ts";
import type { NeuronFindings } from "../../workers/analysis.api.ts";
import type { DrawingFormat } from "../report/drawing-file.ts";
import { exportNeurons } from "../report/neuron-exports.ts";
import { formatFigures, withLocalMark } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { retell, t } from "../words/words.ts";
import { PatchThumbnail } from "./patch-thumbnail.tsx";
import { Section } from "./section.tsx";

/** Patches of a row that find room in the dock; an export shows them all. */
const SHOWN = 5;

/** What the model's strongest neurons see on this slide. */
export function NeuronsSection({ app }: { readonly app: App }) {
  const state = app.neurons.state.value;
  const blocker = app.neurons.blocker.value;
  return (
    <Section title={t`Neurons`} isFolded>
      <p class="remark">
        {t`The features that weigh most in the model, each with the places on this slide that excite it most.`}
      </p>
      <div class="run">
        {state.kind === "searching" ? (
          <button type="button" class="plain" onClick={() => app.neurons.stop()}>
            {t`Stop search`}
          </button>
        ) : (
          <button
            type="button"
            class="plain"
            disabled={blocker !== null}
            title={blocker ?? t`Search this slide`}
            onClick={() => void app.neurons.search()}
          >
            {state.kind === "found" ? t`Search again` : t`Search`}
          </button>
        )}
        <span class="remark">{wordsOf(state.kind, blocker)}</span>
      </div>
      {state.kind === "searching" && <SearchProgress done={state.done} total={state.total} />}
      {state.kind === "found" && <Found app={app} findings={state.findings} />}
    </Section>
  );
}

function wordsOf(kind: App["neurons"]["state"]["value"]["kind"], blocker: string | null): string {
  if (kind === "searching") return t`Looking at the slide …`;
  if (kind === "failed") return t`The search failed.`;
  return kind === "idle" && blocker !== null ? blocker : "";
}

function SearchProgress({ done, total }: { readonly done: number; readonly total: number }) {
  const percent = total === 0 ? 0 : (100 * done) / total;
  return (
    <div
      class={`progress ${done === 0 ? "is-uncounted" : ""}`}
      role="progressbar"
      aria-label={t`Neurons`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(percent)}
    >
      <span style={{ width: `${percent}%` }} />
    </div>
  );
}

function Found({ app, findings }: { readonly app: App; readonly findings: NeuronFindings }) {
  const pack = app.packs.pack.value;
  const hasWindows = pack.kind === "ready" && pack.loaded.pack.sampling.windows.length > 1;
  return (
    <>
      <ol class="neurons">
        {findings.rows.map(({ neuron, patches }) => (
          <NeuronRow key={neuron.feature} app={app} neuron={neuron} patches={patches} hasWindows={hasWindows} />
        ))}
      </ol>
      <p class="remark">{seenWords(findings)}</p>
      <NeuronExports app={app} findings={findings} />
    </>
  );
}

interface NeuronRowProps {
  readonly app: App;
  readonly neuron: Neuron;
  readonly patches: readonly ExcitedPatch[];
  readonly hasWindows: boolean;
}

function NeuronRow({ app, neuron, patches, hasWindows }: NeuronRowProps) {
  const slide = app.slide.open.value;
  const words = neuronWords(neuron, hasWindows);
  const facts = retell(words.facts);
  return (
    <li>
      <p class="neuron-words">
        <strong title={t`Speaks for ${neuron.speaksFor}, against ${neuron.against}`}>{neuron.speaksFor}</strong>{" "}
        <strong class="figure">{withLocalMark(weightWords(neuron))}</strong>{" "}
        <span class="figure" title={facts}>
          {hasWindows ? t`channel ${neuron.channel}, ${neuron.side} px` : facts}
        </span>
      </p>
      <div class="neuron-patches">
        {patches.slice(0, SHOWN).map((patch, index) => (
          <button
            key={`${patch.box.x0},${patch.box.y0}`}
            type="button"
            aria-pressed={app.neurons.visited.value === patch}
            aria-label={t`Place ${index + 1} of ${facts}, ${words.head}`}
            title={t`Activation ${formatFigures(patch.activation, 3)}: show on the slide`}
            onClick={() => {
              app.neurons.visit(patch);
              if (app.neurons.visited.value === patch) app.view.handle.value?.show(patch.box);
            }}
          >
            {slide && <PatchThumbnail slide={slide.client} box={patch.box} />}
          </button>
        ))}
        {patches.length === 0 && <span class="remark">{t`No place on tissue.`}</span>}
      </div>
    </li>
  );
}

/** "Slide seen whole. A click goes to the place." */
function seenWords({ tasks, tasksInAll }: NeuronFindings): string {
  return tasks === tasksInAll
    ? t`Slide seen whole. A click goes to the place.`
    : t`Slide ${tasks} of ${tasksInAll} parts looked at. A click goes to the place.`;
}

function NeuronExports({ app, findings }: { readonly app: App; readonly findings: NeuronFindings }) {
  const isBusy = useSignal(false);
  const run = async (format: DrawingFormat) => {
    const slide = app.slide.open.value;
    const pack = app.packs.pack.value;
    if (!slide || pack.kind !== "ready") return;
    isBusy.value = true;
    try {
      await exportNeurons({ slide, pack: pack.loaded.pack, findings }, format);
    } catch (error) {
      app.messages.report(error);
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <div class="exports">
      <button type="button" class="plain" disabled={isBusy.value} onClick={() => void run("png")}>
        {t`Neurons as PNG`}
      </button>
      <button type="button" class="plain" disabled={isBusy.value} onClick={() => void run("svg")}>
        {t`Neurons as SVG`}
      </button>
    </div>
  );
}
