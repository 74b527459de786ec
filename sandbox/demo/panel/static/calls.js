/** The log of calls to IACrea, the newest first: that something is sent once can be seen here. */

import { html } from "/page/vendor/preact.js";
import { plainEffect } from "/panel/account.js";

/** All entries; regenerations stand out, with what they cost. */
export function Calls({ calls, videos, cost }) {
  return html`
    <section aria-labelledby="stage-calls">
      <h3 id="stage-calls">Calls to IACrea</h3>
      ${calls.length === 0 && html`<p class="quiet">None yet.</p>`}
      <ol class="calls">
        ${calls.map((call) => html`<${Call} key=${call.n} call=${call} videos=${videos} cost=${cost} />`)}
      </ol>
    </section>
  `;
}

function Call({ call, videos, cost }) {
  const paid = call.kind === "regenerate" && call.effective;
  return html`
    <li class=${`call ${call.kind}`} data-test="call" data-kind=${call.kind} data-status=${call.status ?? "dropped"}>
      <details>
        <summary>
          <time>${new Date(call.at * 1000).toLocaleTimeString("en-GB")}</time>
          <b class="method">${call.method}</b>
          <span class="words">${words(call, videos)}</span>
          ${paid && html`<b class="paid">−${cost}</b>`}
          <span class=${`answer a${String(call.status ?? "dropped")[0]}`}>${call.status ?? "dropped"}</span>
        </summary>
        <p class="quiet">${call.path}</p>
        ${call.body !== null && html`<pre>${JSON.stringify(call.body, null, 2)}</pre>`}
        <pre>${call.answer || "(no answer)"}</pre>
      </details>
    </li>
  `;
}

/** What a call was about, in plain words. */
function words(call, videos) {
  const { video } = call;
  if (call.kind === "regenerate") {
    const sequences = videos.find((each) => each.id === video)?.sequences ?? [];
    const position = sequences.find((each) => each.id === call.body?.sequenceId)?.position ?? "?";
    const effect = plainEffect(call.body?.sequence?.effect);
    return `regenerate ${position} of ${video}${effect && ` · ${effect}`}`;
  }
  if (call.kind === "poll") return `poll ${video}${call.times > 1 ? ` ×${call.times}` : ""}${call.answered ? ` → ${call.answered}` : ""}`;
  return call.kind === "balance" ? "balance" : call.path;
}
