/** A channel or a direct conversation: its header, its messages, its composer. */

import { html, useEffect, useLayoutEffect, useRef, useState } from "/page/vendor/preact.js";
import { act } from "/page/act.js";
import { AppTabs } from "/page/app_tabs.js";
import { SidePanelToggle } from "/page/side_panel.js";
import { Composer } from "/page/composer.js";
import { Icon } from "/page/icons.js";
import { Message } from "/page/message.js";
import { goList } from "/page/places.js";
import { inChannel } from "/page/reading.js";
import { nameOf } from "/page/sidebar.js";
import { useWorkspace } from "/page/store.js";

const TOGETHER = 5 * 60;
const NEAR = 80;

/** The conversation of `channel`; that its direct messages were opened the app is told. */
export function Channel({ channel, sidePanel }) {
  const { app, messages, people } = useWorkspace();
  const shown = inChannel(channel, messages);
  const told = app.tells_messages_tab && channel.with === app.bot;
  useEffect(() => {
    if (told) act("home", { tab: "messages" });
  }, [channel.id, told]);
  return html`
    <${Header} channel=${channel} sidePanel=${sidePanel} />
    <${Scrolling} label=${`Messages in ${nameOf(channel, people)}`}>
      <${Beginning} channel=${channel} people=${people} />
      <${Messages} shown=${shown} />
    <//>
    <${Composer} channel=${channel} />
  `;
}

/** Messages with a line for each new day; one after another of the same author stand together. */
export function Messages({ shown, inThread = false }) {
  return shown.map((message, index) => {
    const before = shown[index - 1];
    const newDay = !inThread && (!before || dayOf(before) !== dayOf(message));
    const together = before && !newDay && before.user === message.user
      && message.at - before.at < TOGETHER && before.ephemeral === message.ephemeral;
    return html`
      ${newDay && html`<p class="day" key=${`day-${message.ts}`}><span>${dayOf(message)}</span></p>`}
      <${Message} key=${message.ts} message=${message} together=${together} inThread=${inThread} />
    `;
  });
}

/** A list that stays at its end while its reader is there. */
export function Scrolling({ label, children }) {
  const box = useRef();
  const stuck = useRef(true);
  const [away, setAway] = useState(false);
  const toEnd = () => {
    if (stuck.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(toEnd);
  useLayoutEffect(() => {
    const grown = new ResizeObserver(toEnd);
    grown.observe(box.current.firstElementChild);
    grown.observe(box.current);
    return () => grown.disconnect();
  }, []);
  const scrolled = () => {
    if (!box.current) return; // a scroll is told of a frame later, when it may be gone
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    stuck.current = scrollHeight - scrollTop - clientHeight < NEAR;
    setAway(!stuck.current);
  };
  const jump = () => {
    stuck.current = true;
    toEnd();
  };
  return html`
    <div class="scrolling" ref=${box} onScroll=${scrolled} tabindex="0" role="log" aria-label=${label}>
      <div class="messages">${children}</div>
    </div>
    ${away && html`<button type="button" class="jump" onClick=${jump}>
      <${Icon} name="down" /> Newest messages
    </button>`}
  `;
}

function Header({ channel, sidePanel }) {
  const { people, app } = useWorkspace();
  const person = people.get(channel.with);
  return html`
    <header class="top">
      <button type="button" class="tool back" data-test="back" aria-label="Back to the list" onClick=${goList}>
        <${Icon} name="back" />
      </button>
      <h2>
        ${channel.kind !== "im" && html`<${Icon} name=${channel.kind === "groups" ? "lock" : "hash"} />`}
        ${nameOf(channel, people)}
        ${person?.is_app && html`<small class="badge">App</small>`}
      </h2>
      ${person?.is_app && html`<${AppTabs} />`}
      <${Membership} channel=${channel} app=${app} people=${people} />
      <span class="gap"></span>
      <${SidePanelToggle} sidePanel=${sidePanel} />
    </header>
  `;
}

function Membership({ channel, app, people }) {
  if (channel.kind === "im") return null;
  const bot = people.get(app.bot)?.real_name ?? app.name;
  const invite = () => act("command", { channel: channel.id, text: `/invite @${bot}` });
  if (!channel.bot_member) {
    return html`
      <span class="quiet">${bot} is not in this channel</span>
      <button type="button" class="button small" data-test="invite" onClick=${invite}>Invite ${bot}</button>
    `;
  }
  return html`<span class="quiet">${channel.members.length} members</span>`;
}

function Beginning({ channel, people }) {
  const name = nameOf(channel, people);
  const words = channel.kind === "im"
    ? `This is the beginning of your direct messages with ${name}.`
    : `This is the very beginning of #${name}.`;
  return html`<p class="beginning">${words}</p>`;
}

function dayOf(message) {
  const day = new Date(message.at * 1000);
  if (day.toDateString() === new Date().toDateString()) return "Today";
  return day.toLocaleDateString("en", { weekday: "long", month: "long", day: "numeric" });
}
