import { computed } from "@preact/signals";
import { webGpuBuild } from "../../engine/features/runtime-files.ts";
import { t } from "../words/words.ts";
import { type AnalysisCommands, type AnalysisDeps, createAnalysis } from "./analysis.ts";
import { type ClassesState, createClasses } from "./classes.ts";
import { type ComparisonState, createComparison } from "./comparison.ts";
import { createEvidence, type EvidenceState } from "./evidence.ts";
import { createKeptResults, type KeptResultsState } from "./kept-results.ts";
import { createLinks, type LinksDeps, type LinksState } from "./links.ts";
import { createMeasure, type MeasureState } from "./measure.ts";
import { createMessages, type MessagesState } from "./messages.ts";
import { createNecrosis, type NecrosisDeps, type NecrosisState } from "./necrosis.ts";
import { createNeurons, type NeuronCommands } from "./neurons.ts";
import { createOffline, type OfflineDeps, type OfflineState } from "./offline.ts";
import { createPacks, type PacksDeps, type PacksState } from "./packs.ts";
import { createPauses, type Pauses, type PausesDeps, type Surroundings } from "./pauses.ts";
import { createPicture, type PictureState } from "./picture.ts";
import { createProof, type ProofCommands, type ProofDeps } from "./proof.ts";
import { createRecent, type RecentDeps, type RecentState } from "./recent.ts";
import { createRecord, type RecordDeps, type RecordState } from "./record.ts";
import { createRequests, type RequestsDeps, type RequestsState } from "./requests.ts";
import { createResume, type ResumeDeps, type ResumeState } from "./resume.ts";
import { createRunKeeper, type RunKeeper, type RunKeeperDeps } from "./run-keeper.ts";
import { createSettings, type SettingsState } from "./settings.ts";
import { createSlideState, type SlideDeps, type SlideState } from "./slide.ts";
import { createStorageHealth, type StorageHealth } from "./storage-health.ts";
import { createView, type ViewState } from "./view.ts";

/** All state of the page; components read signals and call commands, nothing else writes. */
export interface App {
  readonly messages: MessagesState;
  readonly settings: SettingsState;
  readonly slide: SlideState;
  readonly measure: MeasureState;
  readonly picture: PictureState;
  readonly packs: PacksState;
  readonly analysis: AnalysisCommands;
  readonly classes: ClassesState;
  readonly necrosis: NecrosisState;
  readonly neurons: NeuronCommands;
  readonly comparison: ComparisonState;
  readonly evidence: EvidenceState;
  readonly offline: OfflineState;
  readonly record: RecordState;
  readonly view: ViewState;
  readonly requests: RequestsState;
  readonly proof: ProofCommands;
  readonly links: LinksState;
  readonly health: StorageHealth;
  readonly keeper: RunKeeper;
  readonly results: KeptResultsState;
  readonly resume: ResumeState;
  readonly recent: RecentState;
  readonly pauses: Pauses;
  readonly surroundings: Surroundings;
}

/** The outside world: workers, storage, network and clock, injected so that the state runs in a test without them. */
export type AppDeps = Omit<SlideDeps, "messages" | "settings"> &
  Omit<PacksDeps, "messages"> &
  Omit<AnalysisDeps, "messages" | "slide" | "packs" | "keeper"> &
  Pick<NecrosisDeps, "onFrame"> &
  RequestsDeps &
  Pick<LinksDeps, "address" | "askHttpFile" | "slideOrigins"> &
  Pick<ProofDeps, "prove"> &
  Pick<RecordDeps, "openRecorded"> &
  Pick<RunKeeperDeps, "store" | "claim"> &
  Pick<ResumeDeps, "isClaimed"> &
  Pick<RecentDeps, "makeThumbnail" | "handles" | "askHttpFile"> &
  Pick<PausesDeps, "surroundings"> &
  Pick<OfflineDeps, "openOfflineDoor" | "reload">;

export function createApp(deps: AppDeps): App {
  const messages = createMessages();
  const settings = createSettings();
  const slide = createSlideState({ ...deps, messages, settings });
  const packs = createPacks({ ...deps, messages });
  const health = createStorageHealth({ ...deps, messages });
  const keeper = createRunKeeper({ ...deps, settings, health });
  const analysis = createAnalysis({ ...deps, messages, slide, packs, keeper });
  const classes = createClasses({ slide, analysis });
  const necrosis = createNecrosis({ slide, analysis, classes, onFrame: deps.onFrame });
  const evidence = createEvidence({ analysis });
  const neurons = createNeurons({ ...deps, messages, slide, packs, analysis });
  const view = createView();
  const requests = createRequests(deps);
  const comparison = createComparison({ ...deps, messages, slide, necrosis });
  const workAtRisk = computed(() => {
    if (analysis.state.value.kind === "running")
      return t`A run is under way: update when it is done, or cancel it first.`;
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
    slide,
    measure: createMeasure({ slide }),
    picture: createPicture({ slide }),
    packs,
    analysis,
    classes,
    necrosis,
    neurons,
    comparison,
    evidence,
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
    }),
    resume: createResume({ ...deps, slide, packs, analysis, keeper, health }),
    recent: createRecent({ ...deps, slide, keeper, settings, messages, health }),
    pauses: createPauses({ ...deps, analysis, settings }),
    surroundings: deps.surroundings,
  };
}
