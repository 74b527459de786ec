/** Rich text, as apps and Slack's own editor write it. */

import { html } from "/page/vendor/preact.js";
import { Nodes } from "/page/text.js";

/** The elements of a rich_text block: sections, lists, quotes, code. */
export function RichText({ elements }) {
  return html`<div class="text">${elements.map((each) => html`<${Part} part=${each} />`)}</div>`;
}

function Part({ part }) {
  switch (part.type) {
    case "rich_text_list":
      return html`
        <${part.style === "ordered" ? "ol" : "ul"} class="rich-list">
          ${part.elements.map((each) => html`<li><${Inline} elements=${each.elements} /></li>`)}
        <//>
      `;
    case "rich_text_quote":
      return html`<blockquote><${Inline} elements=${part.elements} /></blockquote>`;
    case "rich_text_preformatted":
      return html`<pre><${Inline} elements=${part.elements} /></pre>`;
    default:
      return html`<p><${Inline} elements=${part.elements} /></p>`;
  }
}

function Inline({ elements }) {
  return html`<${Nodes} nodes=${elements.map(node)} />`;
}

/** An inline element as a node of the tree that mrkdwn becomes as well. */
function node(element) {
  return Object.entries(element.style ?? {}).reduce(
    (inner, [style, on]) => (on && style in WRAPS ? WRAPS[style](inner) : inner),
    bare(element),
  );
}

const WRAPS = {
  bold: (of) => ({ is: "bold", of: [of] }),
  italic: (of) => ({ is: "italic", of: [of] }),
  strike: (of) => ({ is: "strike", of: [of] }),
  code: (of) => ({ is: "code", text: of.text ?? "" }),
};

function bare(element) {
  switch (element.type) {
    case "link":
      return { is: "link", href: element.url, of: [{ is: "text", text: element.text ?? element.url }] };
    case "user":
      return { is: "user", id: element.user_id };
    case "channel":
      return { is: "channel", id: element.channel_id };
    case "broadcast":
      return { is: "broadcast", name: element.range };
    case "emoji":
      return { is: "text", text: emojiOf(element) };
    case "date":
      return { is: "date", at: element.timestamp, format: element.format, href: element.url ?? null, else: element.fallback ?? "" };
    default:
      return { is: "text", text: element.text ?? `(${element.type})` };
  }
}

function emojiOf({ unicode, name }) {
  if (!unicode) return `:${name}:`;
  return String.fromCodePoint(...unicode.split("-").map((code) => parseInt(code, 16)));
}
