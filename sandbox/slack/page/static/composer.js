/** Where people type: messages, and slash commands with their hints. */

import { html, useEffect, useRef, useState } from "/page/vendor/preact.js";
import { act } from "/page/act.js";
import { Icon } from "/page/icons.js";
import { Menu } from "/page/popup.js";
import { nameOf } from "/page/sidebar.js";
import { useWorkspace } from "/page/store.js";
import { TextField } from "/page/text_field.js";

const INVITE = { name: "/invite", hint: "@somebody", description: "Invite somebody to this channel" };
const drafts = new Map();
const sent = [];

/** The field below a conversation, or below a thread of it. */
export function Composer({ channel, threadTs = null }) {
  const { app, people } = useWorkspace();
  const where = `${channel.id}/${threadTs ?? ""}`;
  const [typed, setTyped] = useState(drafts.get(where) ?? "");
  const [wrong, setWrong] = useState("");
  const field = useRef();
  const type = (text) => {
    drafts.set(where, text);
    setWrong("");
    setTyped(text);
  };
  useComposed(threadTs, field, type);
  const commands = [...app.commands, INVITE];
  const meant = commands.find((each) => typed === each.name || typed.startsWith(`${each.name} `));
  const hint = threadTs ? undefined : meant;
  const send = async () => {
    const text = typed.trim();
    if (!text) return;
    const isCommand = text.startsWith("/");
    const [name] = text.split(" ");
    if (isCommand && !meant) return setWrong(`${name} is not a valid command.`);
    if (isCommand && threadTs) return setWrong(`${name} is not supported in threads. Sorry!`);
    type("");
    sent.push(text);
    const answer = await act(isCommand ? "command" : "say", { channel: channel.id, text, thread_ts: threadTs });
    if (!answer.ok && answer.refused) setTyped((now) => now || text);
  };
  const recall = (event) => {
    if (event.key !== "ArrowUp" || typed || !sent.length) return;
    event.preventDefault();
    type(sent.at(-1));
  };
  const name = nameOf(channel, people);
  const label = threadTs ? "Reply…" : `Message ${channel.kind === "im" ? name : `#${name}`}`;
  return html`
    <form class="composer" onSubmit=${(event) => { event.preventDefault(); send(); }}>
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
      <div class="field">
        <${TextField}
          id=${`field-${where}`} test=${threadTs ? "thread-composer" : "composer"} field=${field} label=${label}
          channel=${channel} commands=${threadTs ? [] : commands}
          typed=${typed} onType=${type} onSend=${send} onKey=${recall}
        />
        ${!threadTs && html`<${Shortcuts} app=${app} />`}
        <button type="submit" class="tool send" data-test="send" aria-label="Send" disabled=${!typed.trim()}>
          <${Icon} name="send" />
        </button>
      </div>
      <p class="hint">${hint ? html`<code>${hint.name} ${hint.hint}</code> ${hint.description}` : "\u00a0"}</p>
    </form>
  `;
}

function Shortcuts({ app }) {
  const global = app.shortcuts.filter((shortcut) => shortcut.type === "global");
  if (!global.length) return null;
  return html`
    <${Menu} label="Shortcuts" items=${global.map((shortcut) => ({
      label: shortcut.name,
      hint: shortcut.description,
      act: () => act("shortcut", { callback_id: shortcut.callback_id }),
    }))}><${Icon} name="bolt" /><//>
  `;
}

/** Takes what somebody else composes for this person, either for the channel or for its thread. */
function useComposed(threadTs, field, type) {
  useEffect(() => {
    const composed = (event) => {
      if (Boolean(threadTs) !== event.detail.inThread) return;
      type(event.detail.text);
      field.current?.focus();
    };
    window.addEventListener("compose", composed);
    return () => window.removeEventListener("compose", composed);
  });
}
