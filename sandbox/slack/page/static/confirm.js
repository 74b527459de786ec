/** The question that an element asks before it does something. */

import { html, useLayoutEffect, useRef } from "/page/vendor/preact.js";
import { Text } from "/page/text.js";

/** Asks; Escape is a no. */
export function Confirm({ confirm, onYes, onNo }) {
  const dialog = useRef();
  useLayoutEffect(() => dialog.current.showModal(), []);
  const answer = (what) => {
    dialog.current.close();
    what();
  };
  return html`
    <dialog class="modal confirm" ref=${dialog} aria-label=${confirm.title.text} data-test="confirm"
      onCancel=${(event) => { event.preventDefault(); answer(onNo); }}>
      <header><h2><${Text} of=${confirm.title} /></h2></header>
      <div class="modal-body text"><${Text} of=${confirm.text} /></div>
      <footer>
        <button type="button" class="button" onClick=${() => answer(onNo)}><${Text} of=${confirm.deny} /></button>
        <button type="button" autofocus class=${`button ${confirm.style === "danger" ? "danger" : "primary"}`}
          data-test="confirm-yes" onClick=${() => answer(onYes)}><${Text} of=${confirm.confirm} /></button>
      </footer>
    </dialog>
  `;
}
