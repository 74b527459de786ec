/** What is known of back stage, by kind, and a hook to read it. */

import { useEffect, useState } from "/page/vendor/preact.js";
import { live } from "/page/live.js";

const KINDS = ["video", "call", "faultButton"];

let current = null;
const listeners = new Set();

/** All of it; null until the first word came. */
export function usePanel() {
  const [seen, setSeen] = useState(current);
  useEffect(() => {
    const listener = () => setSeen(current);
    listeners.add(listener);
    if (listeners.size === 1) end = live("/panel/live", take);
    return () => {
      listeners.delete(listener);
      if (!listeners.size) end();
    };
  }, []);
  return seen;
}

/** Presses a button of back stage; the answer is what is wrong, or nothing. */
export async function press(id) {
  const response = await fetch("/panel/do", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ do: id }),
  });
  return response.ok ? "" : (await response.json()).error;
}

let end = () => {};

function take(entities) {
  const found = { videos: [], calls: [], faultButtons: [] };
  for (const [key, entity] of entities) {
    const kind = key.split(":")[0];
    if (KINDS.includes(kind)) found[`${kind}s`].push(entity);
    else found[kind] = entity;
  }
  found.videos.sort((one, other) => one.order - other.order);
  found.faultButtons.sort((one, other) => one.order - other.order);
  found.calls.sort((one, other) => other.n - one.n);
  current = found;
  for (const listener of listeners) listener();
}
