/** What the browser said of an attempt to send something away. Cloneable. */
export interface PolicyFinding {
  /** The directive that stopped it; null: nothing did. */
  readonly directive: string | null;
  /** The whole policy as the browser enforces it; null where nothing was stopped. */
  readonly policy: string | null;
}

/** How long a browser may take to say that it stopped a request. */
const PATIENCE_MS = 2_000;

/** Sends on purpose, and waits until the browser says that its policy stopped it, or for two seconds. `url` is told by its host. */
export function findPolicy(url: string, send: () => unknown): Promise<PolicyFinding> {
  const { host } = new URL(url);
  return new Promise((resolve) => {
    const listening = new AbortController();
    const end = (finding: PolicyFinding): void => {
      listening.abort();
      clearTimeout(timer);
      resolve(finding);
    };
    const timer = setTimeout(() => end({ directive: null, policy: null }), PATIENCE_MS);
    onStopped((event) => {
      // Of a frame the browser gives the origin alone.
      if (!URL.canParse(event.blockedURI) || new URL(event.blockedURI).host !== host) return;
      end({ directive: event.effectiveDirective, policy: event.originalPolicy });
    }, listening.signal);
    // A failure is what is hoped for; the browser's event says whether the policy was why.
    Promise.resolve()
      .then(send)
      .catch(() => {});
  });
}

/** Tells of everything that the browser stopped because of the policy. */
export function onStopped(listener: (event: SecurityPolicyViolationEvent) => void, signal?: AbortSignal): void {
  // On a page it is the document that hears of it, in a worker the worker itself.
  const target: EventTarget = "document" in globalThis ? (Reflect.get(globalThis, "document") as EventTarget) : self;
  target.addEventListener(
    "securitypolicyviolation",
    (event) => {
      if (event instanceof SecurityPolicyViolationEvent && event.disposition === "enforce") listener(event);
    },
    signal ? { signal } : {},
  );
}
