import { AppError } from "../base/errors.ts";

/** Tells work that waits for a GPU when the browser takes it away (driver reset, memory, sleep). */
export class DeviceWatch {
  readonly #waiting = new Set<(error: AppError) => void>();
  #loss: AppError | null = null;

  constructor(lost: Promise<{ readonly reason: string; readonly message: string }>) {
    void lost.then(({ reason, message }) => {
      this.#loss = new AppError(
        "features/device-lost",
        "Expected the GPU to stay with the analysis, but the browser took it away; the run goes on without it.",
        { reason, message },
      );
      for (const reject of this.#waiting) reject(this.#loss);
      this.#waiting.clear();
    });
  }

  /** What to say of a device that is gone; null while it is there. */
  get loss(): AppError | null {
    return this.#loss;
  }

  /** The result of `work`, or at once `features/device-lost` when the device goes first. Keeps nothing afterwards. */
  guard<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#loss) reject(this.#loss);
      else this.#waiting.add(reject);
      work.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }
}
