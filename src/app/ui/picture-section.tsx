import type { App } from "../state/app.ts";
import { retell, t } from "../words/words.ts";
import { ChannelRow } from "./channel-row.tsx";
import { FocusField } from "./focus-field.tsx";
import { Section } from "./section.tsx";

/** What of a file with several pictures is shown: its plane of focus and its channels. Not there for a slide with but one. */
export function PictureSection({ app }: { readonly app: App }) {
  const { picture } = app;
  const slide = app.slide.open.value;
  const channels = picture.channels.value;
  const hasPlanes = picture.focalPlanes.value.length > 1;
  if (!slide || (channels.length === 0 && !hasPlanes)) return null;
  const { properties } = slide.info;
  const remarks = [properties["ome.missing"], properties["ome.shown"], properties["stack.note"]];
  return (
    <Section title={channels.length > 0 ? t`Channels` : t`Focus`}>
      {hasPlanes && <FocusField app={app} />}
      {channels.length > 0 && (
        <ul class="channels">
          {channels.map((channel, index) => (
            <ChannelRow key={`${slide.filesId} ${index}`} app={app} channel={channel} index={index} />
          ))}
        </ul>
      )}
      {picture.isChanged.value && (
        <p class="remark">
          <button type="button" class="link" onClick={() => picture.resetChannels()}>
            {t`Show as the file says`}
          </button>
        </p>
      )}
      {remarks.map((remark) => remark && <Remark key={remark} text={remark} />)}
    </Section>
  );
}

function Remark({ text }: { readonly text: string }) {
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return <p class="remark">{retell(sentence.endsWith(".") ? sentence : `${sentence}.`)}</p>;
}
