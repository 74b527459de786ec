/** The pane: machinery, account, what can be broken, the promise, calls. */

import { html } from "/page/vendor/preact.js";
import { Account } from "/backstage/account.js";
import { Calls } from "/backstage/calls.js";
import { Machinery } from "/backstage/machinery.js";
import { Mishaps } from "/backstage/mishaps.js";
import { Kept } from "/backstage/promise.js";
import { useBackstage } from "/backstage/store.js";
import { startTour } from "/backstage/tour.js";

/** All that happens behind the conversation. */
export function Pane() {
  const seen = useBackstage();
  return html`
    <div class="backstage" data-test="backstage">
      <header class="stage-top">
        <h2>Back stage</h2>
        <button type="button" class="tool wide" data-test="tour-start" onClick=${startTour}>Tour</button>
      </header>
      ${seen
        ? html`
            <${Machinery} machinery=${seen.machinery} />
            <${Account} account=${seen.account} videos=${seen.videos} />
            <${Mishaps} mishaps=${seen.mishaps} bot=${seen.machinery.bot} />
            <${Kept} promise=${seen.promise} />
            <${Calls} calls=${seen.calls} videos=${seen.videos} cost=${seen.account.cost} />
          `
        : html`<p class="nothing">Looking…</p>`}
    </div>
  `;
}
