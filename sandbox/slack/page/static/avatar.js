/** A person's picture: initials on a colour of their own; the app has its own colour. */

import { html } from "/page/vendor/preact.js";
import { snapshot } from "/page/store.js";

const HUES = [205, 340, 145, 30, 265, 180];

/** The avatar of a person, who may be somebody the page does not know. */
export function Avatar({ person, small = false }) {
  const name = person?.real_name ?? "?";
  const color = person?.is_app ? snapshot().app?.color : "";
  const style = color ? `background:${color}` : `background:hsl(${hue(person?.id ?? "")} 45% 42%)`;
  return html`
    <span class=${`avatar${small ? " small" : ""}`} style=${style} aria-hidden="true">
      ${name.slice(0, 1).toUpperCase()}
    </span>
  `;
}

function hue(id) {
  let sum = 0;
  for (const letter of id) sum += letter.codePointAt(0);
  return HUES[sum % HUES.length];
}
