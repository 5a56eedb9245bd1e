/** Other origins whose slides this build may open (tools/page-policy.ts); none unless it was configured for some. */
declare const __SLIDE_ORIGINS__: readonly string[];
