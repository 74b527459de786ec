/** A field in which people type messages: it grows with its text, and offers commands and people. */

import { html, useLayoutEffect, useRef, useState } from "/page/vendor/preact.js";
import { offeredCommands, offeredPeople, useCompletion } from "/page/completion.js";
import { useWorkspace } from "/page/store.js";

const HIGHEST = 200;

/**
 * @param id one for each field of the page.
 * @param field the ref of its textarea.
 * @param commands those that it offers; none in a thread, where Slack takes none.
 * @param onSend called for Enter, without Shift.
 * @param onKey called for every other key that the field does not use itself.
 */
export function TextField({ id, field, label, test, channel, commands = [], typed, onType, onSend, onKey = () => {} }) {
  const { people } = useWorkspace();
  const [caret, setCaret] = useState(typed.length);
  const goTo = useRef(null);
  useLayoutEffect(() => {
    grow(field.current);
    if (goTo.current !== null) field.current.setSelectionRange(goTo.current, goTo.current);
    goTo.current = null;
  }, [typed]);
  const look = () => setCaret(field.current.selectionStart);
  const offers = [...offeredCommands(commands, typed), ...offeredPeople(people, channel, typed, caret)];
  const choose = ({ from, words }) => {
    const begun = `${typed.slice(0, from)}${words} `;
    goTo.current = begun.length;
    setCaret(begun.length);
    onType(begun + typed.slice(caret).trimStart());
  };
  const completion = useCompletion({ id, offers, typed, choose });
  const pressed = (event) => {
    if (completion.pressed(event)) return;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return onKey(event);
    event.preventDefault();
    onSend();
  };
  return html`
    ${completion.list}
    <textarea
      ref=${field} data-test=${test} rows="1" value=${typed} placeholder=${label} aria-label=${label}
      onInput=${(event) => {
        look();
        onType(event.target.value);
      }}
      onKeyDown=${pressed} onKeyUp=${look} onClick=${look} ...${completion.attributes}
    ></textarea>
  `;
}

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, HIGHEST)}px`;
}
