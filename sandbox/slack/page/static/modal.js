/** Modals: the topmost view that is open, in a dialog of its own. */

import { html, useLayoutEffect, useEffect, useRef, useState } from "/page/vendor/preact.js";
import { act, told } from "/page/act.js";
import { Blocks } from "/page/blocks.js";
import { actThere, isMissing } from "/page/fields.js";
import { Icon } from "/page/icons.js";
import { useWorkspace } from "/page/store.js";

const MISSING = "Please complete this required field.";

/** Whatever modal is open. */
export function Modals() {
  const { views } = useWorkspace();
  const view = views.at(-1);
  return view ? html`<${Modal} key=${view.root_id} view=${view} />` : null;
}

function Modal({ view }) {
  const dialog = useRef();
  const { busy, missing, failure, submit } = useSubmission(view);
  const close = () => act("close", { view: view.id });
  useLayoutEffect(() => {
    dialog.current.showModal();
    return () => dialog.current?.close();
  }, []);
  const errors = { ...missing, ...view.errors };
  const wrong = Object.keys(errors).join();
  useEffect(() => {
    if (wrong) dialog.current.querySelector(".wrong-input :is(input, textarea, button)")?.focus();
  }, [wrong]);
  const pressed = (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.defaultPrevented) return;
    event.preventDefault();
    if (view.submit) submit();
  };
  return html`
    <dialog class="modal" ref=${dialog} aria-label=${view.title} data-test="modal" onKeyDown=${pressed}
      onCancel=${(event) => { event.preventDefault(); close(); }}>
      <header>
        <h2>${view.title}</h2>
        <button type="button" class="tool" aria-label="Close" data-test="close-modal" onClick=${close}><${Icon} name="close" /></button>
      </header>
      <div class="modal-body" key=${view.id}>
        <${Blocks} blocks=${view.blocks} where=${{ view: view.id }} state=${view.state} errors=${errors} />
      </div>
      <footer>
        ${failure && html`<p class="error" role="alert">${failure}</p>`}
        <button type="button" class="button" onClick=${close}>${view.close ?? (view.submit ? "Cancel" : "Close")}</button>
        ${view.submit && html`
          <button type="button" class=${`button primary${busy ? " busy" : ""}`} aria-busy=${busy} data-test="submit"
            disabled=${view.submit_disabled} onClick=${submit}>${view.submit}</button>
        `}
      </footer>
    </dialog>
  `;
}

/** The submission of a view: under way, refused for fields left empty, not answered. */
function useSubmission(view) {
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState({});
  const [failure, setFailure] = useState("");
  const submit = async () => {
    if (busy) return;
    const empty = view.blocks.filter((block) => isMissing(view, block));
    setMissing(Object.fromEntries(empty.map((block) => [block.block_id, MISSING])));
    setFailure("");
    if (empty.length) return;
    setBusy(true);
    const answer = await actThere({ view: view.id }, "submit", { view: view.id });
    setBusy(false);
    if (!answer.ok) setFailure(answer.refused ?? told(answer.error));
  };
  return { busy, missing, failure, submit };
}
