import { computed } from "@preact/signals";
import { webGpuBuild } from "../../engine/features/runtime-files.ts";
import { t } from "../words/words.ts";
import { type AnalysisCommands, type AnalysisDeps, createAnalysis } from "./analysis.ts";
import { type ClassesState, createClasses } from "./classes.ts";
import { type ComparisonState, createComparison } from "./comparison.ts";
import { type CoverageState, createCoverage } from "./coverage.ts";
import { createEvidence, type EvidenceState } from "./evidence.ts";
import { createExtent, type ExtentState } from "./extent.ts";
import { createHanding, type HandingState } from "./handing.ts";
import { createKeptResults, type KeptResultsState } from "./kept-results.ts";
import { createKnownLength, type KnownLengthState } from "./known-length.ts";
import { createLanguage, type LanguageDeps, type LanguageState } from "./language.ts";
import { createLinks, type LinksDeps, type LinksState } from "./links.ts";
import { createMapViews, type MapViews } from "./map-views.ts";
import { createMeasure, type MeasureState } from "./measure.ts";
import { createMessages, type MessagesState } from "./messages.ts";
import { createNecrosis, type NecrosisDeps, type NecrosisState } from "./necrosis.ts";
import { createNeurons, type NeuronCommands } from "./neurons.ts";
import { createOffline, type OfflineDeps, type OfflineState } from "./offline.ts";
import { createPacks, type PacksDeps, type PacksState } from "./packs.ts";
import { createPauses, type Pauses, type PausesDeps, type Surroundings } from "./pauses.ts";
import { createPicture, type PictureState } from "./picture.ts";
import { createPlanner, type PlannerDeps, type PlannerState } from "./planner.ts";
import { createProof, type ProofCommands, type ProofDeps } from "./proof.ts";
import { createQueue, type QueueDeps, type QueueState } from "./queue.ts";
import { createRecent, type RecentDeps, type RecentState } from "./recent.ts";
import { createRecord, type RecordDeps, type RecordState } from "./record.ts";
import { createRegion, type RegionState } from "./region.ts";
import { createRegionNumbers, type RegionNumbersState } from "./region-numbers.ts";
import { createRequests, type RequestsDeps, type RequestsState } from "./requests.ts";
import { createResultCache } from "./result-cache.ts";
import { createResume, type ResumeDeps, type ResumeState } from "./resume.ts";
import { createRunKeeper, type RunKeeper, type RunKeeperDeps } from "./run-keeper.ts";
import { createSettings, type SettingsState } from "./settings.ts";
import { createSlideState, type SlideDeps, type SlideState } from "./slide.ts";
import { createSlideCheck, type SlideCheckDeps } from "./slide-check.ts";
import { createStorageHealth, type StorageHealth } from "./storage-health.ts";
import { createTour, type TourState } from "./tour.ts";
import { createTrust, type TrustState } from "./trust.ts";
import { createView, type ViewState } from "./view.ts";
import { createWalk, type WalkState } from "./walk.ts";

/** All state of the page; components read signals and call commands, nothing else writes. */
export interface App {
  readonly messages: MessagesState;
  readonly settings: SettingsState;
  readonly language: LanguageState;
  readonly tour: TourState;
  readonly slide: SlideState;
  readonly knownLength: KnownLengthState;
  readonly measure: MeasureState;
  readonly coverage: CoverageState;
  readonly picture: PictureState;
  readonly packs: PacksState;
  readonly analysis: AnalysisCommands;
  readonly region: RegionState;
  readonly regionNumbers: RegionNumbersState;
  readonly extent: ExtentState;
  readonly planner: PlannerState;
  readonly classes: ClassesState;
  readonly necrosis: NecrosisState;
  readonly handing: HandingState;
  readonly mapViews: MapViews;
  readonly walk: WalkState;
  readonly neurons: NeuronCommands;
  readonly comparison: ComparisonState;
  readonly evidence: EvidenceState;
  readonly offline: OfflineState;
  readonly record: RecordState;
  readonly trust: TrustState;
  readonly view: ViewState;
  readonly requests: RequestsState;
  readonly proof: ProofCommands;
  readonly links: LinksState;
  readonly health: StorageHealth;
  readonly keeper: RunKeeper;
  readonly results: KeptResultsState;
  readonly resume: ResumeState;
  readonly recent: RecentState;
  readonly queue: QueueState;
  readonly pauses: Pauses;
  readonly surroundings: Surroundings;
}

