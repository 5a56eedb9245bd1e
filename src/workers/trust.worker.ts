import { expose } from "comlink";
import { webBackend } from "../engine/features/backend-web.ts";
import { openPlainSession } from "../engine/features/pack-session.ts";
import { readTissue } from "../engine/tissue/detect.ts";
import { featureFinding } from "../engine/trust/feature-finding.ts";
import { measureSlide } from "../engine/trust/measures.ts";
import { trustReport } from "../engine/trust/report.ts";
import { readTrustSample } from "../engine/trust/sample.ts";
import { beginWorker } from "./begin-worker.ts";
import { openSlideInput } from "./slide-input.ts";
import type { TrustApi } from "./trust.api.ts";

const api: TrustApi = {
  async check({ slide: input, pack, pixelSize }) {
    const slide = await openSlideInput(input);
    try {
      const sample = await readTrustSample({ slide, sampling: pack.sampling, pixelSize });
      return trustReport({ info: slide.info, pixelSize, pack, measures: measureSlide(sample) });
    } finally {
      slide.close();
    }
  },
  async features({ slide: input, pack: loaded, pixelSize, runtimeBase }) {
    const slide = await openSlideInput(input);
    try {
      // The processor, whatever the run computes on: a few patches are not worth a second claim on a graphics card.
      const session = await openPlainSession(await webBackend({ kind: "wasm", runtimeBase }), loaded);
      const { mask } = await readTissue(slide, { pixelSize });
      return await featureFinding({ slide, pack: loaded.pack, session, pixelSize, mask });
    } finally {
      slide.close();
    }
  },
};

beginWorker();
expose(api);
