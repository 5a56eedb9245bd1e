/** Names one call, so that it can be cancelled: an AbortSignal cannot be posted. */
export type JobId = number;
