/** Block Kit: the layout blocks of messages, modals and Home tabs. */

import { Component, html } from "/page/vendor/preact.js";
import { Card, Carousel } from "/page/cards.js";
import { Element } from "/page/elements.js";
import { Picture } from "/page/pictures.js";
import { RichText } from "/page/rich_text.js";
import { Text } from "/page/text.js";

/**
 * All blocks of a message or view.
 *
 * @param where the message or view, as the server is told of it.
 * @param state what fields of a view hold, by block and action.
 * @param errors what is wrong, by block.
 */
export function Blocks({ blocks, where, state = {}, errors = {} }) {
  return html`
    <div class="blocks">
      ${blocks.map((block) => html`
        <${Whole} key=${block.block_id} type=${block.type}>
          <${Block} block=${block} where=${where} state=${state} error=${errors[block.block_id]} />
        <//>
      `)}
    </div>
  `;
}

/** Shows its kind where a block cannot be shown, so that one never takes the page with it. */
class Whole extends Component {
  componentDidCatch() {
    this.setState({ broken: true });
  }

  render({ type, children }, { broken }) {
    return broken ? html`<p class="unknown">(${type})</p>` : children;
  }
}

const KINDS = {
  section: Section,
  header: ({ block }) => html`<h3 class="block-header"><${Text} of=${block.text} /></h3>`,
  divider: () => html`<hr />`,
  image: Image,
  context: Context,
  actions: Actions,
  input: Input,
  markdown: ({ block }) => html`<p class="text">${block.text}</p>`,
  rich_text: ({ block }) => html`<${RichText} elements=${block.elements} />`,
  card: Card,
  carousel: Carousel,
  alert: Alert,
};

function Block(props) {
  const Kind = KINDS[props.block.type];
  return Kind ? html`<${Kind} ...${props} />` : html`<p class="unknown">(${props.block.type})</p>`;
}

function Section({ block, where, state }) {
  const { accessory } = block;
  return html`
    <div class="section">
      <div class="section-text">
        ${block.text && html`<div class="text"><${Text} of=${block.text} /></div>`}
        ${block.fields && html`
          <div class="fields">
            ${block.fields.map((field) => html`<div class="text"><${Text} of=${field} /></div>`)}
          </div>
        `}
      </div>
      ${accessory && html`
        <div class="accessory">
          ${accessory.type === "image"
            ? html`<${Picture} url=${accessory.image_url} alt=${accessory.alt_text} className="thumbnail" />`
            : html`<${Element} element=${accessory} block=${block} where=${where} state=${state} />`}
        </div>
      `}
    </div>
  `;
}

function Image({ block }) {
  return html`
    <figure>
      ${block.title && html`<figcaption><${Text} of=${block.title} /></figcaption>`}
      <${Picture} url=${block.image_url} alt=${block.alt_text} className="wide-picture" />
    </figure>
  `;
}

function Context({ block }) {
  return html`
    <div class="context">
      ${block.elements.map((element) => element.type === "image"
        ? html`<${Picture} url=${element.image_url} alt=${element.alt_text} className="tiny" />`
        : html`<span class="text"><${Text} of=${element} /></span>`)}
    </div>
  `;
}

function Actions({ block, where, state }) {
  return html`
    <div class="actions">
      ${block.elements.map((element) => html`
        <${Element} key=${element.action_id} element=${element} block=${block} where=${where} state=${state} />
      `)}
    </div>
  `;
}

function Input({ block, where, state, error }) {
  const id = `field-${block.block_id}`;
  const described = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return html`
    <div class=${`input${error ? " wrong-input" : ""}`} data-block=${block.block_id}>
      <label for=${id}>
        <${Text} of=${block.label} />${block.optional && html` <span class="quiet">(optional)</span>`}
      </label>
      <${Element}
        element=${block.element} block=${block} where=${where} state=${state} id=${id}
        label=${block.label.text} described=${described || null} invalid=${Boolean(error)}
      />
      ${error && html`<p class="error" id=${`${id}-error`} role="alert" data-test="field-error">${error}</p>`}
      ${block.hint && html`<p class="field-hint" id=${`${id}-hint`}><${Text} of=${block.hint} /></p>`}
    </div>
  `;
}

function Alert({ block }) {
  return html`
    <div class=${`alert ${block.level ?? "default"}`} role="note"><${Text} of=${block.text} /></div>
  `;
}
