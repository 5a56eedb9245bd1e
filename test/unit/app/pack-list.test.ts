import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parsePackList } from "../../../src/app/site-files.ts";

const MODELS = new URL("../../../public/models/", import.meta.url);

describe("public/models/index.json", () => {
  it("lists every shipped pack, the low-power one first, by the name that the pack itself has", () => {
    const listed = parsePackList(JSON.parse(readFileSync(new URL("index.json", MODELS), "utf8")));
    const shipped = readdirSync(MODELS).filter((folder) => existsSync(new URL(`${folder}/pack.json`, MODELS)));
    expect(listed.map(({ id }) => id).sort()).toEqual(shipped.sort());
    expect(listed[0]?.id).toBe("necrosis-lowpower");
    for (const { id, name } of listed) {
      const pack: unknown = JSON.parse(readFileSync(new URL(`${id}/pack.json`, MODELS), "utf8"));
      expect(pack).toMatchObject({ id, name });
    }
  });
});
