import { useSignalEffect } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import type { App } from "../state/app.ts";
import { shownLanguage, t } from "../words/words.ts";
import { AlertBar } from "./alert-bar.tsx";
import { AskedNote } from "./asked-note.tsx";
import { hasHighContrast, type PageCommands } from "./commands.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { DropZone } from "./drop-zone.tsx";
import { EmptyStage } from "./empty-stage.tsx";
import { FileInput } from "./file-input.tsx";
import { keepFocus } from "./keep-focus.ts";
import {
  LaterDock,
  LaterHelp,
  LaterMeasureBar,
  LaterPrintedPage,
  LaterProofPanel,
  LaterQueueTable,
  LaterRegionHint,
} from "./later-panels.tsx";
import { LaterStage } from "./later-stage.tsx";
import { MapViewNote } from "./map-view.tsx";
import { NoticeBar } from "./notice-bar.tsx";
import { RequestList } from "./request-counter.tsx";
import { StageTools } from "./stage-tools.tsx";
import { StatusLine } from "./status-line.tsx";
import { TopBar } from "./top-bar.tsx";

/** The one screen: bar, slide, dock, status line. */
export function Page({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  useSignalEffect(() => {
    const { dataset } = document.documentElement;
    dataset["theme"] = app.settings.theme.value;
    dataset["contrast"] = hasHighContrast(app) ? "more" : "normal";
    document.documentElement.lang = shownLanguage();
  });
  useLayoutEffect(keepFocus, []);
  const slide = app.slide.open.value;
  // A list of an earlier visit is there before any slide is.
  const hasDock = slide !== null || app.queue.slides.value.length > 0;
  const isDockOpen = hasDock && app.settings.dockOpen.value;
  return (
    <>
      <div class={isDockOpen ? "page has-dock" : "page"}>
        <TopBar app={app} commands={commands} />
        <main class={slide ? "page-stage" : "page-stage is-empty"} tabIndex={-1}>
          <LaterStage app={app} />
          {slide ? <StageTools app={app} commands={commands} /> : <EmptyStage app={app} commands={commands} />}
          {slide && <LaterMeasureBar app={app} commands={commands} />}
          <LaterRegionHint app={app} />
          <OpeningNote app={app} />
          <MapViewNote app={app} />
          <AskedNote app={app} commands={commands} />
          <AlertBar app={app} commands={commands} />
          <NoticeBar app={app} />
          <FileInput app={app} commands={commands} />
        </main>
        {hasDock && <LaterDock app={app} commands={commands} isOpen={isDockOpen} />}
        <StatusLine app={app} commands={commands} />
        <DropZone commands={commands} />
        <RequestList app={app} commands={commands} />
        <LaterProofPanel app={app} commands={commands} />
        <LaterQueueTable app={app} commands={commands} />
        <LaterHelp app={app} commands={commands} />
        <ConfirmDialog commands={commands} />
      </div>
      <LaterPrintedPage app={app} />
    </>
  );
}

function OpeningNote({ app }: { readonly app: App }) {
  const opening = app.slide.opening.value;
  if (opening.kind !== "opening") return null;
  return (
    <p class="opening-note">
      <span class="spinner" aria-hidden="true" />
      {t`Opening ${opening.name} …`}
    </p>
  );
}
