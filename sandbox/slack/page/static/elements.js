/** Block elements: what people press, choose, tick and type into. */

import { html, useEffect, useRef, useState } from "/page/vendor/preact.js";
import { told } from "/page/act.js";
import { Confirm } from "/page/confirm.js";
import { actThere, fill, held, noteChoice } from "/page/fields.js";
import { Link, Text } from "/page/text.js";
import { Menu } from "/page/popup.js";
import { Icon } from "/page/icons.js";
import { ChooseConversation, ChooseOption, ChoosePerson } from "/page/choosing.js";

const TYPES = {
  button: Button,
  overflow: Overflow,
  static_select: ChooseOption,
  multi_static_select: ChooseOption,
  external_select: ChooseOption,
  users_select: ChoosePerson,
  channels_select: ChooseConversation,
  conversations_select: ChooseConversation,
  checkboxes: Ticks,
  radio_buttons: Ticks,
  datepicker: (props) => html`<${Typed} ...${props} type="date" initial=${props.element.initial_date} />`,
  plain_text_input: Typed,
  url_text_input: (props) => html`<${Typed} ...${props} type="url" />`,
  email_text_input: (props) => html`<${Typed} ...${props} type="email" />`,
  number_input: (props) => html`<${Typed} ...${props} type="number" />`,
};

/**
 * One element of `block`.
 *
 * `doIt(what, fields)` tells the server, having asked first where the element says so, and shows
 * whether the app has not answered.
 */
export function Element({ element, block, where, state, ...field }) {
  const entry = state[block.block_id]?.[element.action_id];
  const [asking, setAsking] = useState(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  const send = async (what, fields) => {
    setBusy(true);
    setFailure("");
    const ids = { block_id: block.block_id, action_id: element.action_id };
    if (what === "select") noteChoice(where, ids.block_id, ids.action_id, fields.value);
    const answer = await actThere(where, what, { where, ...ids, ...fields });
    setBusy(false);
    if (!answer.ok && answer.error) setFailure(told(answer.error));
    return answer;
  };
  const doIt = (what, fields = {}) => {
    if (what === "suggest" || !element.confirm) return send(what, fields);
    setAsking({ what, fields });
    return { ok: true };
  };
  const Type = TYPES[element.type];
  if (!Type) return html`<span class="unknown">(${element.type})</span>`;
  return html`
    <${Type} element=${element} block=${block} where=${where} entry=${entry} doIt=${doIt} busy=${busy} ...${field} />
    ${failure && html`<span class="failure" title=${failure} role="img" aria-label=${failure}>⚠</span>`}
    ${asking && html`
      <${Confirm} confirm=${element.confirm} onNo=${() => setAsking(null)} onYes=${() => {
        setAsking(null);
        send(asking.what, asking.fields);
      }} />
    `}
  `;
}

function Button({ element, doIt, busy }) {
  const classes = `button ${element.style ?? ""}${busy ? " busy" : ""}`;
  const press = () => busy || doIt("click");
  const words = html`<${Text} of=${element.text} />`;
  if (element.url) {
    return html`<${Link} href=${element.url} className=${classes} onClick=${press}>${words} <${Icon} name="out" /><//>`;
  }
  return html`
    <button type="button" class=${classes} aria-label=${element.accessibility_label ?? null} aria-busy=${busy}
      data-action=${element.action_id} onClick=${press}>${words}</button>
  `;
}

function Overflow({ element, doIt }) {
  const items = element.options.map((option) => ({
    label: option.text.text,
    hint: option.description?.text,
    act: () => doIt("select", { value: option.value }),
  }));
  return html`<${Menu} label="More" items=${items} className="button"><${Icon} name="more" /><//>`;
}

function Ticks({ element, block, entry, doIt, id }) {
  const many = element.type === "checkboxes";
  const initial = many ? element.initial_options : element.initial_option;
  const [now, setNow] = useState(null);
  useEffect(() => setNow(null), [JSON.stringify(entry ?? null)]);
  const at = [(entry ? held(entry) : initial) ?? []].flat().map((option) => option.value);
  const chosen = new Set(now ?? at);
  const tick = (value, on) => {
    const kept = element.options.map((each) => each.value).filter((each) => (each === value ? on : many && chosen.has(each)));
    setNow(kept);
    doIt("select", { value: many ? kept : value });
  };
  return html`
    <div class="ticks" id=${id} role=${many ? "group" : "radiogroup"}>
      ${element.options.map((option) => html`
        <label key=${option.value}>
          <input type=${many ? "checkbox" : "radio"} name=${`${block.block_id}/${element.action_id}`}
            checked=${chosen.has(option.value)} onChange=${(event) => tick(option.value, event.target.checked)} />
          <span><${Text} of=${option.text} />${option.description && html`
            <small class="quiet"><${Text} of=${option.description} /></small>
          `}</span>
        </label>
      `)}
    </div>
  `;
}

function Typed({ element, block, where, entry, id, described, invalid, type = "text", initial = element.initial_value }) {
  const known = (entry ? held(entry) : initial) ?? "";
  const [value, setValue] = useState(known);
  const field = useRef();
  useEffect(() => {
    if (document.activeElement !== field.current) setValue(known);
  }, [known]);
  const typed = (event) => {
    setValue(event.target.value);
    fill(where, block.block_id, element.action_id, event.target.value || null);
  };
  const common = {
    ref: field,
    id,
    value,
    onInput: typed,
    maxlength: element.max_length ?? null,
    placeholder: element.placeholder?.text ?? null,
    "aria-describedby": described,
    "aria-invalid": invalid || null,
    autofocus: element.focus_on_load || null,
  };
  return element.multiline
    ? html`<textarea class="typed" rows="3" ...${common}></textarea>`
    : html`<input class="typed" type=${type} ...${common} />`;
}
