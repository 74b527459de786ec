/** What the server says there is, as one immutable snapshot, and a hook to read it. */

import { useEffect, useState } from "/page/vendor/preact.js";
import { live } from "/page/live.js";

const NOTHING = {
  me: null,
  app: null,
  online: false,
  people: new Map(),
  channels: new Map(),
  messages: new Map(),
  views: [],
  home: null,
};

let current = NOTHING;
let end = () => {};
let drawing = false;
const listeners = new Set();

/** The workspace as it is known now. */
export function snapshot() {
  return current;
}

/** Has `listener` called after each change, at most once a frame; returns what ends that. */
export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The workspace as it is, for a component that is drawn anew whenever it changes. */
export function useWorkspace() {
  const [seen, setSeen] = useState(current);
  useEffect(() => {
    setSeen(current);
    return subscribe(() => setSeen(current));
  }, []);
  return seen;
}

/** Sees the workspace with the eyes of that person; of the first one, where there is no such. */
export function follow(person) {
  end();
  current = NOTHING;
  tell();
  end = live(
    `/page/live?as=${encodeURIComponent(person)}`,
    (entities) => change(read(entities)),
    (online) => (online || current.me || !person ? change({ online }) : follow("")),
  );
}

function change(fields) {
  current = { ...current, ...fields };
  tell();
}

/** A hidden tab draws no frames, so a timer stands behind the frame. */
function tell() {
  if (drawing) return;
  drawing = true;
  let told = false;
  const once = () => {
    if (told) return;
    told = true;
    drawing = false;
    for (const listener of listeners) listener();
  };
  requestAnimationFrame(once);
  setTimeout(once, 100);
}

function read(entities) {
  const found = { ...NOTHING, people: new Map(), channels: new Map(), messages: new Map(), views: [] };
  for (const [key, entity] of entities) {
    const [kind, ...id] = key.split(":");
    if (kind === "person") found.people.set(id[0], entity);
    else if (kind === "channel") found.channels.set(id[0], entity);
    else if (kind === "message") found.messages.set(id.join(":"), entity);
    else if (kind === "view") found.views.push(entity);
    else found[kind] = entity;
  }
  found.views.sort((one, other) => one.order - other.order);
  return { ...found, online: true };
}
