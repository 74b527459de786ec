/** The tabs of an app, as Slack shows them above it: its Home, and the direct messages with it. */

import { html } from "/page/vendor/preact.js";
import { go, goHome } from "/page/places.js";
import { unread } from "/page/reading.js";
import { useWorkspace } from "/page/store.js";

/** Both tabs; `home` says which of them one is at. Nothing where the app has no Home. */
export function AppTabs({ home = false }) {
  const { app, channels, messages, me } = useWorkspace();
  const direct = [...channels.values()].find((each) => each.with === app.bot);
  if (!app.home || !direct) return null;
  const count = home ? unread(direct, messages, me) : 0;
  return html`
    <nav class="tabs" aria-label=${`Tabs of ${app.name}`}>
      <button type="button" data-test="tab-home" aria-current=${home ? "page" : null} onClick=${goHome}>Home</button>
      <button
        type="button" data-test="tab-messages" aria-current=${home ? null : "page"}
        onClick=${() => go({ place: direct.id })}
      >Messages${count > 0 && html` <span class="count" aria-label=${`${count} new`}>${count}</span>`}</button>
    </nav>
  `;
}
