/** What a WebGPU adapter says of itself, and whether it can be used. */
export interface WebGpuProbe {
  readonly ok: boolean;
  /** One sentence. */
  readonly reason: string;
  /** Vendor and architecture as the browser names them; empty when unknown. */
  readonly device: string;
}

const RETRY_MS = 700;

/** Asks for an adapter, twice: right after the browser's start the first answer can be empty. Never throws. */
export async function probeWebGpu(): Promise<WebGpuProbe> {
  const gpu: GPU | undefined = typeof navigator === "undefined" ? undefined : navigator.gpu;
  if (!gpu) return { ok: false, reason: "This browser has no WebGPU", device: "" };
  const adapter = (await requestAdapter(gpu)) ?? (await wait(RETRY_MS).then(() => requestAdapter(gpu)));
  if (!adapter) return { ok: false, reason: "No WebGPU adapter on this computer", device: "" };
  const device = describeAdapter(adapter.info);
  return { ok: true, reason: `WebGPU adapter found: ${device}`, device };
}

function requestAdapter(gpu: GPU): Promise<GPUAdapter | null> {
  return gpu.requestAdapter({ powerPreference: "high-performance" }).catch(() => null);
}

/** Some browsers give no `info`, whatever the type says. */
function describeAdapter(info: GPUAdapterInfo | undefined): string {
  const words = [info?.vendor, info?.architecture, info?.description].filter((word) => word);
  const name = words.length > 0 ? words.join(" ") : "unnamed adapter";
  return info?.isFallbackAdapter ? `${name} (software)` : name;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