/** The outside world: workers, storage, network and clock, injected so that the state runs in a test without them. */
export type AppDeps = Omit<SlideDeps, "messages" | "settings"> &
  Omit<PacksDeps, "messages"> &
  Omit<AnalysisDeps, "messages" | "slide" | "packs" | "keeper" | "check"> &
  Pick<SlideCheckDeps, "trustChecker"> &
  Pick<LanguageDeps, "browserLanguages" | "showLanguage"> &
  Pick<NecrosisDeps, "onFrame" | "measurer"> &
  RequestsDeps &
  Pick<LinksDeps, "address" | "askHttpFile" | "slideOrigins"> &
  Pick<ProofDeps, "prove"> &
  Pick<RecordDeps, "openRecorded"> &
  Pick<RunKeeperDeps, "store" | "claim"> &
  Pick<ResumeDeps, "isClaimed"> &
  Pick<RecentDeps, "handles" | "askHttpFile"> &
  Pick<QueueDeps, "queueStore" | "makeThumbnail" | "trustChecker"> &
  Pick<PlannerDeps, "speeds"> &
  Pick<PausesDeps, "surroundings"> &
  Pick<OfflineDeps, "openOfflineDoor" | "reload">;

export function createApp(deps: AppDeps): App {
  const messages = createMessages();
  const settings = createSettings();
  const language = createLanguage({ ...deps, messages, settings });
  const slide = createSlideState({ ...deps, messages, settings });
  const packs = createPacks({ ...deps, messages });
  const health = createStorageHealth({ ...deps, messages });
  const keeper = createRunKeeper({ ...deps, settings, health });
  const check = createSlideCheck({ ...deps, slide, packs });
  const analysis = createAnalysis({ ...deps, messages, slide, packs, keeper, check });
  const classes = createClasses({ slide, analysis });
  const necrosis = createNecrosis({ ...deps, slide, analysis, classes });
  const evidence = createEvidence({ analysis });
  const neurons = createNeurons({ ...deps, messages, slide, packs, analysis });
  const view = createView();
  const coverage = createCoverage({ slide, analysis, view, isHidden: deps.surroundings.isHidden });
  const knownLength = createKnownLength({ slide });
  const measure = createMeasure({ slide, knownLength });
  const region = createRegion({ slide, measure, knownLength });
  const requests = createRequests(deps);
  const comparison = createComparison({ ...deps, messages, slide, necrosis });
  const cache = createResultCache();
  const recent = createRecent({ ...deps, slide, keeper, settings, messages, health });
  const queue = createQueue({
    ...deps,
    ...{ cache, health, keeper, recent, settings, slide, packs, analysis, necrosis },
  });
  const trust = createTrust({ check, analysis, slide });
  const workAtRisk = computed(() => {
    if (trust.isHolding.value || analysis.state.value.kind === "running")
      return t`A run is under way: update when it is done, or cancel it first.`;
    if (queue.isAtWork.value) return t`Slides are being analyzed: update when they are done, or stop them first.`;
    if (neurons.state.value.kind === "searching") return t`A search for neurons is under way: update when it is done.`;
    const isKept = health.isWritable.value;
    if (analysis.state.value.kind === "done" && !isKept) return t`The result could not be kept here: save it first.`;
    return null;
  });
  const offline = createOffline({ ...deps, webGpuBuild, workAtRisk, backend: analysis.backend });
  const record = createRecord({ ...deps, messages, settings, slide, packs, analysis, classes, necrosis });
  return {
    messages,
    settings,
    language,
    tour: createTour(settings),
    slide,
    knownLength,
    measure,
    coverage,
    picture: createPicture({ slide }),
    packs,
    analysis,
    region,
    regionNumbers: createRegionNumbers({ slide, analysis, classes, necrosis, region }),
    extent: createExtent({ slide, packs, region }),
    planner: createPlanner({ ...deps, slide, packs, analysis, region, view }),
    classes,
    necrosis,
    mapViews: createMapViews({ classes }),
    walk: createWalk({ slide, necrosis }),
    neurons,
    comparison,
    handing: createHanding({ messages, analysis, slide }),
    evidence,
    trust,
    view,
    requests,
    proof: createProof({ ...deps, requests, messages }),
    links: createLinks({ ...deps, slide, view, packs, necrosis, messages }),
    offline,
    record,
    health,
    keeper,
    results: createKeptResults({
      ...deps,
      record,
      slide,
      packs,
      analysis,
      classes,
      necrosis,
      keeper,
      settings,
      health,
      cache,
    }),
    resume: createResume({ ...deps, slide, packs, analysis, region, keeper, health }),
    recent,
    queue,
    pauses: createPauses({
      ...deps,
      settings,
      runs: [
        { isRunning: computed(() => analysis.state.value.kind === "running"), setPaused: analysis.setPaused },
        { isRunning: queue.isAtWork, setPaused: queue.setPaused },
      ],
    }),
    surroundings: deps.surroundings,
  };
}
