import type { App } from "../state/app.ts";
import { ALL_CLASSES } from "../state/classes.ts";
import { say, t } from "../words/words.ts";

const ALL = "all";

/** Which of a model's classes the map shows; nothing for a model with one map. */
export function ClassPicker({ app }: { readonly app: App }) {
  const classes = app.classes.classes.value;
  if (!classes) return null;
  const { chosen } = app.classes;
  return (
    <div class="field">
      <label for="shown-class">{t`Map of`}</label>
      <select
        id="shown-class"
        value={chosen.value === null ? ALL : String(chosen.value)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          app.classes.choose(value === ALL ? null : Number(value));
        }}
      >
        <option value={ALL}>{say(ALL_CLASSES)}</option>
        {classes.map(({ name }, index) => (
          <option key={name} value={String(index)}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
