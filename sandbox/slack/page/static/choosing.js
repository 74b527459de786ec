/** Select menus by what they offer: the app's options, options from outside, people, conversations. */

import { html, useEffect, useState } from "/page/vendor/preact.js";
import { fill, held } from "/page/fields.js";
import { nameOf } from "/page/sidebar.js";
import { Select } from "/page/select.js";
import { useWorkspace } from "/page/store.js";

const LEAST_TYPED = 3;
const WAIT = 250;

/** A select whose options the app gives, at once or when asked. */
export function ChooseOption({ element, entry, doIt, ...field }) {
  const many = element.type === "multi_static_select";
  const initial = many ? element.initial_options : element.initial_option;
  const [now, setNow] = useState(null);
  const at = now ?? (entry ? held(entry) : initial);
  const chosen = [at ?? []].flat();
  useEffect(() => setNow(null), [JSON.stringify(entry ?? null)]);
  const choose = (options) => {
    setNow(many ? options : options[0] ?? null);
    doIt("select", { value: many ? options.map((each) => each.value) : options[0].value });
  };
  const external = element.type === "external_select";
  return html`
    <${Select}
      ...${field} placeholder=${element.placeholder?.text ?? "Select…"} chosen=${chosen} many=${many}
      groups=${external ? [] : groupsOf(element.option_groups, element.options)}
      most=${element.max_selected_items} onChoose=${choose}
      ask=${external ? asker(element, doIt) : null}
    />
  `;
}

/** A select of everybody in the workspace. */
export function ChoosePerson({ element, ...props }) {
  const { people } = useWorkspace();
  const options = [...people.values()].filter((each) => !each.is_bot)
    .map((each) => optionOf(each.id, each.real_name));
  return html`<${ChooseKnown} ...${props} element=${element} options=${options} initial=${element.initial_user} />`;
}

/** A select of the conversations that one is in. */
export function ChooseConversation({ element, ...props }) {
  const { channels, people } = useWorkspace();
  const wanted = element.type === "channels_select" ? ["public"] : element.filter?.include;
  const kinds = { channels: "public", groups: "private", im: "im" };
  const options = [...channels.values()].filter((each) => !wanted || wanted.includes(kinds[each.kind]))
    .map((each) => optionOf(each.id, `${each.kind === "im" ? "" : "#"}${nameOf(each, people)}`));
  const initial = element.initial_channel ?? element.initial_conversation;
  return html`<${ChooseKnown} ...${props} element=${element} options=${options} initial=${initial} />`;
}

function ChooseKnown({ element, block, where, entry, options, initial, doIt, busy, ...field }) {
  const [now, setNow] = useState(null);
  const at = now ?? (entry ? held(entry) : initial);
  const choose = ([option]) => {
    setNow(option.value);
    fill(where, block.block_id, element.action_id, option.value);
  };
  return html`
    <${Select}
      ...${field} placeholder=${element.placeholder?.text ?? "Select…"} groups=${[{ options }]}
      chosen=${options.filter((each) => each.value === at)} onChoose=${choose}
    />
  `;
}

function optionOf(value, name) {
  return { value, text: { type: "plain_text", text: name } };
}

function groupsOf(groups, options) {
  return groups?.length ? groups : [{ options: options ?? [] }];
}

/** How the app is asked for options: from how many characters on, and after which pause. */
function asker(element, doIt) {
  return {
    least: element.min_query_length ?? LEAST_TYPED,
    wait: WAIT,
    options: async (typed) => {
      const answer = await doIt("suggest", { typed });
      return answer.ok ? groupsOf(answer.groups, answer.options) : null;
    },
  };
}
