import type { PolicyFinding } from "./policy-probe.api.ts";

/** How long a browser may take to say that it stopped a request. */
const PATIENCE_MS = 2_000;

/** Sends on purpose, and waits until the browser says that its policy stopped it, or for two seconds. `url` is told by its path. */
export function findPolicy(url: string, send: () => unknown): Promise<PolicyFinding> {
  const { pathname } = new URL(url);
  return new Promise((resolve) => {
    const listening = new AbortController();
    const end = (finding: PolicyFinding): void => {
      listening.abort();
      clearTimeout(timer);
      resolve(finding);
    };
    const timer = setTimeout(() => end({ directive: null, policy: null }), PATIENCE_MS);
    // On a page it is the document that hears of it, in a worker the worker itself.
    const target: EventTarget = "document" in globalThis ? (Reflect.get(globalThis, "document") as EventTarget) : self;
    target.addEventListener(
      "securitypolicyviolation",
      (event) => {
        if (!(event instanceof SecurityPolicyViolationEvent) || event.disposition !== "enforce") return;
        if (!event.blockedURI.endsWith(pathname)) return;
        end({ directive: event.effectiveDirective, policy: event.originalPolicy });
      },
      { signal: listening.signal },
    );
    // A failure is what is hoped for; the browser's event says whether the policy was why.
    Promise.resolve()
      .then(send)
      .catch(() => {});
  });
}
