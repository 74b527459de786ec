/** The pane in which one thread stands. */

import { html, useEffect, useRef } from "/page/vendor/preact.js";
import { Composer } from "/page/composer.js";
import { Messages, Scrolling } from "/page/conversation.js";
import { Icon } from "/page/icons.js";
import { go } from "/page/places.js";
import { inThread } from "/page/reading.js";
import { nameOf } from "/page/sidebar.js";
import { useWorkspace } from "/page/store.js";

/** The thread of `root`; Escape closes it. */
export function Thread({ channel, root }) {
  const { messages, people } = useWorkspace();
  const close = () => go({ thread: "" });
  const heading = useRef();
  useEffect(() => heading.current?.focus(), []);
  const [first, ...replies] = inThread(channel, messages, root.ts);
  const count = root.replies?.count ?? 0; // what one person alone sees is no reply
  const escape = (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  };
  return html`
    <aside class="thread column" data-test="thread" aria-label="Thread" onKeyDown=${escape}>
      <header class="top">
        <h2 tabindex="-1" ref=${heading}>Thread <span class="quiet">${nameOf(channel, people)}</span></h2>
        <span class="gap"></span>
        <button type="button" class="tool" aria-label="Close the thread" data-test="close-thread" onClick=${close}>
          <${Icon} name="close" />
        </button>
      </header>
      <${Scrolling} label="Messages in the thread">
        <${Messages} shown=${[first]} inThread />
        <p class="day in-thread"><span>${count === 1 ? "1 reply" : `${count} replies`}</span></p>
        <${Messages} shown=${replies} inThread />
      <//>
      <${Composer} channel=${channel} threadTs=${root.ts} />
    </aside>
  `;
}
