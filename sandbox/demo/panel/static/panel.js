/** The pane: components, account, what can be broken, the promise, calls. */

import { html } from "/page/vendor/preact.js";
import { Account } from "/panel/account.js";
import { Calls } from "/panel/calls.js";
import { Components } from "/panel/components.js";
import { FaultButtons } from "/panel/fault_buttons.js";
import { Kept } from "/panel/promise.js";
import { usePanel } from "/panel/store.js";
import { startTour } from "/panel/tour.js";

/** All that happens behind the conversation. */
export function Pane() {
  const seen = usePanel();
  return html`
    <div class="panel" data-test="panel">
      <header class="stage-top">
        <h2>Back stage</h2>
        <button type="button" class="tool wide" data-test="tour-start" onClick=${startTour}>Tour</button>
      </header>
      ${seen
        ? html`
            <${Components} components=${seen.components} />
            <${Account} account=${seen.account} videos=${seen.videos} />
            <${FaultButtons} faultButtons=${seen.faultButtons} bot=${seen.components.bot} />
            <${Kept} promise=${seen.promise} />
            <${Calls} calls=${seen.calls} videos=${seen.videos} cost=${seen.account.cost} />
          `
        : html`<p class="nothing">Looking…</p>`}
    </div>
  `;
}
