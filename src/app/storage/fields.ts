/** Reads fields of a kept record, of which nothing is known but that it was once written. Each throws a RangeError that names the field. */
export class Fields {
  readonly #value: object;
  readonly #path: string;

  /** Throws when `value` is no object. */
  constructor(value: unknown, path = "record") {
    if (typeof value !== "object" || value === null) throw new RangeError(`Expected ${path} to be an object`);
    this.#value = value;
    this.#path = path;
  }

  value(name: string): unknown {
    return Reflect.get(this.#value, name);
  }

  text(name: string): string {
    const found = this.value(name);
    return typeof found === "string" ? found : this.#fail(name, "a text");
  }

  /** A finite one. */
  number(name: string): number {
    const found = this.value(name);
    return typeof found === "number" && Number.isFinite(found) ? found : this.#fail(name, "a number");
  }

  numberOrNull(name: string): number | null {
    return this.value(name) === null ? null : this.number(name);
  }

  /** A whole one from 0 up. */
  count(name: string): number {
    const found = this.number(name);
    return Number.isSafeInteger(found) && found >= 0 ? found : this.#fail(name, "a whole number");
  }

  flag(name: string): boolean {
    const found = this.value(name);
    return typeof found === "boolean" ? found : this.#fail(name, "true or false");
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T {
    const found = this.value(name);
    return choices.find((choice) => choice === found) ?? this.#fail(name, choices.join(" or "));
  }

  list<T>(name: string, parse: (item: unknown, path: string) => T): T[] {
    const found = this.value(name);
    if (!Array.isArray(found)) return this.#fail(name, "a list");
    return found.map((item, index) => parse(item, `${this.#path}.${name}[${index}]`));
  }

  texts(name: string): string[] {
    return this.list(name, (item) => (typeof item === "string" ? item : this.#fail(name, "a list of texts")));
  }

  fields(name: string): Fields {
    return new Fields(this.value(name), `${this.#path}.${name}`);
  }

  instance<T>(name: string, type: abstract new (...parts: never[]) => T): T {
    const found = this.value(name);
    return found instanceof type ? found : this.#fail(name, type.name);
  }

  #fail(name: string, expected: string): never {
    throw new RangeError(`Expected ${this.#path}.${name} to be ${expected}`);
  }
}

/** What `parse` makes of a kept record; null for one that is damaged or of a newer version. */
export function parsed<T>(value: unknown, parse: (fields: Fields) => T): T | null {
  try {
    return parse(new Fields(value));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
