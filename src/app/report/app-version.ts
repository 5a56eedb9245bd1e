import { version } from "../../../package.json";

/** The version that stands in every export. */
export const APP_VERSION: string = version;
