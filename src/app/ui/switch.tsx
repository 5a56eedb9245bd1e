import type { Signal } from "@preact/signals";

interface SwitchProps {
  readonly label: string;
  readonly value: Signal<boolean>;
  readonly isDisabled?: boolean;
}

export function Switch({ label, value, isDisabled = false }: SwitchProps) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        checked={value.value}
        disabled={isDisabled}
        onChange={(event) => {
          value.value = event.currentTarget.checked;
        }}
      />
      {label}
    </label>
  );
}
