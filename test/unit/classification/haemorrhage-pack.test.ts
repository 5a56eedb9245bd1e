import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseClassificationTable } from "../../../src/cli/classification-table.ts";
import { openPack } from "../../../src/cli/pack-files.ts";
import { nodeBackend } from "../../../src/engine/features/backend-node.ts";
import { runSelfTest } from "../../../src/engine/features/self-test.ts";
import { haemorrhageTable } from "../../../tools/packs/haemorrhage-table.ts";

const labels = new URL("../../../../shared/data/tiles20x/labels.csv", import.meta.url);

describe("the pack haemorrhage-20x", () => {
  it("loads and passes its self-test on this computer", async () => {
    const loaded = await openPack("haemorrhage-20x");
    expect(loaded.pack).toMatchObject({
      task: "classification",
      classes: ["tumour", "haemorrhage"],
      pooling: { kind: "p-norm", p: 3 },
    });
    expect(loaded.pack.selected).toHaveLength(100);
    const tested = await runSelfTest(await nodeBackend({ threads: 1 }), loaded);
    expect(tested.reason).toMatch(/passed/);
  });

  it.skipIf(!existsSync(labels))("was trained on the tiles of ../shared/data that its table tool picks", async () => {
    const table = parseClassificationTable(haemorrhageTable(readFileSync(labels, "utf8"), "images"), "table.csv");
    const count = (label: string) => table.filter((image) => image.label === label).length;
    expect([count("haemorrhage"), count("tumour")]).toEqual([27, 131]);
    const { pack } = await openPack("haemorrhage-20x");
    expect(pack.training.groups).toEqual([...new Set(table.map(({ group }) => group))].sort());
    expect(pack.training.settings["images"]).toEqual(table.map(({ shortName }) => shortName).sort());
  });

  it("names the columns that the labels lack", () => {
    expect(() => haemorrhageTable("file,patient,tumour\n", "images")).toThrow("the column haemorrhage");
  });
});
