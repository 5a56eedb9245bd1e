import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { App } from "../state/app.ts";
import { isSoundPixelSize, PIXEL_SIZE_LIMITS } from "../state/pixel-size.ts";
import { t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";
import { parseNumber } from "./numbers-typed.ts";
import { QueueButtons } from "./queue-buttons.tsx";
import { QueueRows } from "./queue-rows.tsx";
import { outlookWords } from "./queue-words.ts";
import { Section } from "./section.tsx";

interface QueueProps {
  readonly app: App;
  readonly commands: PageCommands;
}

/** The work list: many slides, one model, one after the other. */
export function QueueSection({ app, commands }: QueueProps) {
  const { slides, outlook } = app.queue;
  const isEmpty = slides.value.length === 0;
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    commands.offerSlides(() => {
      const section = body.current?.closest("details");
      if (!section) return;
      section.open = true;
      section.scrollIntoView({ block: "nearest" });
      const places = [".queued.is-shown .queued-open", ".queued-open", "summary"];
      const first = places.map((place) => section.querySelector<HTMLElement>(place)).find((found) => found !== null);
      first?.focus();
    });
  }, [commands]);
  return (
    <Section title={t`Slides`} isFolded={isEmpty}>
      <div class="queue" ref={body}>
        {isEmpty ? (
          <p class="remark">{t`Drop several slides at once, or a folder of them: they are analyzed one after the other while you look at any of them.`}</p>
        ) : (
          <p class="queue-outlook figure" role="status" aria-label={t`List`}>
            {outlookWords(outlook.value)}
          </p>
        )}
        <QueueButtons app={app} commands={commands} />
        <ModelNote app={app} />
        <FilesAgain app={app} />
        {!isEmpty && <QueueRows app={app} commands={commands} />}
        <PixelSizeForAll app={app} />
        <NotKept app={app} />
      </div>
    </Section>
  );
}

/** Which model the list is analyzed with; another one that is chosen meanwhile is offered for it. */
function ModelNote({ app }: { readonly app: App }) {
  const { model, isAtWork } = app.queue;
  const taken = model.value;
  const chosen = app.packs.pack.value;
  if (!taken) return null;
  const other = chosen.kind === "ready" && chosen.loaded.packSha256 !== taken.packSha256 ? chosen.loaded : null;
  return (
    <>
      <p class="remark">{t`With the model “${taken.pack.name}”.`}</p>
      {other && !isAtWork.value && (
        <button type="button" class="plain" onClick={() => void app.queue.changeModel()}>
          {t`Use “${other.pack.name}” for the list`}
        </button>
      )}
    </>
  );
}

/** Slides of one scanner that say no pixel size mostly have the same. */
function PixelSizeForAll({ app }: { readonly app: App }) {
  const text = useSignal("");
  const isWrong = useSignal(false);
  const lacking = app.queue.slides.value.filter(({ state }) => state.kind === "no-pixel-size").length;
  if (lacking === 0) return null;
  const take = () => {
    const mpp = parseNumber(text.value);
    isWrong.value = !isSoundPixelSize(mpp);
    if (!isWrong.value) void app.queue.assumePixelSize(mpp);
  };
  return (
    <form
      class="ask"
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <p>
        {lacking === 1
          ? t`One slide does not say its pixel size and is passed over until it is given.`
          : t`${lacking} slides do not say their pixel size and are passed over until it is given.`}
      </p>
      <label class="field">
        <span>{t`For all of them (µm/px)`}</span>
        <input
          type="text"
          inputMode="decimal"
          autocomplete="off"
          value={text.value}
          aria-invalid={isWrong.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
      </label>
      {isWrong.value && (
        <p class="complaint">{t`Give a number between ${PIXEL_SIZE_LIMITS.lowest} and ${PIXEL_SIZE_LIMITS.highest} µm.`}</p>
      )}
      <button type="submit" class="plain">
        {t`Take it, marked as assumed`}
      </button>
    </form>
  );
}

/** After a reload the browser has the names of the files, and not the files. */
function FilesAgain({ app }: { readonly app: App }) {
  const gone = app.queue.slides.value.filter(({ files, state }) => files.length === 0 && state.kind !== "done");
  if (gone.length === 0) return null;
  const canOpen = gone.some(({ handles }) => handles.length > 0);
  return (
    <div class="ask">
      <p>
        {gone.length === 1
          ? t`The page was loaded anew: one of the slides needs its file again. Drop it on the page; it is recognised by its content, and what is done stays done.`
          : t`The page was loaded anew: ${gone.length} of the slides need their files again. Drop them on the page; they are recognised by their content, and what is done stays done.`}
      </p>
      {canOpen && (
        <button type="button" class="plain" onClick={() => void app.queue.openKeptFiles()}>
          {t`Open the files again`}
        </button>
      )}
    </div>
  );
}

/** Where maps are not kept, the list says so once. */
function NotKept({ app }: { readonly app: App }) {
  const lost = app.queue.slides.value.filter(({ state }) => state.kind === "done" && !state.isAtHand).length;
  if (!app.settings.keep.value && app.queue.isAtWork.value)
    return (
      <p class="remark">{t`Nothing is kept on this computer, as you chose: maps stay in memory while there is room, numbers until the tab is closed.`}</p>
    );
  if (lost === 0) return null;
  return (
    <p class="remark">
      {lost === 1
        ? t`The map of one slide could not be kept, for want of room; its numbers are here. Analyze it alone to see it.`
        : t`The maps of ${lost} slides could not be kept, for want of room; their numbers are here. Analyze one alone to see it.`}
    </p>
  );
}
