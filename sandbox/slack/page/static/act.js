/** What a person does, sent to the server; what comes of it, said where something is wrong. */

import { snapshot } from "/page/store.js";

/** What the page says of an app that did not answer, in Slack's words where it has some. */
const FAILED = {
  operation_timeout: "The app did not answer in time. Try again?",
  dispatch_failed: "The app could not be reached. Try again?",
};
const SILENT = new Set(["suggest", "fill"]);

/** Does `what`; the answer is `{ok, error?, refused?, …}` and never a rejection. */
export async function act(what, fields = {}) {
  const answer = await send({ as: snapshot().me?.id, do: what, ...fields });
  if (!answer.ok && !SILENT.has(what)) toast(answer.refused ?? told(answer.error));
  return answer;
}

/** An error's name in words. */
export function told(error) {
  return FAILED[error] ?? `The app answered something that Slack cannot use (${error}).`;
}

/** Puts text into the composer of the conversation that is open, or of its thread, for the person to send. */
export function compose(text, { inThread = false } = {}) {
  window.dispatchEvent(new CustomEvent("compose", { detail: { text, inThread } }));
}

/** Says something at the edge of the page for a while. */
export function toast(words) {
  window.dispatchEvent(new CustomEvent("toast", { detail: { words } }));
}

async function send(body) {
  try {
    const response = await fetch("/page/do", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    return response.ok ? answer : { ok: false, refused: answer.error };
  } catch {
    return { ok: false, refused: "The workspace cannot be reached. Is it still running?" };
  }
}
