import type { Commands, Event } from "webdriver-bidi-protocol";
import { WebSocket } from "ws";

type Params<Method extends keyof Commands> = Commands[Method]["params"];
type Answer<Method extends keyof Commands> = Commands[Method]["returnType"];

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A connection that speaks WebDriver BiDi (W3C). Whoever opens it closes it; what is pending then rejects. */
export class Bidi {
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Set<(event: Event) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => this.#hear(JSON.parse(String(data))));
    socket.on("close", () => {
      for (const { reject } of this.#pending.values()) reject(new Error("The browser closed the connection."));
      this.#pending.clear();
    });
  }

  static async connect(address: string): Promise<Bidi> {
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    return new Bidi(socket);
  }

  send<Method extends keyof Commands>(method: Method, params: Params<Method>): Promise<Answer<Method>> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      // The protocol says which answer belongs to which method; its types are trusted here.
      this.#pending.set(id, { resolve: (result) => resolve(result as Answer<Method>), reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  /** Hears every event that the session has subscribed to. Returns what ends it. */
  listen(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#socket.close();
  }

  #hear(message: { type: string; id?: number; result?: unknown; error?: string; message?: string }): void {
    if (message.type === "event") {
      for (const listener of this.#listeners) listener(message as unknown as Event);
      return;
    }
    const pending = this.#pending.get(message.id ?? -1);
    this.#pending.delete(message.id ?? -1);
    if (message.type === "success") pending?.resolve(message.result);
    else pending?.reject(new Error(`${message.error}: ${message.message}`));
  }
}
