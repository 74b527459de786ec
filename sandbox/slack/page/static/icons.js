/** Small line drawings, in the colour of the text around them. */

import { html } from "/page/vendor/preact.js";

const PATHS = {
  back: "M10 3 5 8l5 5",
  bolt: "M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z",
  close: "m3.5 3.5 9 9m0-9-9 9",
  down: "m4 6 4 4 4-4",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  hash: "M6.5 2 5 14M11 2 9.5 14M2.5 6h11.5M2 10h11.5",
  home: "M2.5 7.5 8 3l5.5 4.5V13h-4V9.5h-3V13h-4z",
  left: "m10 3-5 5 5 5",
  lock: "M4 7.5h8V14H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  out: "M6 3H3v10h10v-3M9 3h4v4M13 3 7 9",
  more: "M8 3.5v.01M8 8v.01M8 12.5v.01",
  reply: "M2.5 3h11v8H8l-3.5 3v-3h-2z",
  right: "m6 3 5 5-5 5",
  send: "M2 2.5 14 8 2 13.5 4 8zm2 5.5h5",
  file: "M4 1.5h5.5L13 5v9.5H4zM9 1.5V5.5h4",
  stage: "M1.5 3h13v10h-13zM9.5 3v10",
};

/** The drawing of that name; it says nothing to screen readers. */
export function Icon({ name }) {
  return html`
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${PATHS[name]} /></svg>
  `;
}
