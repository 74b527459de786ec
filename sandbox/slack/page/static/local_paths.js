/** Which addresses the page may load or open, and where they are found. */

import { go } from "/page/places.js";
import { snapshot } from "/page/store.js";

/** The path at which a picture or film of that address is found here; null: nothing is fetched. */
export function shown(url) {
  for (const [prefix, path] of Object.entries(snapshot().app?.local_paths ?? {})) {
    if (url?.startsWith(prefix)) return path + url.slice(prefix.length);
  }
  return null;
}

/** What a link leads to: here, or elsewhere by http; null where it leads nowhere one may go. */
export function linked(url) {
  const found = shown(url);
  if (found) return found;
  return /^(https?|mailto):/i.test(url ?? "") ? url : null;
}

/** Goes to the message that a permalink of this workspace names; false where it is none. */
export function visit(url) {
  const { app, messages } = snapshot();
  if (!url?.startsWith(`${app.site}archives/`)) return false;
  const [, channel, digits] = /archives\/(\w+)\/p(\d+)/.exec(url) ?? [];
  if (!channel) return false;
  const ts = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  const message = messages.get(`${channel}:${ts}`);
  const thread = message?.thread_ts ?? (message?.replies ? ts : "");
  go({ place: channel, thread });
  return true;
}
