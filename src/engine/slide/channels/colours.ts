/** Red, green, blue, 0-255. */
export type Rgb = readonly [number, number, number];

/** What a file may say of a channel that tells how it is best shown. */
export interface ChannelHints {
  readonly name: string;
  /** As the file gives it, or null. */
  readonly colour: Rgb | null;
  /** Nanometres, or null. */
  readonly emissionNm: number | null;
}

const WHITE: Rgb = [255, 255, 255];
const BLUE: Rgb = [64, 96, 255];
const CYAN: Rgb = [0, 190, 255];
const GREEN: Rgb = [0, 230, 70];
const YELLOW: Rgb = [255, 225, 0];
const ORANGE_RED: Rgb = [255, 96, 24];
const MAGENTA: Rgb = [255, 48, 210];

/** Stains and filters by the colour in which people expect them; the first that matches. */
const BY_NAME: readonly (readonly [RegExp, Rgb])[] = [
  [/bright.?field|transmit|phase|\bdic\b|\btl\b|\bbf\b/i, WHITE],
  [/dapi|hoechst|draq|nuclei|\bdna\b|bv ?421|pacific ?blue|(alexa|af|cf|a)[ -]?(fluor )?(350|405)\b/i, BLUE],
  [/\bcfp\b|cerulean|opal[ -]?480/i, CYAN],
  [/fitc|e?gfp|\bcy2\b|spectrum ?green|opal[ -]?520|(alexa|af|cf|a)[ -]?(fluor )?488\b/i, GREEN],
  [/e?yfp|venus|opal[ -]?540|(alexa|af|cf|a)[ -]?(fluor )?(514|532)\b/i, YELLOW],
  [
    /cy ?5|cy ?7|apc|far.?red|opal[ -]?(690|780)|(alexa|af|cf|a)[ -]?(fluor )?(633|647|660|680|700|750|790)\b/i,
    MAGENTA,
  ],
  [
    /cy ?3|tritc|rhod|texas|mcherry|tdtomato|\brfp\b|spectrum ?orange|opal[ -]?(570|620|650)|(alexa|af|cf|a)[ -]?(fluor )?(546|555|568|594)\b/i,
    ORANGE_RED,
  ],
];

/**
 * For channels of which nothing is known: neighbours differ in luminance as well as in hue, so that they stay apart for
 * eyes that confuse red and green, and no pair is red beside green.
 */
const CYCLE: readonly Rgb[] = [CYAN, MAGENTA, YELLOW, [120, 110, 255], [255, 150, 60], [120, 255, 190]];

/**
 * A colour for each channel: the file's own where its channels differ in it, else by the name of the stain, else by the
 * colour of its light, else by turn. A single channel of which nothing is known is grey.
 */
export function channelColours(channels: readonly ChannelHints[]): Rgb[] {
  // Black and white are what writers give that know no colour.
  const own = channels.map(({ colour }) => (colour && !isBlackOrWhite(colour) ? colour : null));
  const isTold = channels.length === 1 || new Set(own.map(String)).size > 1;
  let turn = 0;
  return channels.map((channel, index) => {
    const told = isTold ? own[index] : null;
    const known = told ?? byName(channel.name) ?? byEmission(channel.emissionNm);
    if (known) return known;
    return channels.length === 1 ? WHITE : (CYCLE[turn++ % CYCLE.length] ?? WHITE);
  });
}

/** True for a picture taken with transmitted light, which would drown the others. */
export function isTransmitted(name: string): boolean {
  return BY_NAME[0]?.[0].test(name) ?? false;
}

function isBlackOrWhite(colour: Rgb): boolean {
  return colour.every((value) => value === 0) || colour.every((value) => value === 255);
}

function byName(name: string): Rgb | null {
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** Bands of visible light as filters divide them; beyond 640 nm eyes see nothing, and magenta stands for it. */
function byEmission(nm: number | null): Rgb | null {
  if (nm === null || !(nm >= 300 && nm <= 1200)) return null;
  if (nm < 475) return BLUE;
  if (nm < 500) return CYAN;
  if (nm < 545) return GREEN;
  if (nm < 572) return YELLOW;
  return nm < 640 ? ORANGE_RED : MAGENTA;
}
