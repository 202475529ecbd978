// Questions that the browser tests ask of a page; tests/browser/checks.py calls them by name.
// Each of them returns a list of sentences, or of names of elements.

function nameOf(element) {
  const id = element.id ? `#${element.id}` : "";
  const classes = [...element.classList].map((one) => `.${one}`).join("");
  const place = [...document.querySelectorAll(element.tagName)].indexOf(element);
  return `${element.tagName.toLowerCase()}${id}${classes}[${place}]`;
}

function isVisible(element) {
  const asks = { visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true };
  if (!element.checkVisibility(asks)) return false;
  const box = element.getBoundingClientRect();
  return box.width > 1 && box.height > 1;
}

function insideScroller(element) {
  for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) {
    if (/auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX)) return true;
  }
  return false;
}

function overflow() {
  const width = document.documentElement.clientWidth;
  const faults = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (element.ownerSVGElement || !isVisible(element) || insideScroller(element)) continue;
    const { left, right } = element.getBoundingClientRect();
    if (right <= width + 1 && left >= -1) continue;
    const span = `from ${Math.round(left)} to ${Math.round(right)} of ${width} px`;
    faults.push(`${nameOf(element)}: ${span}`);
  }
  const { scrollWidth, clientWidth } = document.scrollingElement;
  if (scrollWidth > clientWidth + 1) {
    faults.push(`page: ${scrollWidth} px wide in a view of ${clientWidth} px`);
  }
  return faults;
}

// --- contrast of text in drawings (WCAG 2.2, success criterion 1.4.3)

const BRUSH = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext(
  "2d",
  { willReadFrequently: true },
);

function colourOf(text) {
  BRUSH.clearRect(0, 0, 1, 1);
  BRUSH.fillStyle = "rgba(0,0,0,0)";
  BRUSH.fillStyle = text;
  BRUSH.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = BRUSH.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

const blend = (top, below) =>
  [0, 1, 2].map((k) => top[k] * top[3] + below[k] * (1 - top[3])).concat(1);

function backgroundOf(element) {
  const layers = [];
  for (let one = element; one; one = one.parentElement) {
    layers.unshift(colourOf(getComputedStyle(one).backgroundColor));
  }
  return layers.reduce((below, top) => blend(top, below), [255, 255, 255, 1]);
}

function luminance(colour) {
  const [red, green, blue] = colour.slice(0, 3).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

// A halo around a letter is its background; a text on a shape names that shape in data-on.
function backgroundInDrawing(element) {
  const style = getComputedStyle(element);
  const halo = style.paintOrder.startsWith("stroke") && parseFloat(style.strokeWidth) >= 2;
  const shape = element.closest("[data-on]");
  let behind = backgroundOf(element.ownerSVGElement);
  if (halo && style.stroke !== "none") behind = blend(colourOf(style.stroke), behind);
  if (shape) {
    const fill = getComputedStyle(document.querySelector(shape.dataset.on)).fill;
    behind = blend(colourOf(fill), behind);
  }
  return behind;
}

function paleDrawings() {
  const faults = [];
  for (const element of document.querySelectorAll("svg text, svg tspan")) {
    const text = [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.data.trim())
      .join(" ");
    if (!text.trim() || !isVisible(element)) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight, 10) >= 700);
    const behind = backgroundInDrawing(element);
    const ratio = contrast(blend(colourOf(style.fill), behind), behind);
    if (ratio < (large ? 3 : 4.5) - 0.005) {
      faults.push(`${nameOf(element)} "${text.slice(0, 30)}": contrast ${ratio.toFixed(2)}`);
    }
  }
  return faults;
}

// --- the way of the Tab key

const CONTROLS =
  "a[href],button,input,select,textarea,summary,[tabindex],audio[controls],video[controls]";

// Of a group of radio buttons Tab comes to the one that is checked.
function standsForItsGroup(element) {
  if (element.type !== "radio" || element.checked) return true;
  return !document.querySelector(`input[type=radio][name="${element.name}"]:checked`);
}

function controls() {
  return [...document.querySelectorAll(CONTROLS)]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && isVisible(one) && standsForItsGroup(one))
    .map(nameOf);
}

// The element with the focus: its name, whether the focus is visible, whether it had it before.
function focus() {
  const element = document.activeElement ?? document.body;
  const name = nameOf(element);
  const again = window.tabbed.has(name);
  const style = getComputedStyle(element);
  window.tabbed.add(name);
  if (element === document.body) return [name, true, again];
  const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  const ring = outline || style.boxShadow !== "none";
  return [name, ring && element.matches(":focus-visible"), again];
}

window.probes = { overflow, paleDrawings, controls, focus };
