/** What stands beside the workspace, if the server names a module for it. */

import { html, useEffect, useState } from "/page/vendor/preact.js";
import { Icon } from "/page/icons.js";

const ROOM = "(min-width: 1180px)";

/** Loads the module; `{Pane, Guide, open, toggle, failed}`. */
export function useSidePanel(module) {
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
export function SidePanel({ sidePanel }) {
  if (!sidePanel.open) return null;
  return html`
    <aside class="side-panel" aria-label="Back stage">
      <button type="button" class="tool side-panel-close" aria-label="Close back stage" onClick=${sidePanel.toggle}>
        <${Icon} name="close" />
      </button>
      ${sidePanel.Pane && html`<${sidePanel.Pane} />`}
      ${sidePanel.failed && html`<p class="nothing">What belongs here could not be loaded.</p>`}
    </aside>
  `;
}

/** The button that opens and closes it. */
export function SidePanelToggle({ sidePanel }) {
  if (!sidePanel.exists) return null;
  return html`
    <button
      type="button" class="tool wide" data-test="side-panel-toggle" aria-pressed=${sidePanel.open}
      onClick=${sidePanel.toggle}
    ><${Icon} name="stage" /> Back stage</button>
  `;
}
