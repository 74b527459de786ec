/** The list at the left: who one is, conversations, the app's Home. */

import { html, useEffect, useState } from "/page/vendor/preact.js";
import { Avatar } from "/page/avatar.js";
import { Icon } from "/page/icons.js";
import { go, goHome, usePlace } from "/page/places.js";
import { follow, useWorkspace } from "/page/store.js";
import { markSeen, unread } from "/page/reading.js";

/** All of it. */
export function Sidebar() {
  const { app, channels } = useWorkspace();
  const place = usePlace();
  const all = [...channels.values()];
  const direct = all.filter((channel) => channel.kind === "im");
  const withApp = direct.filter((channel) => channel.with === app.bot);
  return html`
    <nav class="sidebar" aria-label="Conversations">
      <h1 class="workspace">${app.workspace}</h1>
      <${ActAs} />
      <h2>Channels</h2>
      <ul>
        ${all.filter((each) => each.kind !== "im").map((each) => html`
          <${Entry} key=${each.id} channel=${each} current=${place.place === each.id} />
        `)}
      </ul>
      <h2>Direct messages</h2>
      <ul>
        ${direct.filter((each) => !withApp.includes(each)).map((each) => html`
          <${Entry} key=${each.id} channel=${each} current=${place.place === each.id} />
        `)}
      </ul>
      <h2>Apps</h2>
      <ul>
        ${app.home && html`
          <li>
            <button
              type="button" class="entry" data-test="home" onClick=${goHome}
              aria-current=${place.isHome ? "page" : null}
            ><${Icon} name="home" /><span class="name">${app.name}</span><small>Home</small></button>
          </li>
        `}
        ${withApp.map((each) => html`
          <${Entry} key=${each.id} channel=${each} current=${place.place === each.id} />
        `)}
      </ul>
    </nav>
  `;
}

/** What a conversation is called, as people see it. */
export function nameOf(channel, people) {
  if (channel.kind !== "im") return channel.name;
  return people.get(channel.with)?.real_name ?? "Direct message";
}

function Entry({ channel, current }) {
  const { people, messages, me } = useWorkspace();
  const person = people.get(channel.with);
  const name = nameOf(channel, people);
  const count = current ? 0 : unread(channel, messages, me);
  useEffect(() => {
    if (current) markSeen(channel, messages, me);
  });
  return html`
    <li>
      <button
        type="button" class=${`entry${count ? " unread" : ""}`} data-test=${`channel-${name}`}
        aria-current=${current ? "page" : null} onClick=${() => go({ place: channel.id })}
      >
        ${channel.kind === "im"
          ? html`<${Avatar} person=${person} small />`
          : html`<${Icon} name=${channel.kind === "groups" ? "lock" : "hash"} />`}
        <span class="name">${name}</span>
        ${person?.is_app && html`<small>Messages</small>`}
        ${count > 0 && html`<span class="count" aria-label=${`${count} new`}>${count}</span>`}
      </button>
    </li>
  `;
}

function ActAs() {
  const { me, people } = useWorkspace();
  const place = usePlace();
  const persons = [...people.values()].filter((person) => !person.is_bot);
  const [languages, setLanguages] = useState();
  useEffect(() => setLanguages(new Intl.DisplayNames(["en"], { type: "language" })), []);
  const become = (id) => {
    const shared = place.isHome || !place.place.startsWith("D");
    go({ person: id, place: shared ? place.place : "" });
    follow(id);
  };
  return html`
    <fieldset class="act-as" data-test="act-as">
      <legend>You are</legend>
      ${persons.map((person) => html`
        <button
          type="button" key=${person.id} aria-pressed=${person.id === me.id}
          onClick=${() => become(person.id)}
        >
          <${Avatar} person=${person} small />
          <span>${person.real_name}</span>
          <small>${languages?.of(person.locale.slice(0, 2))}</small>
        </button>
      `)}
    </fieldset>
  `;
}
