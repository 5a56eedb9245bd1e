import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Attempt } from "../proof/attempts.ts";
import type { CheckedRelease } from "../proof/release.ts";
import type { Stored } from "../proof/stored.ts";
import type { MessagesState } from "./messages.ts";
import type { RequestsState } from "./requests.ts";

/** What the browser itself said when the page was put to the test. */
export interface Proof {
  readonly at: Date;
  readonly isOnline: boolean;
  readonly attempts: readonly Attempt[];
  /** The policy as it stands in the page. */
  readonly declared: string;
  /** Null where the site carries no list of its files. */
  readonly release: CheckedRelease | null;
  readonly stored: Stored;
}

export interface ProofStep {
  /** A sentence's beginning: "Hashing the page's files". */
  readonly what: string;
  readonly done: number;
  /** 0 where there is nothing to count. */
  readonly total: number;
}

export type ProofState =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly step: ProofStep | null }
  | { readonly kind: "done"; readonly proof: Proof };

export interface ProofDeps {
  /** Puts the page to the test. `fetched`: paths from the page's folder that it has fetched. */
  readonly prove: (fetched: ReadonlySet<string>, onStep: (step: ProofStep) => void) => Promise<Proof>;
  readonly requests: RequestsState;
  readonly messages: MessagesState;
}

export interface ProofCommands {
  readonly state: ReadonlySignal<ProofState>;
  /** The policies that the browser enforced, each once; what a host adds by a header is among them. */
  readonly policies: ReadonlySignal<readonly string[]>;
  test(): Promise<void>;
}

export function createProof({ prove, requests, messages }: ProofDeps): ProofCommands {
  const state = signal<ProofState>({ kind: "idle" });
  return {
    state,
    policies: computed(() => {
      const { value } = state;
      if (value.kind !== "done") return [];
      return [...new Set(value.proof.attempts.flatMap(({ policy }) => policy ?? []))];
    }),
    async test() {
      if (state.value.kind === "running") return;
      state.value = { kind: "running", step: null };
      try {
        const fetched = new Set(requests.lines.value.map(({ path }) => path));
        const proof = await prove(fetched, (step) => {
          state.value = { kind: "running", step };
        });
        state.value = { kind: "done", proof };
      } catch (error) {
        state.value = { kind: "idle" };
        messages.report(error);
      }
    },
  };
}
