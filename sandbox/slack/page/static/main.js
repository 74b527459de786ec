/** Starts the page: the person and place named in the address, the workspace, what stands beside. */

import { html, render } from "/page/vendor/preact.js";
import { App } from "/page/app.js";
import { here } from "/page/places.js";
import { follow } from "/page/store.js";

follow(here().person);
render(html`<${App} />`, document.body);
