import type { SlideLevel } from "../../engine/slide/types.ts";
import { formatInteger, withLocalMark } from "../report/numbers.ts";
import { t } from "../words/words.ts";

/** One line a level: size, how many level-0 pixels make one of its own, and how it is cut. */
export function LevelsTable({ levels }: { readonly levels: readonly SlideLevel[] }) {
  return (
    <table class="levels">
      <thead>
        <tr>
          <th scope="col">{t`Level`}</th>
          <th scope="col">{t`Size, px`}</th>
          <th scope="col">{t`Downsample`}</th>
          <th scope="col">{t`Tiles`}</th>
        </tr>
      </thead>
      <tbody>
        {levels.map((level, index) => (
          <tr key={index}>
            <td>{index}</td>
            <td>
              {formatInteger(level.width)} × {formatInteger(level.height)}
            </td>
            <td>{downsampleWords(level)}</td>
            <td>
              {level.tileWidth} × {level.tileHeight}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Both directions where they differ by more than the rounding of a size. */
function downsampleWords({ downsampleX, downsampleY }: SlideLevel): string {
  const figure = (value: number) => withLocalMark(String(Number(value.toFixed(value < 100 ? 3 : 1))));
  const differs = Math.abs(downsampleX - downsampleY) > 0.005 * downsampleX;
  return differs ? `${figure(downsampleX)} × ${figure(downsampleY)}` : figure(downsampleX);
}
