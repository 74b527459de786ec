/** Where people type: messages, and slash commands with their hints. */

import { html, useEffect, useLayoutEffect, useRef, useState } from "/page/vendor/preact.js";
import { act } from "/page/act.js";
import { Icon } from "/page/icons.js";
import { Menu } from "/page/popup.js";
import { nameOf } from "/page/sidebar.js";
import { useWorkspace } from "/page/store.js";

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
  useLayoutEffect(() => grow(field.current), [typed]);
  const commands = [...app.commands, INVITE];
  const offered = /^\/\S*$/.test(typed) ? commands.filter((each) => each.name.startsWith(typed)) : [];
  const completion = useCompletion(offered, typed, (command) => type(`${command.name} `));
  const meant = commands.find((each) => typed === each.name || typed.startsWith(`${each.name} `));
  const send = async () => {
    const text = typed.trim();
    if (!text) return;
    const isCommand = text.startsWith("/");
    if (isCommand && !meant) return setWrong(`${text.split(" ")[0]} is not a valid command.`);
    type("");
    sent.push(text);
    const answer = await act(isCommand ? "command" : "say", { channel: channel.id, text, thread_ts: threadTs });
    if (!answer.ok && answer.refused) setTyped((now) => now || text);
  };
  const pressed = (event) => {
    if (completion.pressed(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && !typed && sent.length) {
      event.preventDefault();
      type(sent.at(-1));
    }
  };
  const name = nameOf(channel, people);
  const placeholder = threadTs ? "Reply…" : `Message ${channel.kind === "im" ? name : `#${name}`}`;
  return html`
    <form class="composer" onSubmit=${(event) => { event.preventDefault(); send(); }}>
      ${completion.list}
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
      <div class="field">
        <textarea
          ref=${field} data-test=${threadTs ? "thread-composer" : "composer"} rows="1" value=${typed}
          placeholder=${placeholder} aria-label=${placeholder} onInput=${(event) => type(event.target.value)}
          onKeyDown=${pressed} ...${completion.attributes}
        ></textarea>
        ${!threadTs && html`<${Shortcuts} app=${app} />`}
        <button type="submit" class="tool send" data-test="send" aria-label="Send" disabled=${!typed.trim()}>
          <${Icon} name="send" />
        </button>
      </div>
      <p class="hint">${meant ? html`<code>${meant.name} ${meant.hint}</code> ${meant.description}` : "\u00a0"}</p>
    </form>
  `;
}

/** A list of what is offered, and the keys that go through it; Enter sends what is complete. */
function useCompletion(offered, typed, choose) {
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState(false);
  const names = offered.map((each) => each.name).join();
  useEffect(() => {
    setAt(0);
    setClosed(false);
  }, [names]);
  const open = offered.length > 0 && !closed;
  const current = offered[Math.min(at, offered.length - 1)];
  const pressed = (event) => {
    if (!open || (event.key === "Enter" && typed === current.name)) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      setAt((at + (event.key === "ArrowDown" ? 1 : offered.length - 1)) % offered.length);
    } else if (event.key === "Tab" || event.key === "Enter") choose(current);
    else if (event.key === "Escape") setClosed(true);
    else return false;
    event.preventDefault();
    return true;
  };
  const list = open && html`
    <ul class="completion" id="completion" role="listbox" aria-label="Commands" data-test="completion">
      ${offered.map((each, index) => html`
        <li
          key=${each.name} id=${`command-${index}`} role="option" aria-selected=${each === current}
          onPointerDown=${(event) => { event.preventDefault(); choose(each); }}
          onPointerEnter=${() => setAt(index)}
        ><strong>${each.name}</strong> <span>${each.hint}</span><small>${each.description}</small></li>
      `)}
    </ul>
  `;
  const attributes = open
    ? { "aria-controls": "completion", "aria-activedescendant": `command-${offered.indexOf(current)}` }
    : {};
  return { list, pressed, attributes };
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

/** Takes what somebody else composes for this person; never what is meant for a channel in a thread. */
function useComposed(threadTs, field, type) {
  useEffect(() => {
    if (threadTs) return undefined;
    const composed = (event) => {
      type(event.detail.text);
      field.current?.focus();
    };
    window.addEventListener("compose", composed);
    return () => window.removeEventListener("compose", composed);
  });
}

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
}
