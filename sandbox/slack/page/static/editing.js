/** One's own message, being edited where it stands. */

import { html, useEffect, useRef, useState } from "/page/vendor/preact.js";
import { act } from "/page/act.js";
import { useWorkspace } from "/page/store.js";
import { TextField } from "/page/text_field.js";

/** The words of `message` in a field: Enter saves them, Escape leaves them as they were. */
export function Editing({ message, end }) {
  const { channels } = useWorkspace();
  const [typed, setTyped] = useState(message.typed);
  const field = useRef();
  useEffect(() => {
    field.current.focus();
    field.current.setSelectionRange(typed.length, typed.length);
  }, []);
  const save = async () => {
    const text = typed.trim();
    if (text === message.typed) return end();
    const answer = text ? await act("edit", { message: [message.channel, message.ts], text }) : {};
    if (answer.ok) end();
  };
  const escape = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault(); // or the thread that it stands in would close as well
    end();
  };
  return html`
    <form class="composer editing" onSubmit=${(event) => { event.preventDefault(); save(); }}>
      <div class="field">
        <${TextField}
          id=${`edit-${message.ts}`} test="editing" field=${field} label="Edit message"
          channel=${channels.get(message.channel)} typed=${typed} onType=${setTyped} onSend=${save} onKey=${escape}
        />
        <button type="button" class="button small" onClick=${end}>Cancel</button>
        <button type="submit" class="button small primary" disabled=${!typed.trim()}>Save</button>
      </div>
    </form>
  `;
}
