/** What a worker found that tried to send something away. */
export interface PolicyFinding {
  /** The directive that stopped it; null: nothing did. */
  readonly directive: string | null;
  /** The policy as the browser holds the worker to it; null where nothing was stopped. */
  readonly policy: string | null;
}

/** What the probing worker answers. */
export interface PolicyProbeApi {
  tryToSend(url: string): Promise<PolicyFinding>;
}
