/** What is offered while somebody types: slash commands, and people and the app after an `@`. */

import { html, useEffect, useState } from "/page/vendor/preact.js";
import { Avatar } from "/page/avatar.js";

const COMMAND = /^\/\S*$/;
const MENTION = /(?:^|[\s(])@([\p{L}\p{N}._-]*)$/u;
const MOST = 6;

/** The commands that begin as what is typed does, while nothing else is typed. */
export function offeredCommands(commands, typed) {
  if (!COMMAND.test(typed)) return [];
  return commands.filter((each) => each.name.startsWith(typed)).map((each) => ({
    key: each.name, from: 0, words: each.name, name: each.name, hint: each.hint, description: each.description,
  }));
}

/** Those whose name begins as what stands between an `@` and the caret; who is in the channel comes first. */
export function offeredPeople(people, channel, typed, caret) {
  const begun = MENTION.exec(typed.slice(0, caret))?.[1].toLowerCase();
  if (begun === undefined) return [];
  const there = (person) => channel.members.includes(person.id);
  return [...people.values()]
    .filter((each) => !each.is_bot || each.is_app)
    .filter((each) => [each.name, each.real_name].some((name) => name.toLowerCase().startsWith(begun)))
    .sort((one, other) => there(other) - there(one))
    .slice(0, MOST)
    .map((person) => ({
      key: person.id, from: caret - begun.length - 1, words: `@${person.name}`, person, name: person.real_name,
      hint: [person.is_app && "App", !there(person) && "not in this conversation"].filter(Boolean).join(", "),
    }));
}

/**
 * A list of what is offered, and the keys that go through it.
 *
 * The text field is a combobox while something is offered: the focus stays in it, and
 * `aria-activedescendant` says what would be taken.
 *
 * @param id of the field; that of the list is made of it.
 * @param choose called with the offer that is taken.
 * @returns `{list, pressed, attributes}`: what is shown; a listener for keys that says whether it
 *   used the key; the field's attributes.
 */
export function useCompletion({ id, offers, typed, choose }) {
  const listId = `${id}-offers`;
  const [at, setAt] = useState(0);
  const [closedAt, setClosedAt] = useState(typed); // what stood there at first asks for nothing
  const keys = offers.map((each) => each.key).join();
  useEffect(() => setAt(0), [keys]);
  const open = offers.length > 0 && closedAt !== typed;
  const current = offers[Math.min(at, offers.length - 1)];
  const pressed = (event) => {
    // A command that is complete is sent by Enter; a name is a mention only once it is taken.
    if (!open || event.isComposing || (event.key === "Enter" && typed === current.words && !current.person)) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      setAt((at + (event.key === "ArrowDown" ? 1 : offers.length - 1)) % offers.length);
    } else if ((event.key === "Tab" && !event.shiftKey) || event.key === "Enter") choose(current);
    else if (event.key === "Escape") setClosedAt(typed);
    else return false;
    event.preventDefault();
    return true;
  };
  const list = open && html`
    <ul class="completion" id=${listId} role="listbox" aria-label=${current.person ? "People and apps" : "Commands"} data-test="completion">
      ${offers.map((each, index) => html`
        <li
          key=${each.key} id=${`${listId}-${each.key}`} role="option" aria-selected=${each === current}
          onPointerDown=${(event) => { event.preventDefault(); choose(each); }}
          onPointerEnter=${() => setAt(index)}
        >
          ${each.person && html`<${Avatar} person=${each.person} small />`}
          <strong>${each.name}</strong> <span>${each.hint}</span>${each.description && html`<small>${each.description}</small>`}
        </li>
      `)}
    </ul>
  `;
  const attributes = {
    role: open ? "combobox" : null,
    "aria-autocomplete": "list",
    "aria-expanded": open ? "true" : null,
    "aria-controls": open ? listId : null,
    "aria-activedescendant": open ? `${listId}-${current.key}` : null,
    onBlur: () => setClosedAt(typed),
  };
  return { list, pressed, attributes };
}
