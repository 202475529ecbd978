// What the page carries, decoded; words; small helpers.
const D = JSON.parse(document.getElementById("data").textContent), SAY = JSON.parse(document.getElementById("say").textContent);
const LANG = SAY.locale, RTL = document.documentElement.dir === "rtl";
const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const LAST = D.days - 1, ZERO = -D.first;  // index of the last day, and of the release
// Paul Tol's and Okabe and Ito's colours of at least 3:1 on white; a dash pattern for those who see no colour
const TONES = ["#0072b2", "#d55e00", "#00795a", "#a8447c", "#8a6d00", "#5b4da0", "#1b1b1b", "#6b6b6b"];
const DASHES = ["", "9 4", "3 3", "12 3 3 3", "6 2", "2 5", "1 3", "14 6"];
const RUNG_TONES = ["#edf1f4", "#f6d543", "#fca108", "#ef6e21", "#ce4347", "#9a2865", "#62146e", "#290b55"];
const $ = id => document.getElementById(id);
const NUMBER = new Intl.NumberFormat(LANG), TENTH = new Intl.NumberFormat(LANG, {minimumFractionDigits: 2, maximumFractionDigits: 2});
const PERCENT = new Intl.NumberFormat(LANG, {style: "percent", maximumFractionDigits: 0});
const LIST = new Intl.ListFormat(LANG), PLURAL = new Intl.PluralRules(LANG);
const DATE = new Intl.DateTimeFormat(LANG, {weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});

function say(key, values = {}) {
  let found = SAY["classroom.replay." + key] ?? SAY[key] ?? key;
  if (typeof found === "object") found = found[PLURAL.select(values.n ?? 0)] ?? found.other;
  return found.replace(/\{(\w+)\}/g, (all, name) => name in values ? (typeof values[name] === "number" ? NUMBER.format(values[name]) : values[name]) : all);
}

function decoded(steps, scale = 1) { let sum = 0; return steps.map(step => (sum += step) / scale); }
for (const chart of D.charts) for (const line of chart.lines) line.v = decoded(line.v, line.scale);
D.rung = decoded(D.rung);
for (const name of ["fighters", "closed"]) D.map[name] = D.map[name].map(v => decoded(v));
D.map.control = D.map.control.map(v => decoded(v, 100));
const NEWS = Array.from({length: D.days}, () => []);
for (const one of D.news) NEWS[one.d - D.first]?.push(one);
const BIG = NEWS.map(these => these.some(one => !one.small));
// dead of all days from the release on, up to a day
const SO_FAR = D.charts.find(c => c.key === "dead").lines.map(line => { let n = 0; return line.v.map((v, day) => n += day > ZERO ? v : 0); });
const peace = (k, day) => (D.charts.find(c => c.key === "ceasefire")?.lines[k]?.v[day] || 0);

const tone = actor => TONES[actor % TONES.length];
const named = actor => D.actors[actor]?.name ?? "";
function dateOf(day) { const [y, m, d] = D.about.release.split("-").map(Number); return new Date(Date.UTC(y, m - 1, d + day + D.first)); }
const PEN = document.createElement("canvas").getContext("2d");
function wide(text, size, bold) { PEN.font = `${bold ? 700 : 400} ${size}px ${getComputedStyle(document.body).fontFamily}`; return PEN.measureText(text).width; }
const DRAWN = new Set(["svg", "g", "path", "circle", "rect", "line", "text", "tspan", "title", "polygon"]);
function el(tag, about = {}, ...inside) {
  const e = DRAWN.has(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (value === null || value === undefined) continue;
    // the page's policy allows no style attribute; a style that a script sets is no attribute
    if (name === "style") e.style.cssText = value;
    else e.setAttribute(name, value);
  }
  e.append(...inside.filter(one => one !== null && one !== undefined));
  return e;
}
