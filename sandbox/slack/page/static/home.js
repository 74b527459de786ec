/** The app's Home tab. */

import { html, useEffect } from "/page/vendor/preact.js";
import { act } from "/page/act.js";
import { AppTabs } from "/page/app_tabs.js";
import { SidePanelToggle } from "/page/side_panel.js";
import { Blocks } from "/page/blocks.js";
import { Icon } from "/page/icons.js";
import { goList } from "/page/places.js";
import { useWorkspace } from "/page/store.js";

/** Home, of which the app is told whenever it is opened. */
export function HomeTab({ sidePanel }) {
  const { app, home } = useWorkspace();
  useEffect(() => {
    act("home", { tab: "home" });
  }, []);
  return html`
    <header class="top">
      <button type="button" class="tool back" data-test="back" aria-label="Back to the list" onClick=${goList}>
        <${Icon} name="back" />
      </button>
      <h2>${app.name} <small class="badge">App</small></h2>
      <${AppTabs} home />
      <span class="gap"></span>
      <${SidePanelToggle} sidePanel=${sidePanel} />
    </header>
    <div class="scrolling" data-test="home-tab">
      <div class="home-tab">
        ${home
          ? html`<${Blocks} key=${home.id} blocks=${home.blocks} where=${{ view: home.id }} state=${home.state} />`
          : html`<p class="nothing">${app.name} has not published its Home tab yet.</p>`}
      </div>
    </div>
  `;
}
