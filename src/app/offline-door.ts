import { parseFromServiceWorker, type ToServiceWorker } from "../service-worker/protocol.ts";
import { siteUrl } from "./site-files.ts";
import type { OfflineDoor, OfflineListener } from "./state/offline.ts";

/** The service worker of this site, or a sentence that says why there is none. Throws nothing. */
export async function openOfflineDoor(listener: OfflineListener): Promise<OfflineDoor | string> {
  if (!window.isSecureContext) {
    return "The page came over plain http: browsers keep pages for offline use only from https, or from this computer.";
  }
  // The type promises what private windows of some browsers do not have.
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  if (!container) return "This browser keeps no pages for offline use here; a private window is one reason.";
  await loaded();
  listen(container, listener);
  try {
    const registration = await register(container);
    if (!registration) return "Something on this computer keeps the page from being kept for offline use.";
    watch(registration, listener);
    return doorOf(container, registration, listener);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return `The browser or the server does not let the page be kept for offline use (${words}).`;
  }
}

/** Tools that block service workers answer with nothing, whatever the type says. */
async function register(container: ServiceWorkerContainer): Promise<ServiceWorkerRegistration | undefined> {
  return container.register(siteUrl("sw.js"), { scope: siteUrl("./").href, updateViaCache: "none" });
}

function doorOf(
  container: ServiceWorkerContainer,
  first: ServiceWorkerRegistration,
  listener: OfflineListener,
): OfflineDoor {
  let registration = first;
  const send = (worker: ServiceWorker | null, message: ToServiceWorker) => worker?.postMessage(message);
  return {
    fill: (group) => send(registration.active, { kind: "fill", group }),
    verify: () => send(registration.active, { kind: "verify" }),
    takeOver: () => send(registration.waiting, { kind: "take-over" }),
    async install() {
      // The browser forgets a registration whose first installation failed, and makes another.
      const again = await register(container);
      if (!again || again === registration) return;
      registration = again;
      watch(registration, listener);
    },
    async lookForUpdate() {
      await registration.update();
    },
  };
}

function listen(container: ServiceWorkerContainer, listener: OfflineListener): void {
  container.addEventListener("message", (event) => {
    const message = parseFromServiceWorker(event.data);
    if (message?.kind === "palisade-take-over-refused") listener.refused();
    if (message?.kind !== "palisade-offline-report") return;
    listener.reported(message, event.source instanceof ServiceWorker ? placeOf(event.source) : "active");
  });
  container.addEventListener("controllerchange", () => listener.controlled());
  container.startMessages();
}

function placeOf({ state }: ServiceWorker): "active" | "later" | "ended" {
  if (state === "redundant") return "ended";
  return state === "activating" || state === "activated" ? "active" : "later";
}

function watch(registration: ServiceWorkerRegistration, listener: OfflineListener): void {
  const follow = (worker: ServiceWorker | null) => {
    const isFirst = registration.active === null;
    worker?.addEventListener("statechange", () => {
      if (worker.state === "activated") listener.active();
      if (worker.state === "installed" && !isFirst) listener.waiting();
      if (worker.state === "redundant") listener.ended();
    });
  };
  registration.addEventListener("updatefound", () => follow(registration.installing));
  follow(registration.installing);
  if (registration.active?.state === "activated") listener.active();
  else follow(registration.active);
  if (registration.waiting && registration.active) listener.waiting();
}

/** What the page shows first comes before what it keeps. */
function loaded(): Promise<void> {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => window.addEventListener("load", () => resolve(), { once: true }));
}
