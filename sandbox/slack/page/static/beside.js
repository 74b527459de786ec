/** What stands beside the workspace, if the server names a module for it. */

import { html, useEffect, useState } from "/page/vendor/preact.js";
import { Icon } from "/page/icons.js";

const ROOM = "(min-width: 1180px)";

/** Loads the module; `{Pane, Guide, open, toggle, failed}`. */
export function useBeside(module) {
  const [parts, setParts] = useState({});
  const [open, setOpen] = useState(window.matchMedia(ROOM).matches);
  useEffect(() => {
    if (!module) return;
    import(module).then(
      (loaded) => setParts({ Pane: loaded.default, Guide: loaded.Guide }),
      () => setParts({ failed: true }),
    );
  }, [module]);
  return { ...parts, exists: Boolean(module), open: Boolean(module) && open, toggle: () => setOpen(!open) };
}

/** The pane. */
export function Beside({ beside }) {
  if (!beside.open) return null;
  return html`
    <aside class="beside" aria-label="Back stage">
      <button type="button" class="tool beside-close" aria-label="Close back stage" onClick=${beside.toggle}>
        <${Icon} name="close" />
      </button>
      ${beside.Pane && html`<${beside.Pane} />`}
      ${beside.failed && html`<p class="nothing">What belongs here could not be loaded.</p>`}
    </aside>
  `;
}

/** The button that opens and closes it. */
export function BesideToggle({ beside }) {
  if (!beside.exists) return null;
  return html`
    <button
      type="button" class="tool wide" data-test="beside-toggle" aria-pressed=${beside.open}
      onClick=${beside.toggle}
    ><${Icon} name="stage" /> Back stage</button>
  `;
}
