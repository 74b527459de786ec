/** A select menu: a button that opens a list which can be searched, by hand and by keyboard. */

import { html, useEffect, useRef, useState } from "/page/vendor/preact.js";
import { Icon } from "/page/icons.js";
import { Popup, roving } from "/page/popup.js";
import { Text } from "/page/text.js";

const SEARCHED_FROM = 8;

/**
 * @param groups `[{label?, options}]`; with `ask` they come from the app instead.
 * @param chosen options that are chosen now; several only where `many`.
 * @param onChoose called with the options that are chosen then.
 */
export function Select({ id, label, described, invalid, placeholder, groups, chosen, many, most, ask, onChoose }) {
  const [open, setOpen] = useState(false);
  const anchor = useRef();
  const close = () => setOpen(false);
  const choose = (option) => {
    if (!many) {
      close();
      anchor.current?.focus();
      return onChoose([option]);
    }
    const has = chosen.some((each) => each.value === option.value);
    const next = has ? chosen.filter((each) => each.value !== option.value) : [...chosen, option];
    return most && next.length > most ? undefined : onChoose(next);
  };
  const words = chosen.length
    ? chosen.map((option, index) => html`${index > 0 && ", "}<${Text} of=${option.text} />`)
    : html`<span class="quiet">${placeholder}</span>`;
  return html`
    <button
      type="button" class="button select" ref=${anchor} id=${id} aria-haspopup="listbox" aria-expanded=${open}
      aria-describedby=${described} aria-invalid=${invalid || null}
      aria-label=${`${label ?? placeholder}: ${chosen.map((each) => each.text.text).join(", ") || "nothing chosen"}`}
      onClick=${() => setOpen(!open)} onKeyDown=${(event) => {
        if (event.key === "ArrowDown" && !open) {
          event.preventDefault();
          setOpen(true);
        }
      }}
    ><span class="chosen">${words}</span><${Icon} name="down" /></button>
    ${open && html`
      <${Popup} anchor=${anchor} onClose=${close} kind="popup select-popup">
        <${Listing} groups=${groups} chosen=${chosen} many=${many} ask=${ask} label=${label ?? placeholder} choose=${choose} />
      <//>
    `}
  `;
}

function Listing({ groups, chosen, many, ask, label, choose }) {
  const [typed, setTyped] = useState("");
  const { offered, words } = useOffered(groups, ask, typed);
  const searched = ask || groups.flatMap((group) => group.options).length >= SEARCHED_FROM;
  const values = new Set(chosen.map((option) => option.value));
  let first = !searched;
  return html`
    <div onKeyDown=${roving}>
      ${searched && html`
        <input
          type="text" class="typed search" data-first aria-label=${`Search: ${label}`} placeholder="Search"
          value=${typed} onInput=${(event) => setTyped(event.target.value)} onKeyDown=${(event) => {
            const only = offered.flatMap((group) => group.options)[0];
            if (event.key === "Enter" && only) {
              event.preventDefault();
              choose(only);
            }
          }}
        />
      `}
      <div role="listbox" aria-label=${label} aria-multiselectable=${many || null}>
        ${offered.map((group) => html`
          ${group.label && html`<p class="group-label"><${Text} of=${group.label} /></p>`}
          ${group.options.map((option) => {
            const isFirst = first;
            first = false;
            return html`
              <button
                type="button" role="option" class="menu-item" key=${option.value} data-first=${isFirst || null}
                aria-selected=${values.has(option.value)} onClick=${() => choose(option)}
              >
                <span><${Text} of=${option.text} /></span>
                ${option.description && html`<small><${Text} of=${option.description} /></small>`}
              </button>
            `;
          })}
        `)}
      </div>
      ${words && html`<p class="quiet listing-words" role="status">${words}</p>`}
    </div>
  `;
}

/** What there is to choose from, given what was typed; and what is said where there is nothing. */
function useOffered(groups, ask, typed) {
  const [answer, setAnswer] = useState({ typed: null, groups: [] });
  useEffect(() => {
    if (!ask || typed.length < ask.least) return undefined;
    const timer = setTimeout(async () => setAnswer({ typed, groups: await ask.options(typed) }), ask.wait);
    return () => clearTimeout(timer);
  }, [typed]);
  if (!ask) {
    const offered = groups.map((group) => ({ ...group, options: group.options.filter((option) => matches(option, typed)) }))
      .filter((group) => group.options.length);
    return { offered, words: offered.length ? "" : "No results" };
  }
  if (typed.length < ask.least) return { offered: [], words: `Type at least ${ask.least} characters` };
  if (answer.typed !== typed) return { offered: [], words: "Loading…" };
  if (!answer.groups) return { offered: [], words: "The app did not answer" };
  const any = answer.groups.some((group) => group.options.length);
  return { offered: answer.groups, words: any ? "" : "No results" };
}

function matches(option, typed) {
  return option.text.text.toLowerCase().includes(typed.toLowerCase());
}
