import { computed, type ReadonlySignal } from "@preact/signals";
import { AppError } from "../../engine/base/errors.ts";
import type { HttpFile } from "../../engine/slide/http/http-file.ts";
import { pixelsPerPixel0Of } from "../report/scale.ts";
import { t } from "../words/words.ts";
import type { MessagesState } from "./messages.ts";
import type { NecrosisState } from "./necrosis.ts";
import type { PacksState } from "./packs.ts";
import { type LinkedView, parseLinkedView, writeLinkedView } from "./place.ts";
import type { SlideState } from "./slide.ts";
import { type LinkRules, parseLinkTarget } from "./slide-link.ts";
import { until } from "./until.ts";
import type { ViewState } from "./view.ts";

export interface LinksDeps extends LinkRules {
  /** The page's whole address, and what puts another one in its place without loading anything. */
  readonly address: { read(): string; replace(href: string): void };
  readonly askHttpFile: (href: string) => Promise<HttpFile>;
  readonly slide: SlideState;
  readonly view: ViewState;
  readonly packs: PacksState;
  readonly necrosis: NecrosisState;
  readonly messages: MessagesState;
}

export interface LinksState {
  /** Other origins whose slides this build may open: a label says so. */
  readonly slideOrigins: readonly string[];
  /** True while the slide is one that a link can lead to: a linked one, or the demo. */
  readonly isLinkable: ReadonlySignal<boolean>;
  /** Opens what the page's address asks for, at the place that it names. Nothing where it asks for nothing. */
  open(): Promise<void>;
  /** Opens a linked slide again that was lost. */
  reopen(): Promise<void>;
  /** Shows the place that the address names, of a slide that a link can lead to: someone changed it by hand. */
  follow(): Promise<void>;
  /** The link to what is shown now, which is then in the address bar as well; null where no link leads there. */
  take(): string | null;
}

export function createLinks(deps: LinksDeps): LinksState {
  const { slide, view, packs, necrosis, messages, address } = deps;
  const isLinkable = computed(
    () => slide.open.value?.recorded === null && (slide.open.value.isDemo || slide.open.value.link !== null),
  );

  async function follow(): Promise<void> {
    const opened = slide.open.value;
    if (!isLinkable.value || !opened) return;
    const asked = parseLinkedView(new URL(address.read()).hash);
    await until(() => view.handle.value !== null && view.reading.value !== null);
    if (slide.open.value !== opened) return;
    lookAt(asked);
    await choosePack(asked.pack);
    await until(() => packs.pack.value.kind !== "loading");
    if (asked.threshold !== null && slide.open.value === opened) necrosis.setThreshold(asked.threshold);
  }

  function lookAt({ centre, zoom, rotation }: LinkedView): void {
    const handle = view.handle.value;
    const now = handle?.place();
    if (!handle || !now || (!centre && !zoom && rotation === null)) return;
    handle.lookAt({
      ...(centre ?? now),
      pixelsPerPixel0: scaleOf(zoom) ?? now.pixelsPerPixel0,
      rotation: rotation ?? now.rotation,
    });
  }

  /** A magnification means nothing while the pixel size is unknown. */
  function scaleOf(zoom: LinkedView["zoom"]): number | null {
    if (!zoom || zoom.kind === "scale") return zoom?.value ?? null;
    const pixelSize = slide.pixelSize.value;
    return pixelSize ? pixelsPerPixel0Of(zoom.value, pixelSize) : null;
  }

  async function choosePack(id: string | null): Promise<void> {
    if (id === null) return;
    await until(() => packs.entries.value.length > 0 || packs.pack.value.kind === "failed");
    if (id === packs.selectedId.value) return;
    if (packs.entries.value.some((entry) => entry.id === id)) return packs.select(id);
    messages.report(
      new AppError(
        "slide/bad-link",
        `Expected the model "${id}", which the link names, but this page has none of that name.`,
      ),
    );
  }

  async function openTarget(): Promise<void> {
    const target = parseLinkTarget(new URL(address.read()).search, deps);
    if (!target) return;
    if (target.kind === "demo") await slide.openDemo();
    else await slide.openLink(t`the linked slide`, () => deps.askHttpFile(target.href));
    await follow();
  }

  return {
    slideOrigins: deps.slideOrigins,
    isLinkable,
    follow,
    async open() {
      try {
        await openTarget();
      } catch (error) {
        messages.report(error);
      }
    },
    async reopen() {
      const link = slide.open.value?.link;
      if (link) await slide.openLink(t`the linked slide`, () => deps.askHttpFile(link.href));
    },
    take() {
      const opened = slide.open.value;
      const place = view.handle.value?.place();
      if (!opened || !place || !isLinkable.value) return null;
      const href = new URL(address.read());
      href.search = opened.link ? searchOf(opened.link.href, deps.folder) : "?demo";
      const pack = packs.pack.value;
      const hasThreshold = pack.kind === "ready" && pack.loaded.pack.task !== "classification";
      const threshold = hasThreshold ? necrosis.threshold.value : null;
      href.hash = writeLinkedView({ place, threshold, pack: packs.selectedId.value });
      address.replace(href.href);
      return href.href;
    },
  };
}

/** As short as a person would write it: from the page's folder on where the slide lies in it. */
function searchOf(href: string, folder: string): string {
  const url = new URL(href);
  const isOwn = url.origin === new URL(folder).origin;
  const path = href.startsWith(folder) ? href.slice(folder.length) : isOwn ? url.pathname + url.search : href;
  return `?slide=${inQuery(path)}`;
}

/** Text that a query gives back as it was, with few escapes: those of blanks and of letters beyond ASCII in a path need no second one. */
function inQuery(path: string): string {
  return encodeURIComponent(path)
    .replaceAll("%2F", "/")
    .replace(/%25(20|[89A-F][\dA-F])/gi, "%$1");
}
