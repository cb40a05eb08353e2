// A row of buttons of which one or several are pressed.
import type { ComponentChildren } from "preact";

export interface Option<T> {
  value: T;
  text: ComponentChildren;
  disabled?: boolean;
  title?: string;
}

interface Props<T> {
  label: string;
  options: readonly Option<T>[];
  isChosen(value: T): boolean;
  onChoose(value: T): void;
  /** `segment` draws the buttons as one control, `chips` apart. */
  look: "segment" | "chips";
}

export function Choice<T extends string | number>({ label, options, isChosen, onChoose, look }: Props<T>) {
  return (
    <fieldset class={look}>
      <legend class="unseen">{label}</legend>
      {options.map(({ value, text, disabled = false, title }) => (
        <button
          type="button"
          key={value}
          aria-pressed={isChosen(value)}
          disabled={disabled}
          title={title}
          onClick={() => onChoose(value)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}
