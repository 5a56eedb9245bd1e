/** On it the service worker of this site tells every page of its own requests: lists of `SeenRequest`. */
export const SITE_CHANNEL = "palisade requests of the service worker";
