/** Decoders that come as wasm, by name. */
export type WasmFile = "jpeg" | "openjpeg" | "webp" | "avif" | "jxl" | "lerc";

/** Where the wasm files are; the engine can neither find nor read files itself. */
export interface WasmFiles {
  /** What the platform's own loaders take: the address of an asset of the page, or a path on disk. */
  locate(file: WasmFile): string;
  read(file: WasmFile): Promise<BufferSource>;
}

/** Runs `use` on a module that is started at the first call. */
export type WasmRunner<M> = <T>(use: (module: M) => T) => Promise<T>;

/** Memory of an instance never shrinks; one that a large picture has grown beyond this is let go. */
const MAX_KEPT_BYTES = 128 * 1024 * 1024;

/**
 * One instance of an Emscripten module, compiled once. An instance is replaced after a failure, since a decoder that gave up
 * half way (exit, abort, no memory) must not be used again, and after a picture that made its memory large.
 */
export function wasmRunner<M>(
  loadFactory: () => Promise<unknown>,
  readWasm: () => Promise<BufferSource>,
): WasmRunner<M> {
  let compiled: Promise<WebAssembly.Module> | null = null;
  let running: Promise<Running<M>> | null = null;

  async function start(): Promise<Running<M>> {
    compiled ??= readWasm().then((bytes) => WebAssembly.compile(bytes));
    const wasm = await compiled;
    let memory: WebAssembly.Memory | undefined;
    const settings = {
      noInitialRun: true,
      // What decoders say about damaged data would go to the console.
      print: () => {},
      printErr: () => {},
      instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
        const instance = new WebAssembly.Instance(wasm, imports);
        memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
        done(instance);
        return instance.exports;
      },
    };
    // The declared types of the factories name a global namespace that is not there under isolated modules.
    const create = (await loadFactory()) as (settings: unknown) => Promise<unknown>;
    const module = (await create(settings)) as M;
    return { module, memoryBytes: () => memory?.buffer.byteLength ?? 0 };
  }

  return async (use) => {
    running ??= start();
    const started = running;
    try {
      const { module, memoryBytes } = await started;
      const result = use(module);
      if (memoryBytes() > MAX_KEPT_BYTES && running === started) running = null;
      return result;
    } catch (error) {
      if (running === started) running = null;
      compiled?.catch(() => {
        compiled = null;
      });
      throw error;
    }
  };
}

interface Running<M> {
  readonly module: M;
  memoryBytes(): number;
}
