import { ASSUMED_MARK, formatMagnification, formatPixelSize } from "../report/numbers.ts";
import type { App } from "../state/app.ts";
import { say, t } from "../words/words.ts";
import { hasHighContrast, type PageCommands } from "./commands.ts";
import { Icon, Mark } from "./icons.tsx";
import { OpenButtons } from "./open-buttons.tsx";

/** Who this is, what is open, and the ways to open something else. */
export function TopBar({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  const slide = app.slide.open.value;
  const theme = app.settings.theme;
  const { slideOrigins } = app.links;
  const isDark = theme.value === "dark";
  return (
    <header class="bar">
      <div class="bar-brand">
        <Mark />
        <h1>Palisade</h1>
      </div>
      {slideOrigins.length > 0 && (
        <span class="tag bar-origins" title={t`This build of the page was configured for it`}>
          {t`opens slides from ${slideOrigins.map((origin) => new URL(origin).host).join(", ")}`}
        </span>
      )}
      {slide && <SlideTitle app={app} />}
      <div class="bar-buttons">
        {slide && <OpenButtons app={app} commands={commands} isLarge={false} />}
        <button
          type="button"
          class="quiet bar-keys"
          aria-label={t`Keyboard keys`}
          title={t`Keys (?)`}
          onClick={() => commands.showKeys(true)}
        >
          ?
        </button>
        <button
          type="button"
          class="quiet"
          aria-label={isDark ? t`Light theme` : t`Dark theme`}
          title={isDark ? t`Light theme` : t`Dark theme`}
          onClick={() => {
            theme.value = isDark ? "light" : "dark";
          }}
        >
          <Icon name={isDark ? "sun" : "moon"} />
        </button>
        <ContrastButton app={app} />
        {slide && <DockButton app={app} />}
      </div>
    </header>
  );
}

function ContrastButton({ app }: { readonly app: App }) {
  const isHigh = hasHighContrast(app);
  return (
    <button
      type="button"
      class="quiet"
      aria-label={t`High contrast`}
      title={t`High contrast`}
      aria-pressed={isHigh}
      onClick={() => {
        app.settings.contrast.value = isHigh ? "normal" : "more";
      }}
    >
      <Icon name="contrast" />
    </button>
  );
}

function DockButton({ app }: { readonly app: App }) {
  const isOpen = app.settings.dockOpen;
  return (
    <button
      type="button"
      class="quiet"
      aria-label={t`Side panel`}
      title={t`Side panel (D)`}
      aria-pressed={isOpen.value}
      onClick={() => {
        isOpen.value = !isOpen.value;
      }}
    >
      <Icon name="dock" />
    </button>
  );
}

function SlideTitle({ app }: { readonly app: App }) {
  const slide = app.slide.open.value;
  if (!slide) return null;
  const pixelSize = app.slide.pixelSize.value;
  const power = slide.info.objectivePower;
  return (
    <div class="bar-slide">
      <span class="bar-name" title={slide.info.name}>
        {slide.info.name}
      </span>
      {slide.recorded && <span class="tag">{t`result only`}</span>}
      {slide.isDemo && <span class="tag">{t`synthetic`}</span>}
      <span class="bar-facts">
        {power !== null && <span>{formatMagnification(power)}</span>}
        {pixelSize && <span>{formatPixelSize(pixelSize)}</span>}
        {pixelSize?.origin === "assumed" && <span class="assumed">{say(ASSUMED_MARK)}</span>}
      </span>
    </div>
  );
}
