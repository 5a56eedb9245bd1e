import type { ComponentChildren } from "preact";
import { isAssumed } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";

/** A number in mm² or µm; marked where it rests on a pixel size that a person typed. `AssumedRemark` says what the mark means. */
export function Scaled({ app, children }: { readonly app: App; readonly children: ComponentChildren }) {
  const mark = t`rests on the assumed pixel size`;
  return (
    <>
      {children}
      {isAssumed(app.slide.pixelSize.value) && (
        <span class="assumed" title={mark}>
          <span aria-hidden="true">*</span>
          <span class="unseen"> ({mark})</span>
        </span>
      )}
    </>
  );
}

/** Below numbers with marks; nothing where there are none. */
export function AssumedRemark({ app }: { readonly app: App }) {
  if (!isAssumed(app.slide.pixelSize.value)) return null;
  return (
    <p class="result-more" aria-hidden="true">
      <span class="assumed">*</span> {t`rests on the assumed pixel size`}
    </p>
  );
}
