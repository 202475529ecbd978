// What tests ask of a page; see tests/browser.py. Each function returns a list of words.
function called(e) {
  const id = e.id ? "#" + e.id : "", cls = typeof e.className === "string" && e.className ? "." + e.className.trim().split(/\s+/).join(".") : "";
  const all = [...document.querySelectorAll(e.tagName)];
  return e.tagName.toLowerCase() + id + cls + "[" + all.indexOf(e) + "]";
}
function visible(e) {
  if (!e.checkVisibility({visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true})) return false;
  const b = e.getBoundingClientRect();
  return b.width > 1 && b.height > 1;
}
function overflow() {
  const wide = document.documentElement.clientWidth, found = [];
  const scrolls = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(p).overflowX)) return true; return false; };
  for (const e of document.body.querySelectorAll("*")) {
    if (e.ownerSVGElement || !visible(e) || scrolls(e)) continue;
    const b = e.getBoundingClientRect();
    if (b.right > wide + 1 || b.left < -1) found.push(`${called(e)}: from ${Math.round(b.left)} to ${Math.round(b.right)} of ${wide} px`);
  }
  const body = document.scrollingElement;
  if (body.scrollWidth > body.clientWidth + 1) found.push(`page: ${body.scrollWidth} px wide in a view of ${body.clientWidth} px`);
  return found;
}
function colour(text) {
  const canvas = colour.canvas || (colour.canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1}));
  const ink = canvas.getContext("2d", {willReadFrequently: true});
  ink.clearRect(0, 0, 1, 1); ink.fillStyle = "rgba(0,0,0,0)"; ink.fillStyle = text; ink.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = ink.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}
function over(top, below) { return [0, 1, 2].map(k => top[k] * top[3] + below[k] * (1 - top[3])).concat(1); }
function ground(e) {
  const layers = [];
  for (let p = e; p; p = p.parentElement) {
    const c = colour(getComputedStyle(p).backgroundColor);
    if (c[3] > 0) layers.push(c);
    if (c[3] >= 0.999) break;
  }
  return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
}
function light(c) {
  const [r, g, b] = c.slice(0, 3).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a, b) { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); }
function pale() {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const e = n.parentElement;
    if (!n.data.trim() || /^(script|style|template|noscript|title|desc)$/i.test(e.tagName) || !visible(e) || e.closest("[disabled],[aria-disabled=true]")) continue;
    const s = getComputedStyle(e), svg = !!e.ownerSVGElement;
    let behind = ground(svg ? e.ownerSVGElement : e);
    // a halo around a letter is what it is read against; a text on a painted shape says its ground in data-on
    if (svg && s.paintOrder.startsWith("stroke") && parseFloat(s.strokeWidth) >= 2 && s.stroke !== "none") behind = over(colour(s.stroke), behind);
    const on = svg && e.closest("[data-on]");
    if (on) behind = over(colour(getComputedStyle(document.querySelector(on.dataset.on)).fill), behind);
    const ink = colour(svg ? s.fill : s.color);
    const size = parseFloat(s.fontSize), large = size >= 24 || (size >= 18.66 && parseInt(s.fontWeight) >= 700);
    const ratio = contrast(over(ink, behind), behind);
    if (ratio < (large ? 3 : 4.5) - 0.005) found.push(`${called(e)} "${n.data.trim().slice(0, 30)}": contrast ${ratio.toFixed(2)}`);
  }
  return found;
}
function tabbable() {
  return [...document.querySelectorAll("a[href],button,input,select,textarea,summary,[tabindex],audio[controls]")].filter(e =>
    e.tabIndex >= 0 && !e.disabled && visible(e) && !(e.type === "radio" && !e.checked && document.querySelector(`input[type=radio][name="${e.name}"]:checked`)));
}
function controls() { return tabbable().map(called); }
function focused() {
  // Tab begins where was last clicked, so it may come past the page's end once before it has been everywhere
  const e = document.activeElement || document.body, name = called(e), again = window.__tab.has(name), s = getComputedStyle(e);
  window.__tab.add(name);
  if (e === document.body) return [name, true, again];
  const ring = (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1) || s.boxShadow !== "none";
  return [name, ring && e.matches(":focus-visible"), again];
}
function unnamed() {
  const says = e => (e.getAttribute("aria-label") || (e.getAttribute("aria-labelledby") || "").split(/\s+/).map(id => document.getElementById(id)?.textContent || "").join("")
    || e.textContent || e.title || e.alt || [...(e.labels || [])].map(l => l.textContent).join("")).trim();
  return [...tabbable(), ...document.querySelectorAll("img,[role=img],[role=slider]")].filter(e => visible(e) && !says(e)).map(e => `${called(e)}: has no name`);
}
