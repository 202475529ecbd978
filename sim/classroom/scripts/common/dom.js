// The document: find an element, make an element, read the data that the page carries.

// a page names no address, not even that of SVG: it is asked of a drawing that is there
const SVG = document.querySelector("svg")?.namespaceURI ?? null;

/**
 * The element with an id; an error if it is missing or of another kind.
 *
 * @template {Element} [T=HTMLElement]
 * @param {string} id
 * @param {{new (): T}} [kind] - class that the element must have
 * @returns {T}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof (kind ?? HTMLElement))) throw new Error(`no such element: #${id}`);
  return /** @type {T} */ (/** @type {Element} */ (element));
}

/**
 * All elements that fit a selector, as HTML elements.
 *
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export const all = (selector) => [...document.querySelectorAll(selector)].filter(isHtml);

/**
 * @param {Element} element
 * @returns {element is HTMLElement}
 */
const isHtml = (element) => element instanceof HTMLElement;

/**
 * The JSON that an element of the page holds.
 *
 * @param {string} id
 * @returns {any}
 */
export const readJson = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");

/**
 * A new element of HTML; attributes and children that are null or undefined are left out.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | null | undefined>} [attributes]
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function html(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * A new element of a drawing; attributes and children that are null or undefined are left out.
 *
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | null | undefined>} [attributes]
 * @param {...(Node | string | null | undefined)} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = /** @type {SVGElementTagNameMap[K]} */ (document.createElementNS(SVG, tag));
  return fill(element, attributes, children);
}

/**
 * @template {Element} T
 * @param {T} element
 * @param {Record<string, string | number | null | undefined>} attributes
 * @param {(Node | string | null | undefined)[]} children
 * @returns {T}
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const child of children) {
    if (child !== null && child !== undefined) element.append(child);
  }
  return element;
}

/**
 * Set properties of an element's style; gives the element.
 *
 * The policy of the page may forbid style attributes; it never forbids this.
 *
 * @template {HTMLElement | SVGElement} T
 * @param {T} element
 * @param {Record<string, string>} properties
 * @returns {T}
 */
export function styled(element, properties) {
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value);
  return element;
}
