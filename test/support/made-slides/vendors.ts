import { madeAperio } from "./aperio.ts";
import { madeLeica } from "./leica.ts";
import { madePhilips } from "./philips.ts";
import { madeTrestle } from "./trestle.ts";
import { madeBif, madeVentanaTiff, VENTANA_ISCAN } from "./ventana.ts";

/** Two regions of a Leica slide, one at a place that is no multiple of the coarser level's pixels. */
export const LEICA_REGIONS = [
  { x: 32, y: 20, width: 200, height: 148 },
  { x: 301, y: 202, width: 120, height: 100 },
] as const;

/** A slide of each scanner that writes TIFF and of which no real file lies at hand, all of them read by OpenSlide too. */
export const VENDOR_SLIDES: Readonly<Record<string, () => Uint8Array<ArrayBuffer>>> = {
  "aperio.svs": () => madeAperio("named"),
  "aperio-gt450.svs": () => madeAperio("gt450"),
  "leica.scn": () => madeLeica(LEICA_REGIONS),
  "leica-2010-03.scn": () => madeLeica(LEICA_REGIONS.slice(0, 1), "2010/03/10"),
  "philips.tiff": () => madePhilips(),
  "trestle.tif": () => madeTrestle(),
  "ventana.bif": () => madeBif(VENTANA_ISCAN),
  "ventana.tif": () => madeVentanaTiff(),
};
