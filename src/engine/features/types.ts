/** Float32 tensor, row-major, with its shape (batch first). */
export interface FloatTensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

export type BackendName = "WebGPU" | "WASM" | "native";

/** What computes, and why that one: shown as the `Backend` status and kept with every result. */
export interface BackendInfo {
  readonly name: BackendName;
  /** One sentence, such as "No WebGPU adapter on this computer". */
  readonly reason: string;
  /** GPU or CPU as the platform names it; empty when unknown. */
  readonly device: string;
  /** Package and version of the runtime. */
  readonly runtime: string;
}

/** One loaded network. At most one run at a time. */
export interface Session {
  /** Names one output of the graph and the input as in the pack's backbone. Throws `features/run-failed`, `features/device-lost`. */
  run(input: FloatTensor): Promise<FloatTensor>;
  close(): Promise<void>;
}

/** The seam between page and command line: how an ONNX graph becomes a session. */
export interface Backend {
  readonly info: BackendInfo;
  openSession(
    model: Uint8Array<ArrayBuffer>,
    names: { readonly input: string; readonly output: string },
  ): Promise<Session>;
}
