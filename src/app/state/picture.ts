import { computed, type ReadonlySignal } from "@preact/signals";
import type { ChannelView, FocalPlane, SlideChannel } from "../../engine/slide/types.ts";
import type { SlideState } from "./slide.ts";

/** Which of the pictures that the open slide holds is shown: its plane of focus and the light of its channels. */
export interface PictureState {
  /** As asked for last; empty for a stained slide. */
  readonly channels: ReadonlySignal<readonly SlideChannel[]>;
  /** As the file says; as many as `channels`. */
  readonly ownChannels: ReadonlySignal<readonly SlideChannel[]>;
  /** True while any channel is shown otherwise than the file says. */
  readonly isChanged: ReadonlySignal<boolean>;
  /** Lowest first; empty where there is but one. */
  readonly focalPlanes: ReadonlySignal<readonly FocalPlane[]>;
  /** Index of the plane asked for last. */
  readonly focalPlane: ReadonlySignal<number>;
  setChannel(index: number, changes: Partial<ChannelView>): void;
  /** Shows the channels as the file says. */
  resetChannels(): void;
  /** Cut to the planes that there are. */
  focusOn(plane: number): void;
}

export function createPicture({ slide }: { readonly slide: SlideState }): PictureState {
  const channels = computed<readonly SlideChannel[]>(() => {
    const shown = slide.open.value?.info.channels ?? [];
    const asked = slide.wantedView.value?.channels;
    return shown.map((channel, index) => ({ ...channel, ...asked?.[index] }));
  });
  const ownChannels = computed(() => slide.open.value?.ownChannels ?? []);
  const focalPlanes = computed(() => slide.open.value?.info.focalPlanes ?? []);
  const focalPlane = computed(() => slide.wantedView.value?.focalPlane ?? slide.open.value?.info.focalPlane ?? 0);

  function show(changes: { readonly focalPlane?: number; readonly channels?: readonly ChannelView[] }): void {
    void slide.changeView({ ...slide.wantedView.value, ...changes });
  }

  return {
    channels,
    ownChannels,
    isChanged: computed(() => channels.value.some((channel, index) => !isAlike(channel, ownChannels.value[index]))),
    focalPlanes,
    focalPlane,
    setChannel(index, changes) {
      if (!channels.value[index]) return;
      show({
        channels: channels.value.map((channel, i) => viewOf(i === index ? { ...channel, ...changes } : channel)),
      });
    },
    resetChannels: () => show({ channels: ownChannels.value.map(viewOf) }),
    focusOn(plane) {
      const wanted = Math.min(focalPlanes.value.length - 1, Math.max(0, Math.round(plane)));
      if (focalPlanes.value.length < 2 || wanted === focalPlane.value) return;
      // The light stays as it is, so that planes can be compared.
      const isLit = channels.value.length > 0;
      show({ focalPlane: wanted, ...(isLit ? { channels: channels.value.map(viewOf) } : {}) });
    },
  };
}

function viewOf({ isShown, colour, low, high }: ChannelView): ChannelView {
  return { isShown, colour, low, high };
}

function isAlike(a: ChannelView, b: ChannelView | undefined): boolean {
  if (!b) return false;
  return a.isShown === b.isShown && a.low === b.low && a.high === b.high && String(a.colour) === String(b.colour);
}
