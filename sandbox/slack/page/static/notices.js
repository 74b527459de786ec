/** What the page says by itself: that it is offline, what was refused, what is new. */

import { html, useEffect, useRef, useState } from "/page/vendor/preact.js";
import { useWorkspace } from "/page/store.js";
import { plain } from "/page/text.js";

const SHOWN = 7000;

/** A line while the server cannot be heard. */
export function Offline() {
  const { online, app } = useWorkspace();
  if (!online) return html`<p class="offline" role="status">The workspace is away. Reconnecting…</p>`;
  if (app.connected) return null;
  return html`<p class="offline" role="status">${app.name} is not connected at the moment.</p>`;
}

/** Refusals, at the edge of the page, for a while. */
export function Toasts() {
  const [toasts, setToasts] = useState([]);
  useEffect(() => {
    const add = (event) => {
      const toast = { id: Math.random(), words: event.detail.words };
      setToasts((all) => [...all.slice(-2), toast]);
      setTimeout(() => setToasts((all) => all.filter((each) => each !== toast)), SHOWN);
    };
    window.addEventListener("toast", add);
    return () => window.removeEventListener("toast", add);
  }, []);
  return html`
    <div class="toasts" role="status" data-test="toasts">
      ${toasts.map((toast) => html`<p key=${toast.id}>${toast.words}</p>`)}
    </div>
  `;
}

/** New messages of others, for screen readers. */
export function Announcer() {
  const { messages, people, me } = useWorkspace();
  const [words, setWords] = useState("");
  const newest = useRef("");
  useEffect(() => {
    const last = [...messages.values()].reduce((one, each) => (each.ts > (one?.ts ?? "") ? each : one), null);
    if (!last || last.ts <= newest.current) return;
    const known = newest.current !== "";
    newest.current = last.ts;
    if (known && last.user !== me.id) setWords(`${people.get(last.user)?.real_name}: ${plain(last.text, people)}`);
  });
  return html`<p class="visually-hidden" aria-live="polite">${words}</p>`;
}
