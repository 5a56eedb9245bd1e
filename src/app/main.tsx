import { render } from "preact";
import { startAnalysisClient } from "../workers/analysis.client.ts";
import { startMeasurer } from "../workers/measure.client.ts";
import { watchAllRequests } from "../workers/page-requests.ts";
import { openSlideInWorker, prepareSlideWorker } from "../workers/slide.client.ts";
import { trustChecker } from "../workers/trust.client.ts";
import { fileHandles } from "./file-handles.ts";
import { keepConsoleQuiet } from "./keep-console-quiet.ts";
import { openOfflineDoor } from "./offline-door.ts";
import { slideThumbnail } from "./report/thumbnail.ts";
import { fetchDemoSlide, fetchPackList, siteUrl } from "./site-files.ts";
import { createApp } from "./state/app.ts";
import { persistSettings } from "./state/settings.ts";
import { until } from "./state/until.ts";
import { claimByLock, isWorkClaimed } from "./state/work-claim.ts";
import { databaseAccess } from "./storage/database.ts";
import { gridFiles } from "./storage/grid-files.ts";
import { keepingStore } from "./storage/keeping-store.ts";
import { pixelSizeStore } from "./storage/pixel-size-store.ts";
import { queueStore } from "./storage/queue-store.ts";
import { settingsStore } from "./storage/settings-store.ts";
import { speedStore } from "./storage/speed-store.ts";
import { watchSurroundings } from "./surroundings.ts";
import { createPageCommands } from "./ui/commands.ts";
import { listenToDrops } from "./ui/drops.ts";
import { listenToKeys } from "./ui/keys.ts";
import { loadLaterPanels } from "./ui/later-panels.tsx";
import { loadStage } from "./ui/later-stage.tsx";
import { Page } from "./ui/page.tsx";
import { openRecordedSlide } from "./viewer/recorded-slide.ts";
import { showLanguage } from "./words/words.ts";
import "./ui/page.css";

const RESTORE_LIMIT_MS = 250;

const database = databaseAccess();
const store = keepingStore(database, gridFiles());

const app = createApp({
  openSlide: openSlideInWorker,
  fetchDemo: fetchDemoSlide,
  pixelSizes: pixelSizeStore(database),
  listPacks: fetchPackList,
  loadPack: async (id) => {
    const { loadPackFromUrl } = await import("../engine/modelpack/load-from-url.ts");
    return await loadPackFromUrl(siteUrl(`models/${id}/`).href);
  },
  cardUrl: (id) => siteUrl(`models/${id}/CARD.md`).href,
  startClient: startAnalysisClient,
  trustChecker: trustChecker(),
  measurer: startMeasurer(),
  runtimeBase: siteUrl("ort/").href,
  hardwareThreads: navigator.hardwareConcurrency,
  onFrame: beforeNextFrame,
  browserLanguages: navigator.languages,
  showLanguage,
  folder: siteUrl("./").href,
  now: () => Date.now(),
  prove: async (...what) => (await import("./proof/prove.ts")).prove(...what),
  slideOrigins: __SLIDE_ORIGINS__,
  askHttpFile: async (href) => (await import("../engine/slide/http/http-file.ts")).askHttpFile(href),
  address: {
    read: () => location.href,
    replace: (href) => history.replaceState(null, "", href),
  },
  openOfflineDoor,
  reload: () => location.reload(),
  store,
  queueStore: queueStore(database),
  speeds: speedStore(database),
  claim: claimByLock,
  isClaimed: isWorkClaimed,
  makeThumbnail: ({ client }) => slideThumbnail(client),
  handles: fileHandles,
  surroundings: watchSurroundings(),
  openRecorded: openRecordedSlide,
});
const commands = createPageCommands();

void start();

async function start(): Promise<void> {
  // Begins now, beside what follows; whoever needs the stage reports when it cannot be had.
  loadStage().catch(() => {});
  watchAllRequests(app.requests.see);
  keepConsoleQuiet(app.messages);
  listenToDrops(app, commands);
  void Promise.all([app.packs.start(), app.analysis.probe(), pageLoad().then(fetchLater), offlineCopy()]).then(
    app.requests.markLoaded,
  );
  void app.planner.load();
  void app.recent.load().then(() => app.health.attempt(() => store.tidy()));
  void app.queue.restore();
  // The kept theme and language come before the first picture, unless storage or the network is slow.
  const restored = persistSettings(app.settings, settingsStore(database)).then(() => app.language.start());
  await Promise.race([restored, new Promise((resolve) => setTimeout(resolve, RESTORE_LIMIT_MS))]);
  listenToKeys(app, commands);
  window.addEventListener("hashchange", () => void app.links.follow());
  render(<Page app={app} commands={commands} />, document.getElementById("app") ?? document.body);
  void app.links.open();
  prepareSlideWorker();
  // The development server has no list of files to keep.
  if (import.meta.env.MODE !== "development") void app.offline.start();
}

/** Once the browser has what the start page names. */
function pageLoad(): Promise<unknown> {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
}

/** What is not needed to show the page, but before a network is unplugged; without it the page goes on. */
async function fetchLater(): Promise<void> {
  const parts = [
    loadStage(),
    loadLaterPanels(),
    import("./proof/prove.ts"),
    import("../engine/slide/group-files.ts"),
    import("../engine/resultfile/parse.ts"),
    import("../engine/resultfile/write.ts"),
    import("../engine/heatmap/confidence-tiff.ts"),
    import("../engine/heatmap/region-range.ts"),
    import("../engine/resultfile/slide-figures.ts"),
  ];
  await Promise.all(parts).catch(() => {});
}

/** Once the offline copy is whole, or cannot be. */
function offlineCopy(): Promise<unknown> {
  if (import.meta.env.MODE === "development") return Promise.resolve();
  return until(() => !["finding-out", "fetching"].includes(app.offline.readiness.value.kind));
}

/** A hidden page gets no frames, and its numbers shall be right all the same. */
function beforeNextFrame(callback: () => void): void {
  if (document.hidden) setTimeout(callback, 16);
  else requestAnimationFrame(callback);
}
