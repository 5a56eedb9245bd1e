import { RESEARCH_USE_NOTICE } from "../../engine/base/research-use.ts";
import { retell } from "../words/words.ts";

/** The English sentence is the binding one and stays beside that of another language. */
export function ResearchNotice() {
  const sentence = retell(RESEARCH_USE_NOTICE);
  return (
    <p class="notice">
      {sentence}
      {sentence !== RESEARCH_USE_NOTICE && <span lang="en"> {RESEARCH_USE_NOTICE}</span>}
    </p>
  );
}
