/** Text of messages: trees of nodes, which the server made of mrkdwn; never HTML. */

import { html } from "/page/vendor/preact.js";
import { Moment } from "/page/dates.js";
import { linked, visit } from "/page/local_paths.js";
import { useWorkspace } from "/page/store.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", quote: "blockquote" };

/** A tree of nodes. */
export function Nodes({ nodes }) {
  return nodes.map((node) => html`<${Node} node=${node} />`);
}

/** A text object: mrkdwn with its nodes, or plain text as it is. */
export function Text({ of }) {
  return of.nodes ? html`<${Nodes} nodes=${of.nodes} />` : of.text;
}

/** The words alone, for where nothing else can be shown. */
export function plain(nodes, people) {
  return nodes.map((node) => {
    if (node.is === "user") return `@${people.get(node.id)?.name ?? node.id}`;
    if (node.of) return plain(node.of, people);
    return node.text ?? node.else ?? node.name ?? "";
  }).join("");
}

/** An address as a link; a permalink of this workspace leads there within the page. */
export function Link({ href, className, children, onClick = () => {} }) {
  const target = linked(href);
  if (!target) return html`<span class=${className}>${children}</span>`;
  const pressed = (event) => {
    onClick();
    if (visit(href)) event.preventDefault();
  };
  return html`
    <a href=${target} target="_blank" rel="noopener noreferrer" class=${className} onClick=${pressed}>${children}</a>
  `;
}

function Node({ node }) {
  switch (node.is) {
    case "text":
      return node.text;
    case "code":
      return html`<code class="code">${node.text}</code>`;
    case "pre":
      return html`<pre>${node.text}</pre>`;
    case "link":
      return html`<${Link} href=${node.href}><${Nodes} nodes=${node.of} /><//>`;
    case "user":
      return html`<${Person} id=${node.id} />`;
    case "channel":
      return html`<${Place} id=${node.id} />`;
    case "broadcast":
      return html`<span class="mention mine">@${node.name}</span>`;
    case "date":
      return node.href
        ? html`<${Link} href=${node.href}><${Moment} node=${node} /><//>`
        : html`<${Moment} node=${node} />`;
    default:
      return html`<${STYLES[node.is]}><${Nodes} nodes=${node.of} /><//>`;
  }
}

function Person({ id }) {
  const { people, me } = useWorkspace();
  return html`<span class=${`mention${id === me.id ? " mine" : ""}`}>@${people.get(id)?.name ?? id}</span>`;
}

function Place({ id }) {
  const { channels } = useWorkspace();
  return html`<span class="mention">#${channels.get(id)?.name ?? "a private channel"}</span>`;
}
