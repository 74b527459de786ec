/** What is typed into a view: told to the server after a pause, and before anything else is done. */

import { act } from "/page/act.js";

const PAUSE = 300;
const pending = new Map();
const typed = new Map();

/** A field holds that now; the app is not told by this. */
export function fill(where, block_id, action_id, value) {
  const key = `${where.view}/${block_id}/${action_id}`;
  clearTimeout(pending.get(key)?.timer);
  typed.set(key, value);
  const send = () => {
    pending.delete(key);
    return act("fill", { where, block_id, action_id, value });
  };
  pending.set(key, { timer: setTimeout(send, PAUSE), send });
}

/** Does something in a message or a view, once all that was typed there is told. */
export async function actThere(where, what, fields) {
  const waiting = [...pending].filter(([key]) => key.startsWith(`${where.view}/`));
  await Promise.all(waiting.map(([, { timer, send }]) => {
    clearTimeout(timer);
    return send();
  }));
  return act(what, fields);
}

/** What a select holds now, so that a submission right after it knows. */
export function noteChoice(where, block_id, action_id, value) {
  if (where.view) typed.set(`${where.view}/${block_id}/${action_id}`, value);
}

/** Whether a field that has to be filled in is empty. */
export function isMissing(view, block) {
  if (block.type !== "input" || block.optional) return false;
  const { action_id } = block.element;
  const key = `${view.id}/${block.block_id}/${action_id}`;
  const value = typed.has(key) ? typed.get(key) : held(view.state[block.block_id]?.[action_id]);
  return value === null || value === undefined || value.length === 0;
}

/** What an entry of a view's state holds. */
export function held(entry) {
  if (!entry) return null;
  const { type, ...value } = entry;
  return Object.values(value)[0] ?? null;
}
