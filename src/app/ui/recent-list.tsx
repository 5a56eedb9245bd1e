import { formatBytes, formatMoment, formatWhole } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import type { RecentSlide } from "../state/kept.ts";
import { t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";
import { Icon } from "./icons.tsx";
import { Thumbnail } from "./thumbnail.tsx";

interface RecentListProps {
  readonly app: App;
  readonly commands: PageCommands;
  readonly most: number;
}

/** Slides that were open on this computer: a click opens one again, by its kept file or by asking for it. */
export function RecentList({ app, commands, most }: RecentListProps) {
  const slides = app.recent.slides.value ?? [];
  return (
    <ul class="recent">
      {slides.slice(0, most).map((recent) => (
        <RecentItem key={recent.slide.sha256} app={app} commands={commands} recent={recent} />
      ))}
    </ul>
  );
}

function RecentItem({ app, commands, recent }: Omit<RecentListProps, "most"> & { readonly recent: RecentSlide }) {
  const { slide } = recent;
  const name = nameOf(recent);
  const isOpen = app.slide.fingerprint.value?.sha256 === slide.sha256;
  const open = () => {
    void app.recent.open(recent);
    if (!slide.isDemo && slide.link === null && slide.handles.length === 0) commands.chooseFile();
  };
  return (
    <li class={isOpen ? "recent-item is-shown" : "recent-item"}>
      <button type="button" class="recent-open" title={name} disabled={isOpen} onClick={open}>
        <Thumbnail picture={slide.thumbnail} />
        <span class="recent-words">
          <span class="recent-name">{name}</span>
          <span class="recent-facts">
            {isOpen ? t`Open now` : formatMoment(slide.openedAt)}, {formatBytes(slide.byteSize)}
          </span>
          <span class="recent-facts">{keptWords(recent)}</span>
        </span>
      </button>
      <button
        type="button"
        class="quiet"
        aria-label={t`Forget ${name}`}
        title={t`Forget this slide and its results`}
        onClick={() =>
          commands.confirm({
            sentence: t`Forget "${name}"? Its results, unfinished runs and small picture are deleted from this computer; the slide's own file stays.`,
            action: t`Forget this slide`,
            run: () => void app.recent.forget(slide.sha256),
          })
        }
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

function nameOf({ slide }: RecentSlide): string {
  if (slide.isDemo) return t`Synthetic section (demo)`;
  const first = slide.files[0]?.name ?? "";
  return slide.files.length > 1 ? t`${first} and ${slide.files.length - 1} more` : first;
}

/** What is there of it, in a few words. */
function keptWords({ results, checkpoints }: RecentSlide): string {
  const [result, ...others] = results;
  const [unfinished] = checkpoints;
  const words: string[] = [];
  if (result)
    words.push(others.length > 0 ? t`${result.subject.packName} and ${others.length} more` : result.subject.packName);
  if (unfinished && unfinished.total > 0)
    words.push(t`run unfinished at ${formatWhole(unfinished.done / unfinished.total)}`);
  const text = words.length === 0 ? t`no result` : words.join(", ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
