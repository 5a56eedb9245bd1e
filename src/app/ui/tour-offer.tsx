import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";

/** Asks once, on the empty stage, and takes no for an answer. */
export function TourOffer({ app: { tour } }: { readonly app: App }) {
  if (!tour.isOffered.value) return null;
  return (
    <div class="tour-offer">
      <span>{t`First time here?`}</span>
      <button type="button" class="link" onClick={() => tour.start()}>
        {t`Show me around`}
      </button>
      <button type="button" class="link" onClick={() => tour.stop()}>
        {t`No, thanks`}
      </button>
    </div>
  );
}
