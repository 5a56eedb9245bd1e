import { watchRequests } from "../workers/seen-requests.ts";
import { SITE_CHANNEL } from "../workers/site-channel.ts";
import { fileFor } from "./answer.ts";
import { FileStore } from "./file-store.ts";
import { Keeper } from "./keeper.ts";
import type { FromServiceWorker, OfflineReport, PrecacheFile, ToServiceWorker } from "./protocol.ts";

declare let self: ServiceWorkerGlobalScope;
/** Every file of this version; the build puts the list here (tools/offline/plugin.ts). */
declare const __PALISADE_FILES__: readonly PrecacheFile[];

const { scope } = self.registration;
const files = new Map(__PALISADE_FILES__.map((file) => [file.path, file]));
const store = new FileStore(scope);
const keeper = new Keeper({ scope, files: [...files.values()], store, tell: tellAll });

const pagesHear = new BroadcastChannel(SITE_CHANNEL);
watchRequests((seen) => pagesHear.postMessage(seen));
self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  // Sent by `app/offline-door.ts` of this origin and by nobody else.
  event.waitUntil(obey(event.data as ToServiceWorker, event.source));
});
self.addEventListener("fetch", (event) => {
  const file = fileFor(event.request, scope, files);
  if (file) event.respondWith(answer(event.request, file));
});

/**
 * A later version is installed whole or not at all, so that the earlier one goes on. The first is installed as soon as it can
 * show the page, and gets what is missing when the server has it.
 */
async function install(): Promise<void> {
  const { files } = await keeper.fill();
  const missing = files.filter(({ isKept }) => !isKept);
  const isNeeded = (path: string) => path === "index.html" || path.startsWith("assets/");
  const needed = self.registration.active ? missing : missing.filter(({ path }) => isNeeded(path));
  const first = needed[0];
  if (first) throw new Error(`${first.path} cannot be kept: ${first.why}`);
}

async function activate(): Promise<void> {
  await store.retain([...files.values()]);
  await self.clients.claim();
}

async function obey(message: ToServiceWorker, from: ExtendableMessageEvent["source"]): Promise<void> {
  if (message.kind === "fill") await keeper.fill(message.group);
  else if (message.kind === "verify") await keeper.verify();
  else if (message.kind === "take-over") await takeOver(from);
}

/** A page of the earlier version would miss files of its own: with another one open nothing changes. */
async function takeOver(from: ExtendableMessageEvent["source"]): Promise<void> {
  const asking = from && "id" in from ? from.id : null;
  const others = (await pages()).filter(({ id }) => id !== asking);
  if (others.length === 0) return self.skipWaiting();
  from?.postMessage({ kind: "palisade-take-over-refused" } satisfies FromServiceWorker);
}

async function answer(request: Request, file: PrecacheFile): Promise<Response> {
  const kept = await store.read(file).catch(() => null);
  return kept ?? fetch(request);
}

async function tellAll(report: OfflineReport): Promise<void> {
  for (const page of await pages()) page.postMessage(report);
}

/** The open pages of this site, also those that were loaded before any service worker was there. */
async function pages(): Promise<readonly WindowClient[]> {
  const all = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter(({ url }) => url.startsWith(scope));
}
