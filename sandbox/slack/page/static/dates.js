/** Times in the reader's own zone and language, after Slack's date tokens. */

import { html, useEffect, useState } from "/page/vendor/preact.js";
import { useWorkspace } from "/page/store.js";

const DAY = 86400;
const STEPS = [
  [60, 1, "second"],
  [3600, 60, "minute"],
  [DAY, 3600, "hour"],
  [Infinity, DAY, "day"],
];

const FORMATS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

/** A date of a message: its format's tokens filled in, `{ago}` ever anew. */
export function Moment({ node }) {
  const { me } = useWorkspace();
  const [, setNow] = useState(0);
  useEffect(() => {
    if (!node.format.includes("{ago}")) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [node.format]);
  return html`<time title=${node.else}>${filled(node.format, node.at, me.locale)}</time>`;
}

/** How long ago that was, or how long it will take: “2 minutes ago”. */
export function ago(at, locale) {
  const seconds = Math.round(at - Date.now() / 1000);
  const [, size, unit] = STEPS.find(([most]) => Math.abs(seconds) < most);
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

function filled(format, at, locale) {
  return format.replace(/\{(\w+)\}/g, (token, name) => {
    if (name === "ago") return ago(at, locale);
    const pretty = name.endsWith("_pretty");
    const options = FORMATS[name.replace("_pretty", "")];
    if (!options) return token;
    return (pretty && nearby(at, locale)) || new Date(at * 1000).toLocaleString(locale, options);
  });
}

/** “today”, “yesterday”, “tomorrow”, where it is one of these. */
function nearby(at, locale) {
  const midnight = new Date().setHours(0, 0, 0, 0) / 1000;
  const days = Math.floor((at - midnight) / DAY);
  if (Math.abs(days) > 1) return null;
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
}
