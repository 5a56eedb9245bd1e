import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { App } from "../state/app.ts";
import type { QueuedSlide } from "../state/queue-list.ts";
import { t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";
import { Icon } from "./icons.tsx";
import { queuedFacts, queuedWords } from "./queue-words.ts";
import { Thumbnail } from "./thumbnail.tsx";

interface RowsProps {
  readonly app: App;
  readonly commands: PageCommands;
}

/** The slides in the order of work. What has the keyboard keeps it when its row moves. */
export function QueueRows({ app, commands }: RowsProps) {
  const slides = app.queue.slides.value;
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<HTMLElement | null>(null);
  const told = useSignal("");
  useLayoutEffect(() => {
    moved.current?.focus();
    moved.current = null;
  }, [slides]);
  const move = (slide: QueuedSlide, step: 1 | -1) => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && list.current?.contains(activeElement)) moved.current = activeElement;
    if (!app.queue.move(slide.id, step)) return;
    const place = app.queue.slides.value.findIndex(({ id }) => id === slide.id) + 1;
    told.value = t`${slide.name}: now ${place} of ${slides.length}`;
  };
  return (
    <>
      <ol class="queue-rows" ref={list}>
        {slides.map((slide, i) => (
          <QueueRow
            key={slide.id}
            {...{ app, commands, slide, move }}
            isFirst={i === 0}
            isLast={i === slides.length - 1}
          />
        ))}
      </ol>
      <p class="out-of-sight" role="status" aria-label={t`Order`}>
        {told.value}
      </p>
    </>
  );
}

interface RowProps extends RowsProps {
  readonly slide: QueuedSlide;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly move: (slide: QueuedSlide, step: 1 | -1) => void;
}

function QueueRow({ app, commands, slide, isFirst, isLast, move }: RowProps) {
  const { id, name, state } = slide;
  const isShown = app.queue.shownId.value === id;
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(slide, event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <li class={isShown ? `queued is-shown is-${state.kind}` : `queued is-${state.kind}`} onKeyDown={onKeyDown}>
      <button
        type="button"
        class="queued-open"
        aria-current={isShown}
        title={t`Show ${name} (Alt+↑, Alt+↓ move it)`}
        onClick={() => void showQueued(app, commands, slide)}
      >
        <Thumbnail picture={slide.thumbnail} />
        <span class="queued-words">
          <span class="queued-name">{name}</span>
          <span class="queued-facts">{queuedFacts(slide)}</span>
          <span class="queued-state" title={queuedWords(app, slide)}>
            {queuedWords(app, slide)}
          </span>
        </span>
      </button>
      <span class="queued-tools">
        <Tool label={t`Move ${name} up`} icon="up" isOff={isFirst} run={() => move(slide, -1)} />
        <SkipTool app={app} slide={slide} />
        <Tool label={t`Move ${name} down`} icon="down" isOff={isLast} run={() => move(slide, 1)} />
        <Tool label={t`Remove ${name}`} icon="close" run={() => app.queue.remove(id)} />
      </span>
      <RowProgress app={app} slide={slide} />
    </li>
  );
}

function SkipTool({ app, slide }: { readonly app: App; readonly slide: QueuedSlide }) {
  const { id, name, state } = slide;
  const isOver = state.kind === "skipped" || state.kind === "failed";
  if (state.kind === "doubtful") {
    return <Tool label={t`Run ${name} all the same`} icon="again" run={() => app.queue.again(id)} />;
  }
  return isOver ? (
    <Tool label={t`Try ${name} again`} icon="again" run={() => app.queue.again(id)} />
  ) : (
    <Tool label={t`Skip ${name}`} icon="skip" isOff={state.kind === "done"} run={() => app.queue.skip(id)} />
  );
}

function Tool(props: {
  readonly label: string;
  readonly icon: "up" | "down" | "skip" | "again" | "close";
  readonly isOff?: boolean;
  readonly run: () => void;
}) {
  const { label, icon, isOff = false, run } = props;
  return (
    <button
      type="button"
      class="quiet"
      aria-label={label}
      title={label}
      aria-disabled={isOff}
      onClick={() => !isOff && run()}
    >
      <Icon name={icon} />
    </button>
  );
}

function RowProgress({ app, slide }: { readonly app: App; readonly slide: QueuedSlide }) {
  const run = app.queue.current.value;
  if (run?.id !== slide.id) return null;
  const { done, total } = run.live.progress.value ?? { done: 0, total: 0 };
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <span class={run.live.isPaused.value ? "progress is-paused" : "progress"} aria-hidden="true">
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}

/** Shows it, and asks for its files where the browser has them no longer. */
export async function showQueued(app: App, commands: PageCommands, slide: QueuedSlide): Promise<void> {
  const isThere = await app.queue.show(slide.id);
  if (!isThere && slide.handles.length === 0) commands.chooseFile();
}
