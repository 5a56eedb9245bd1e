import type { App } from "../state/app.ts";
import { t } from "../words/words.ts";
import type { PageCommands } from "./commands.ts";
import { KeepSettings } from "./keep-settings.tsx";
import { RecentList } from "./recent-list.tsx";
import { Section } from "./section.tsx";

const MOST = 40;

/** What this computer remembers. */
export function RecentSection({ app, commands }: { readonly app: App; readonly commands: PageCommands }) {
  const slides = app.recent.slides.value ?? [];
  const note = app.recent.dateNote.value;
  return (
    <Section title={t`Recent`} isFolded>
      {note && <p class="remark">{note}</p>}
      {slides.length > 0 ? (
        <RecentList app={app} commands={commands} most={MOST} />
      ) : (
        <p class="remark">{t`No slide is kept on this computer.`}</p>
      )}
      <KeepSettings app={app} commands={commands} />
    </Section>
  );
}
