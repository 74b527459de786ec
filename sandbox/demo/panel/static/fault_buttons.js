/** Break it: a button for each thing that can go wrong. */

import { html } from "/page/vendor/preact.js";
import { toast } from "/page/act.js";
import { press } from "/panel/store.js";

/** The buttons. */
export function FaultButtons({ faultButtons, bot }) {
  const armed = faultButtons.some((faultButton) => faultButton.on && faultButton.id !== "kill");
  return html`
    <section aria-labelledby="stage-break">
      <div class="section-top">
        <h3 id="stage-break">Break it</h3>
        <button type="button" class="take-back" data-test="clear" disabled=${!armed} onClick=${() => doIt("clear")}>
          Take all back
        </button>
      </div>
      <div class="fault-buttons">
        ${faultButtons.map((faultButton) => html`<${Button} key=${faultButton.id} faultButton=${faultButton} bot=${bot} />`)}
      </div>
    </section>
  `;
}

function Button({ faultButton, bot }) {
  const { id, label, hint, on, left } = faultButton;
  return html`
    <button
      type="button" class=${`fault-button ${id}`} data-test=${`fault-${id}`} aria-pressed=${on} title=${hint}
      aria-describedby=${`hint-${id}`} onClick=${() => doIt(id)}
    >
      <strong>${label}</strong>
      <span class="left">${said(id, on, left, bot)}</span>
      <small id=${`hint-${id}`}>${hint}</small>
    </button>
  `;
}

/** How it stands with that faultButton, in a word. */
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
