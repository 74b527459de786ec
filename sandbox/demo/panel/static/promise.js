/** The promise, held against what both simulators counted. */

import { html } from "/page/vendor/preact.js";

const MARKS = { true: "✓", false: "✗", null: "…" };

/** Numbers in a line, and the promise sentence by sentence. */
export function Kept({ promise }) {
  const numbers = [
    [promise.requests, "asked", `What people typed, pressed and chose, in ${promise.deliveries} deliveries by Slack`],
    [promise.started, "started", "Requests with a message in a channel"],
    [promise.posts, "sent", "Regenerations that IACrea began"],
    [promise.spent, "credits spent", "What the account has lost"],
    [promise.told, "told", "Outcomes in the threads"],
  ];
  return html`
    <section aria-labelledby="stage-promise">
      <h3 id="stage-promise">Spent once, finished, told once</h3>
      <dl class="numbers">
        ${numbers.map(([count, words, title]) => html`
          <div title=${title}><dt>${words}</dt><dd>${count}</dd></div>
        `)}
      </dl>
      <ul class="sentences">
        ${promise.sentences.map(({ words, kept }) => html`
          <li key=${words} data-test="promise" data-kept=${kept ?? "pending"}>
            <span class="mark" aria-label=${{ true: "kept", false: "broken" }[kept] ?? "under way"}>${MARKS[kept]}</span>
            ${words}
          </li>
        `)}
      </ul>
    </section>
  `;
}
