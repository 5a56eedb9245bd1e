import type { InferenceSession, Tensor } from "onnxruntime-web";
import { AppError, causeChain, isAppError } from "../base/errors.ts";
import type { DeviceWatch } from "./device-watch.ts";
import { readGraph } from "./graph.ts";
import type { FloatTensor, Session } from "./types.ts";

/** What onnxruntime-node and onnxruntime-web have in common, as far as it is used here. */
export interface OrtRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array<ArrayBuffer>, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => Tensor;
}

/** Characters of onnxruntime's own words that a sentence can bear. */
const LONGEST_REASON = 300;

export interface OrtSessionHooks {
  /** Runs one piece of work after another: the wasm build holds one session state for all. */
  readonly enqueue: <T>(work: () => Promise<T>) => Promise<T>;
  /** Null where there is no device that can be lost. */
  readonly device: DeviceWatch | null;
  /** Gives a session back that is no longer used. Called within `enqueue`. */
  readonly release: (session: InferenceSession) => Promise<void>;
}

/**
 * Opens `model` and checks that it has the named input and output.
 * Throws `features/bad-model` when it is no ONNX file, is damaged, or lacks a name.
 */
export async function openOrtSession(
  ort: OrtRuntime,
  model: Uint8Array<ArrayBuffer>,
  names: { readonly input: string; readonly output: string },
  options: InferenceSession.SessionOptions,
  hooks: OrtSessionHooks,
): Promise<Session> {
  const inner = await hooks.enqueue(() => createInner(ort, model, options));
  try {
    checkName("input", names.input, inner.inputNames);
    checkName("output", names.output, inner.outputNames);
  } catch (error) {
    await hooks.enqueue(() => hooks.release(inner));
    throw error;
  }
  return new OrtSession(ort, inner, names, hooks);
}

async function createInner(ort: OrtRuntime, model: Uint8Array<ArrayBuffer>, options: InferenceSession.SessionOptions) {
  try {
    return await ort.InferenceSession.create(model, options);
  } catch (error) {
    throw new AppError("features/bad-model", refusal(model, error), { causes: causeChain(error) }, { cause: error });
  }
}

function refusal(model: Uint8Array<ArrayBuffer>, error: unknown): string {
  const graph = readGraph(model);
  if (!graph) {
    return `Expected an ONNX network, found ${describeBytes(model)} that onnxruntime cannot open; export the network again.`;
  }
  const words = causeChain(error)
    .join(" ")
    .replace(/^.*?ERROR_MESSAGE:\s*/s, "");
  const reason = words.replace(/\s+/g, " ").trim().slice(0, LONGEST_REASON);
  return `Expected an ONNX network that onnxruntime can run, found one of opset ${graph.opset} (IR version ${graph.irVersion}) that it refuses with the words "${reason}"; export the network again, with standard operators of another opset.`;
}

function describeBytes(model: Uint8Array): string {
  if (model.length === 0) return "an empty file";
  const isText = model.subarray(0, 256).every((byte) => byte === 9 || byte === 10 || byte === 13 || byte >= 32);
  return `${isText ? "text" : "data"} of ${model.length} bytes`;
}

function checkName(kind: "input" | "output", expected: string, found: readonly string[]): void {
  if (found.includes(expected)) return;
  throw new AppError(
    "features/bad-model",
    `Expected the network to have an ${kind} named "${expected}", found ${found.map((name) => `"${name}"`).join(", ") || "none"}; correct the name in pack.json.`,
    { expected, found: [...found] },
  );
}

class OrtSession implements Session {
  readonly #ort: OrtRuntime;
  readonly #inner: InferenceSession;
  readonly #names: { readonly input: string; readonly output: string };
  readonly #hooks: OrtSessionHooks;
  #isClosed = false;

  constructor(
    ort: OrtRuntime,
    inner: InferenceSession,
    names: { readonly input: string; readonly output: string },
    hooks: OrtSessionHooks,
  ) {
    this.#ort = ort;
    this.#inner = inner;
    this.#names = names;
    this.#hooks = hooks;
  }

  async run(input: FloatTensor): Promise<FloatTensor> {
    if (this.#isClosed) throw new TypeError("The session is closed.");
    const { device, enqueue } = this.#hooks;
    if (device?.loss) throw device.loss;
    const work = enqueue(() => this.#run(input));
    return device ? device.guard(work) : work;
  }

  async #run(input: FloatTensor): Promise<FloatTensor> {
    const feed = new this.#ort.Tensor("float32", input.data, input.dims);
    try {
      const outputs = await this.#inner.run({ [this.#names.input]: feed }, [this.#names.output]);
      return await takeFloats(outputs[this.#names.output], this.#names.output);
    } catch (error) {
      if (this.#hooks.device) await moment();
      if (isAppError(error)) throw error;
      throw new AppError(
        "features/run-failed",
        `The network failed on an input of ${input.dims.join(" x ")} values; try again, or choose the other backend.`,
        { dims: [...input.dims], causes: causeChain(error) },
        { cause: error },
      );
    } finally {
      feed.dispose();
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#hooks.enqueue(() => this.#hooks.release(this.#inner));
  }
}

/** A lost device fails the run first and is reported a moment later: time for `DeviceWatch` to answer instead. */
function moment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}

async function takeFloats(tensor: Tensor | undefined, name: string): Promise<FloatTensor> {
  const data = await tensor?.getData(true);
  if (!tensor || !(data instanceof Float32Array)) {
    throw new AppError(
      "features/bad-model",
      `Expected the output "${name}" of the network to hold float32 values, found ${tensor?.type ?? "nothing"}; export it as float32.`,
    );
  }
  const values = data.slice();
  const dims = [...tensor.dims];
  tensor.dispose();
  return { data: values, dims };
}
