import { useEffect } from "preact/hooks";
import type { App } from "../state/app.ts";
import { TOUR_STEPS, type TourStep } from "../state/tour.ts";
import { msg, say, t } from "../words/words.ts";
import { EXPORT_SECTION_ID } from "./export-keys.ts";
import { useTakesKeyboard } from "./use-takes-keyboard.ts";

interface StepWords {
  readonly title: string;
  readonly text: string;
  /** What is outlined, where it is on the page. */
  readonly where: string;
}

export const TOUR_WORDS: Readonly<Record<TourStep, StepWords>> = {
  open: {
    title: msg`Open a slide`,
    text: msg`Drop a slide anywhere on the page, or choose one. It is read where it lies and never leaves this computer. The demo slide is there for trying things out.`,
    where: ".empty-buttons, .bar-open",
  },
  look: {
    title: msg`Look around`,
    text: msg`Drag the slide, zoom with the wheel, or press 1 to 6 for the magnifications of a microscope and 7 for the whole slide.`,
    where: ".page-stage",
  },
  analyze: {
    title: msg`Analyze`,
    text: msg`With a slide open, Analyze computes the map beside it. The map grows while you look around; a run can be paused and cancelled.`,
    where: ".run",
  },
  threshold: {
    title: msg`Read the map`,
    text: msg`The threshold decides what counts as necrosis; all numbers follow it at once. Hold H to see the tissue without the map.`,
    where: "#slider-threshold",
  },
  export: {
    title: msg`Take it along`,
    text: msg`Export hands out outlines, tables and pictures. A result file opens again on any computer. The label is in none of them.`,
    where: `#${EXPORT_SECTION_ID}`,
  },
  privacy: {
    title: msg`See what leaves the page`,
    text: msg`The counter below lists every request of this page. There is a test that you can do yourself, even with the network unplugged.`,
    where: ".status-requests",
  },
  keys: {
    title: msg`Find help`,
    text: msg`A question mark beside a control tells what it does. The one above lists all keys and starts this tour again.`,
    where: ".bar-keys",
  },
};

/** One step of the tour: lies low on the stage and stops nothing. */
export function TourCard({ app: { tour } }: { readonly app: App }) {
  const step = tour.step.value;
  const nextButton = useTakesKeyboard<HTMLButtonElement>(step !== null);
  useEffect(() => {
    const target = step && document.querySelector(TOUR_WORDS[step].where);
    if (!target) return;
    target.setAttribute("data-toured", "");
    target.scrollIntoView({ block: "nearest", behavior: "instant" });
    return () => target.removeAttribute("data-toured");
  }, [step]);
  if (!step) return null;
  const { title, text } = TOUR_WORDS[step];
  const number = TOUR_STEPS.indexOf(step) + 1;
  const isLast = number === TOUR_STEPS.length;
  return (
    <section class="tour" role="dialog" aria-label={t`Tour`}>
      <div aria-live="polite">
        <h2>{say(title)}</h2>
        <p>{say(text)}</p>
      </div>
      <div class="tour-buttons">
        <span class="figure">{t`${number} of ${TOUR_STEPS.length}`}</span>
        {!isLast && (
          <button type="button" class="link" onClick={() => tour.stop()}>
            {t`Skip the tour`}
          </button>
        )}
        <button type="button" class="plain" aria-disabled={number === 1} onClick={() => tour.back()}>
          {t`Back`}
        </button>
        <button type="button" class="primary" ref={nextButton} onClick={() => tour.next()}>
          {isLast ? t`Done` : t`Next`}
        </button>
      </div>
    </section>
  );
}
