/** One message: who, when, what; what can be done with it; its thread in a line. */

import { html, useEffect, useRef, useState } from "/page/vendor/preact.js";
import { act } from "/page/act.js";
import { Avatar } from "/page/avatar.js";
import { Blocks } from "/page/blocks.js";
import { Editing } from "/page/editing.js";
import { Icon } from "/page/icons.js";
import { go } from "/page/places.js";
import { Menu } from "/page/popup.js";
import { useWorkspace } from "/page/store.js";
import { Nodes } from "/page/text.js";
import { ago } from "/page/dates.js";

const HIGHLIGHT = 1200;

/** A message; `together`: the one above is of the same author, a moment ago. */
export function Message({ message, together, inThread }) {
  const { people, app } = useWorkspace();
  const author = people.get(message.user);
  const edited = useEdited(message);
  const [editing, setEditing] = useState(false);
  const classes = ["message", together && "together", message.ephemeral && "ephemeral", edited && "just-edited"];
  return html`
    <article
      class=${classes.filter(Boolean).join(" ")} data-test="message" data-ts=${message.ts}
      aria-label=${`${author?.real_name ?? "Somebody"}, ${clock(message.at)}`}
    >
      <div class="margin">
        ${together ? html`<time class="hover-time">${clock(message.at)}</time>` : html`<${Avatar} person=${author} />`}
      </div>
      <div class="said">
        ${message.ephemeral && html`<p class="only-you"><${Icon} name="eye" /> Only visible to you</p>`}
        ${!together && html`
          <p class="author">
            <strong>${author?.real_name ?? message.user}</strong>
            ${author?.is_bot && html`<small class="badge">App</small>`}
            <time title=${new Date(message.at * 1000).toLocaleString("en")}>${clock(message.at)}</time>
          </p>
        `}
        ${editing
          ? html`<${Editing} message=${message} end=${() => setEditing(false)} />`
          : html`<${Body} message=${message} />`}
        ${!inThread && message.replies && html`<${Replies} message=${message} people=${people} />`}
      </div>
      ${!message.ephemeral && !editing && html`
        <${Tools} message=${message} app=${app} inThread=${inThread} edit=${() => setEditing(true)} />
      `}
    </article>
  `;
}

function Body({ message }) {
  const where = { message: [message.channel, message.ts] };
  return html`
    ${message.blocks.length
      ? html`<${Blocks} blocks=${message.blocks} where=${where} />`
      : html`<p class="text"><${Nodes} nodes=${message.text} />${
          message.edited && html` <small class="edited">(edited)</small>`
        }</p>`}
    ${message.files.map((file) => html`
      <p class="file" key=${file.id}>
        <${Icon} name="file" /> <strong>${file.title || file.name}</strong> <small>${sizeOf(file)}</small>
      </p>
    `)}
  `;
}

function Replies({ message, people }) {
  const { count, users, latest } = message.replies;
  return html`
    <button type="button" class="replies" data-test="replies" onClick=${() => go({ thread: message.ts })}>
      ${users.map((id) => html`<${Avatar} person=${people.get(id)} small />`)}
      <strong>${count === 1 ? "1 reply" : `${count} replies`}</strong>
      <span class="quiet">Last reply ${ago(Number(latest), "en")}</span>
    </button>
  `;
}

function Tools({ message, app, inThread, edit }) {
  const where = [message.channel, message.ts];
  const items = app.shortcuts.filter((shortcut) => shortcut.type === "message").map((shortcut) => ({
    label: shortcut.name,
    hint: app.name,
    act: () => act("shortcut", { callback_id: shortcut.callback_id, message: where }),
  }));
  if (message.typed !== null) items.push({ label: "Edit message", act: edit });
  return html`
    <div class="tools">
      ${!inThread && html`
        <button
          type="button" class="tool" title="Reply in thread" aria-label="Reply in thread"
          onClick=${() => go({ thread: message.thread_ts ?? message.ts })}
        ><${Icon} name="reply" /></button>
      `}
      ${items.length > 0 && html`<${Menu} label="More actions" items=${items}><${Icon} name="more" /><//>`}
    </div>
  `;
}

/** Whether the message was edited a moment ago. */
function useEdited(message) {
  const before = useRef(message);
  const [edited, setEdited] = useState(false);
  useEffect(() => {
    if (before.current === message) return undefined;
    const changed = JSON.stringify(before.current.blocks) !== JSON.stringify(message.blocks);
    before.current = message;
    if (!changed) return undefined;
    setEdited(true);
    const timer = setTimeout(() => setEdited(false), HIGHLIGHT);
    return () => clearTimeout(timer);
  }, [message]);
  return edited;
}

function clock(at) {
  return new Date(at * 1000).toLocaleTimeString("en", { hour: "numeric", minute: "2-digit" });
}

function sizeOf(file) {
  return file.size < 1e6 ? `${Math.ceil(file.size / 1e3)} kB` : `${(file.size / 1e6).toFixed(1)} MB`;
}
