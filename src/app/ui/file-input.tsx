import { useLayoutEffect, useRef } from "preact/hooks";
import { canPickFiles, pickFiles } from "../file-handles.ts";
import type { App } from "../state/app.ts";
import { openTogether } from "../state/open-together.ts";
import { t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";

/** What the file dialog offers first; whatever else is chosen is tried all the same. */
const ACCEPT =
  ".palisade,.svs,.tif,.tiff,.btf,.tf8,.ndpi,.scn,.bif,.dcm,.png,.jpg,.jpeg,.webp,.avif,.gif,.bmp,.jxl,image/tiff,image/png,image/jpeg";

/** Always on the page, out of sight, for the dialog and for programs that drive the page. */
export function FileInput({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    commands.offerFileDialog(() => {
      if (canPickFiles()) void pick(app);
      else input.current?.click();
    });
  }, [app, commands]);
  return (
    <label class="out-of-sight">
      {t`Slide file`}
      <input
        ref={input}
        type="file"
        multiple
        tabIndex={-1}
        accept={ACCEPT}
        onChange={(event) => {
          const { currentTarget } = event;
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = "";
          if (files.length > 0) void openTogether(app, files);
        }}
      />
    </label>
  );
}

/** Files of this dialog can be opened again without being chosen. */
async function pick(app: App): Promise<void> {
  const files = await pickFiles();
  if (files.length > 0) await openTogether(app, files);
}
