/** Stands at the first start, by the results and in every export. */
export const RESEARCH_USE_NOTICE =
  "Research use only. Not a medical device. Not intended for clinical, diagnostic or therapeutic purposes.";
