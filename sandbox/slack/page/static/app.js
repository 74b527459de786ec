/** The page as a whole: what stands where, and what lies above it. */

import { html, useEffect, useState } from "/page/vendor/preact.js";
import { SidePanel, useSidePanel } from "/page/side_panel.js";
import { Channel } from "/page/conversation.js";
import { HomeTab } from "/page/home.js";
import { Modals } from "/page/modal.js";
import { go, usePlace } from "/page/places.js";
import { Announcer, Offline, Toasts } from "/page/notices.js";
import { nameOf, Sidebar } from "/page/sidebar.js";
import { useWorkspace } from "/page/store.js";
import { Thread } from "/page/thread.js";

/** Everything that is on the page. */
export function App() {
  const { me, app } = useWorkspace();
  return me && app ? html`<${Workspace} />` : html`<p class="opening">Opening the workspace…</p>`;
}

function Workspace() {
  const { me, app, channels, messages, people } = useWorkspace();
  const place = usePlace();
  const sidePanel = useSidePanel(app.side_panel);
  const channel = channels.get(place.place);
  const root = channel && place.thread ? messages.get(`${channel.id}:${place.thread}`) : null;
  const narrow = useNarrow();
  useEffect(() => {
    if (channel || place.isHome || (place.isList && narrow)) return;
    const first = [...channels.values()].find((each) => each.kind !== "im");
    if (first) go({ person: me.id, place: first.id }, { replace: true });
  });
  useEffect(() => {
    document.title = `${channel ? nameOf(channel, people) : app.name} · ${app.workspace}`;
  });
  const shown = sidePanel.open && narrow ? "side-panel" : root ? "thread" : channel || place.isHome ? "place" : "list";
  return html`
    <button type="button" class="skip" onClick=${toComposer}>Skip to the message field</button>
    <div class="workspace-page" data-shown=${shown} data-thread=${root ? "" : null}
      data-side-panel=${sidePanel.open ? "" : null}>
      <${Sidebar} />
      <main class="column">
        <${Offline} />
        ${place.isHome && html`<${HomeTab} key=${me.id} sidePanel=${sidePanel} />`}
        ${channel && html`<${Channel} key=${channel.id} channel=${channel} sidePanel=${sidePanel} />`}
      </main>
      ${root && html`<${Thread} key=${root.ts} channel=${channel} root=${root} />`}
      <${SidePanel} sidePanel=${sidePanel} />
    </div>
    <${Modals} />
    <${Toasts} />
    <${Announcer} />
    ${sidePanel.Guide && html`<${sidePanel.Guide} />`}
  `;
}

function toComposer() {
  document.querySelector("[data-test=composer]")?.focus();
}

/** Whether the page shows one column at a time. */
function useNarrow() {
  const query = window.matchMedia("(max-width: 700px)");
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const changed = () => setNarrow(query.matches);
    query.addEventListener("change", changed);
    return () => query.removeEventListener("change", changed);
  }, []);
  return narrow;
}
