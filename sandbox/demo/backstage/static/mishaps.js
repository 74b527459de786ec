/** Break it: a button for each thing that can go wrong. */

import { html } from "/page/vendor/preact.js";
import { toast } from "/page/act.js";
import { press } from "/backstage/store.js";

/** The buttons. */
export function Mishaps({ mishaps, bot }) {
  const armed = mishaps.some((mishap) => mishap.on && mishap.id !== "kill");
  return html`
    <section aria-labelledby="stage-break">
      <div class="section-top">
        <h3 id="stage-break">Break it</h3>
        <button type="button" class="take-back" data-test="clear" disabled=${!armed} onClick=${() => doIt("clear")}>
          Take all back
        </button>
      </div>
      <div class="mishaps">
        ${mishaps.map((mishap) => html`<${Button} key=${mishap.id} mishap=${mishap} bot=${bot} />`)}
      </div>
    </section>
  `;
}

function Button({ mishap, bot }) {
  const { id, label, hint, on, left } = mishap;
  return html`
    <button
      type="button" class=${`mishap ${id}`} data-test=${`mishap-${id}`} aria-pressed=${on} title=${hint}
      aria-describedby=${`hint-${id}`} onClick=${() => doIt(id)}
    >
      <strong>${label}</strong>
      <span class="left">${said(id, on, left, bot)}</span>
      <small id=${`hint-${id}`}>${hint}</small>
    </button>
  `;
}

/** How it stands with that mishap, in a word. */
function said(id, on, left, bot) {
  if (!on) return "";
  if (id === "kill") return bot.back_in === null ? "dead" : `back in ${bot.back_in} s`;
  if (id === "valkey") return "stopped";
  if (id === "slow-down") return "on";
  return `×${left}`;
}

async function doIt(id) {
  const wrong = await press(id);
  if (wrong) toast(wrong);
}
