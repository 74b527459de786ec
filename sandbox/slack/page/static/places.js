/** Where in the workspace the page is, kept in its address: reload, back and forward work. */

import { useEffect, useState } from "/page/vendor/preact.js";

const HOME = "home";
const CHANNELS = "channels";

/**
 * The place that the address names: `#U1/C1/1700000000.000100`, `#U1/home`, `#U1/channels`.
 * `channels` is the list itself, which only a narrow page shows alone.
 */
export function here() {
  const [person = "", place = "", thread = ""] = location.hash.slice(1).split("/");
  return { person, place, thread, isHome: place === HOME, isList: place === CHANNELS };
}

/** Goes to a place; what is left out stays as it is. */
export function go({ person = here().person, place = here().place, thread = "" }, { replace = false } = {}) {
  const address = `#${[person, place, thread].filter(Boolean).join("/")}`;
  if (address === location.hash) return;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  window.dispatchEvent(new Event("moved"));
}

export const goHome = () => go({ place: HOME });
export const goList = () => go({ place: CHANNELS });

/** The place, for a component that is drawn anew whenever it changes. */
export function usePlace() {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const moved = () => setPlace(here());
    const signs = ["moved", "popstate", "hashchange"];
    for (const sign of signs) window.addEventListener(sign, moved);
    return () => signs.forEach((sign) => window.removeEventListener(sign, moved));
  }, []);
  return place;
}
