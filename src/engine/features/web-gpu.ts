import { AppError } from "../base/errors.ts";

/** What a WebGPU adapter says of itself, and whether it can be used. */
export interface WebGpuProbe {
  readonly ok: boolean;
  /** One sentence. */
  readonly reason: string;
  /** Vendor and architecture as the browser names them; empty when unknown. */
  readonly device: string;
}

const RETRY_MS = 700;

/** What onnxruntime's kernels ask for, when it is there. */
const FEATURES = ["shader-f16", "subgroups"] as const;
const LIMITS = [
  "maxBindGroups",
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
  "maxComputeWorkgroupSizeZ",
  "maxComputeWorkgroupsPerDimension",
] as const;

/** Whether WebGPU can be used here. Never throws. */
export async function probeWebGpu(): Promise<WebGpuProbe> {
  return (await findAdapter()).probe;
}

/**
 * A device of its own for onnxruntime, with all that the adapter offers of what it uses: a device that onnxruntime makes dies
 * with its last session. Throws `features/no-backend` with the reason.
 */
export async function openGpuDevice(): Promise<{ readonly device: GPUDevice; readonly probe: WebGpuProbe }> {
  const { adapter, probe } = await findAdapter();
  if (!adapter) throw noGpu(probe.reason);
  try {
    return { device: await adapter.requestDevice(deviceDescriptor(adapter)), probe };
  } catch (error) {
    throw noGpu(`${probe.device} gave no device`, error);
  }
}

/** Asks twice: right after the browser's start the first answer can be empty. */
async function findAdapter(): Promise<{ readonly adapter: GPUAdapter | null; readonly probe: WebGpuProbe }> {
  const gpu: GPU | undefined = typeof navigator === "undefined" ? undefined : navigator.gpu;
  const none = (reason: string) => ({ adapter: null, probe: { ok: false, reason, device: "" } });
  if (!gpu) return none("This browser has no WebGPU");
  const adapter = (await requestAdapter(gpu)) ?? (await wait(RETRY_MS).then(() => requestAdapter(gpu)));
  if (!adapter) return none("No WebGPU adapter on this computer");
  const device = describeAdapter(adapter.info);
  return { adapter, probe: { ok: true, reason: `WebGPU adapter found: ${device}`, device } };
}

function deviceDescriptor(adapter: GPUAdapter): GPUDeviceDescriptor {
  const requiredFeatures = FEATURES.filter((feature) => adapter.features.has(feature));
  const requiredLimits: Record<string, number> = {};
  for (const limit of LIMITS) requiredLimits[limit] = adapter.limits[limit];
  return { requiredFeatures, requiredLimits };
}

function noGpu(reason: string, cause?: unknown): AppError {
  return new AppError(
    "features/no-backend",
    `Expected a WebGPU adapter, found none: ${reason}; use wasm.`,
    {},
    { cause },
  );
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
