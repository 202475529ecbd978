// The schematic: sectors, borders and crossings, and what happens there today.
const MAP = $("map"), S = D.map.sectors, R = D.map.radius;
const TOP = Math.max(1, ...D.map.fighters.map(v => Math.max(0, ...v)));
const SPOTS = [], DIAMONDS = [];
const LAYER = {names: el("g"), acts: el("g"), marks: el("g")};

function burst(x, y, r) { return Array.from({length: 16}, (_, k) => { const q = k % 2 ? r * 0.5 : r, a = Math.PI * k / 8; return `${(x + q * Math.sin(a)).toFixed(1)},${(y - q * Math.cos(a)).toFixed(1)}`; }).join(" "); }
const square = (x, y, r) => `${x - r},${y - r} ${x + r},${y - r} ${x + r},${y + r} ${x - r},${y + r}`;
const wedge = (x, y, r) => `${x - r},${y - r} ${x + r},${y - r} ${x},${y + r}`;
const diamond = (x, y, r) => `${x},${y - r} ${x + r},${y} ${x},${y + r} ${x - r},${y}`;

function drawMap() {
  MAP.setAttribute("viewBox", `0 0 ${D.map.wide} ${D.map.high}`);
  const grounds = ["#e3ebf4", "#f6eddb", "#e3efe0", "#f3e6f0", "#ececec"];
  D.map.grounds.forEach((links, state) => {
    for (const [a, b] of links) MAP.append(el("line", {x1: S[a].x, y1: S[a].y, x2: S[b].x + 0.1, y2: S[b].y, stroke: grounds[state % 5], "stroke-width": D.map.ground, "stroke-linecap": "round"}));
  });
  for (const border of D.map.borders) MAP.append(el("line", {x1: S[border.a].x, y1: S[border.a].y, x2: S[border.b].x, y2: S[border.b].y, stroke: "#1b1b1b", "stroke-width": 2, "stroke-dasharray": "6 4"}));
  for (const border of D.map.borders) {
    if (!border.crossing) continue;
    const x = (S[border.a].x + S[border.b].x) / 2, y = (S[border.a].y + S[border.b].y) / 2, r = D.map.few ? 13 : 9;
    const g = el("g", {}, el("title", {}, border.crossing), el("polygon", {points: diamond(x, y, r), stroke: "#1b1b1b", "stroke-width": 2.5}), el("path", {d: `M${x - r / 2} ${y}h${r}`, stroke: "#fff", "stroke-width": 3}));
    MAP.append(g);
    DIAMONDS.push({g, pair: border.pair, x, y, r, name: border.crossing});
  }
  S.forEach((sector, k) => {
    const g = el("g", {class: "spot"}, el("title", {}, sector.title || sector.name), el("circle", {cx: sector.x, cy: sector.y, r: R, fill: "#fff", stroke: "#1b1b1b", "stroke-width": 2}));
    const full = el("circle", {cx: sector.x, cy: sector.y, r: 0, fill: "#8c8c8c"}), held = el("circle", {cx: sector.x, cy: sector.y, r: R + 4, fill: "none", stroke: "#1b1b1b", "stroke-width": 6, "stroke-dasharray": "5 4"});
    g.append(full, held);
    if (sector.capital) g.append(el("circle", {cx: sector.x, cy: sector.y, r: 5, fill: "#1b1b1b", stroke: "#fff", "stroke-width": 2}));
    g.addEventListener("click", () => { $("places").value = k; sectorLine(); });
    $("places").append(el("option", {value: k}, sector.name));
    MAP.append(g);
    SPOTS.push({full, held});
  });
  MAP.append(LAYER.acts, LAYER.marks, LAYER.names);
  $("places").addEventListener("change", sectorLine);
  $("signs").open = !matchMedia("(max-width: 60rem)").matches;
  legend();
}

function legend() {
  const icon = (...inside) => el("svg", {viewBox: "0 0 30 24", "aria-hidden": "true"}, ...inside);
  const rows = [
    [icon(el("polygon", {points: burst(15, 12, 12), fill: TONES[D.states.length], stroke: "#fff"})), "attack"],
    [icon(el("path", {d: "M2 20Q12 0 24 10", fill: "none", stroke: TONES[0], "stroke-width": 3, "stroke-dasharray": "5 3"}), el("polygon", {points: wedge(24, 14, 6), fill: TONES[0]})), "strike"],
    [icon(el("path", {d: "M1 12h20", stroke: TONES[1], "stroke-width": 4}), el("polygon", {points: "19,4 30,12 19,20", fill: TONES[1]})), "fight"],
    [icon(el("polygon", {points: square(15, 12, 8), fill: TONES[0], stroke: "#fff"})), "operation"],
    [icon(el("circle", {cx: 15, cy: 12, r: 10, fill: "#fff", stroke: "#1b1b1b", "stroke-width": 1.5}), el("circle", {cx: 15, cy: 12, r: 6, fill: "#8c8c8c"})), "fighters"],
    [icon(el("circle", {cx: 15, cy: 12, r: 9, fill: "#fff", stroke: "#1b1b1b", "stroke-width": 4, "stroke-dasharray": "4 3"})), "held"],
    [icon(el("polygon", {points: diamond(15, 12, 9), fill: "#fff", stroke: "#1b1b1b", "stroke-width": 2})), "open"],
    [icon(el("polygon", {points: diamond(15, 12, 9), fill: "#1b1b1b", stroke: "#1b1b1b"}), el("path", {d: "M11 12h8", stroke: "#fff", "stroke-width": 3})), "closed"],
  ];
  D.actors.forEach((one, k) => { if (one.kind !== "mediator") $("legend").append(el("li", {class: "whose"}, el("span", {class: "dot", style: `--tone:${tone(k)}`, "aria-hidden": "true"}), one.name)); });
  for (const [picture, key] of rows) if (!/open|closed/.test(key) || DIAMONDS.length) $("legend").append(el("li", {}, picture, say("legend_" + key)));
}

function sectorLine() {
  const chosen = Number($("places").value);
  $("sector").textContent = chosen < 0 ? "" : say("sector_line", {state: D.states[S[chosen].state], fighters: Math.round(D.map.fighters[chosen][at]), control: PERCENT.format(D.map.control[chosen][at]), garrison: S[chosen].garrison});
}

function nearest(state, k) {
  const own = S.map((s, n) => [Math.hypot(s.x - S[k].x, s.y - S[k].y), n]).filter(([, n]) => S[n].state === state && n !== k);
  return own.length ? own.sort((p, q) => p[0] - q[0])[0][1] : -1;
}

function arrow(from, to, colour, air, heavy) {
  const dx = S[to].x - S[from].x, dy = S[to].y - S[from].y, far = Math.hypot(dx, dy) || 1, ux = dx / far, uy = dy / far;
  const x1 = S[from].x + ux * R, y1 = S[from].y + uy * R, x2 = S[to].x - ux * (R + 12), y2 = S[to].y - uy * (R + 12);
  const bow = air ? 0.22 * far : 0, cx = (x1 + x2) / 2 + uy * bow, cy = (y1 + y2) / 2 - ux * bow;
  const a = Math.atan2(y2 - cy, x2 - cx), tip = 10 + heavy, g = el("g");
  const d = `M${x1.toFixed(1)} ${y1.toFixed(1)}Q${cx.toFixed(1)} ${cy.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}`;
  g.append(el("path", {d, fill: "none", stroke: "#fff", "stroke-width": heavy + 5}), el("path", {d, fill: "none", stroke: colour, "stroke-width": heavy, "stroke-dasharray": air ? "10 6" : null}));
  const p = (turn, r) => `${(x2 + r * Math.cos(a + turn)).toFixed(1)},${(y2 + r * Math.sin(a + turn)).toFixed(1)}`;
  g.append(el("polygon", {points: `${p(0, tip + 4)} ${p(2.4, tip)} ${p(-2.4, tip)}`, fill: colour, stroke: "#fff", "stroke-width": 2}));
  return g;
}

function mapDay() {
  S.forEach((_, k) => {
    SPOTS[k].full.setAttribute("r", (Math.sqrt(D.map.fighters[k][at] / TOP) * (R - 3)).toFixed(1));
    SPOTS[k].held.style.display = D.map.control[k][at] >= 0.5 ? "" : "none";
  });
  for (const {g, pair} of DIAMONDS) {
    const shut = pair >= 0 && D.map.closed[pair][at] > 0;
    g.querySelector("polygon").setAttribute("fill", shut ? "#1b1b1b" : "#fff");
    g.querySelector("path").style.display = shut ? "" : "none";
  }
  LAYER.acts.replaceChildren();
  LAYER.marks.replaceChildren();
  const hot = new Map(), here = new Map();
  for (const one of NEWS[at]) {
    for (const k of one.s || []) {
      const colour = tone(one.a), n = here.get(k) || 0;
      if (!one.small) hot.set(k, true);
      if (one.k === "act" || one.k === "clash") {
        const from = nearest(one.a, k);
        if (from >= 0) LAYER.acts.append(arrow(from, k, colour, one.act === 4 || one.act === 5, 3 + one.r));
        if (one.act === 4 || one.act === 5) LAYER.marks.append(el("polygon", {points: wedge(S[k].x, S[k].y, 12), fill: colour, stroke: "#fff", "stroke-width": 2, class: "pulse"}));
      } else if (one.k === "attack" || one.k === "operation") {
        const r = 9 + Math.min(16, 2.4 * Math.sqrt(one.n)), a = -0.8 + 0.9 * n, x = S[k].x + R * 0.8 * Math.cos(a), y = S[k].y + R * 0.8 * Math.sin(a);
        const points = one.k === "attack" ? burst(x, y, r) : square(x, y, r * 0.62);
        LAYER.marks.append(el("polygon", {points, fill: colour, stroke: "#fff", "stroke-width": 2, class: "pulse"}));
        here.set(k, n + 1);
      } else hot.set(k, true);
    }
  }
  namesOf(hot);
  sectorLine();
}

// The name of a state stands on its outer side; it is wanted every day, so the other names make way for it.
function stateSpots(taken, phone) {
  const middle = [S.reduce((sum, s) => sum + s.x, 0) / S.length, S.reduce((sum, s) => sum + s.y, 0) / S.length];
  return D.states.map((name, state) => {
    const mine = S.filter(s => s.state === state), size = phone ? 44 : 30, long = wide("● " + name, size, true);
    if (!mine.length) return null;
    let ux = mine.reduce((sum, s) => sum + s.x, 0) / mine.length - middle[0], uy = mine.reduce((sum, s) => sum + s.y, 0) / mine.length - middle[1];
    const far = Math.hypot(ux, uy) || 1;
    ux /= far; uy /= far;
    const spots = [];
    for (const s of mine) for (const [dx, dy] of [[ux, uy], [0, -1], [0, 1], [Math.sign(ux) || 1, 0]]) spots.push([s.x + dx * (D.map.ground / 2 + 8 + Math.abs(dx) * long / 2), s.y + dy * (D.map.ground / 2 + 12) + size * 0.35 * (1 + dy), (s.x - middle[0]) * ux + (s.y - middle[1]) * uy]);
    const best = spots.map(([x, y, out]) => { const b = boxed(x, y, long, size); return [hits(b, taken) * 1000 + (b[4] === x ? 0 : 300) - out, b]; }).sort((p, q) => p[0] - q[0])[0][1];
    taken.push(best.slice(0, 4));
    return {name, state, x: best[4], y: best[5]};
  }).filter(Boolean);
}
function boxed(x, y, long, size) { x = Math.min(Math.max(x, long / 2 + 4), D.map.wide - long / 2 - 4); return [x - long / 2, y - size * 0.85, x + long / 2, y + size * 0.25, x, y]; }
function hits(b, taken) { return taken.filter(t => b[0] < t[2] && b[2] > t[0] && b[1] < t[3] && b[3] > t[1]).length + (b[1] < 0 || b[3] > D.map.high ? 2 : 0); }

// Names find their places one after the other: capitals, states, crossings, then the places of today's news.
function namesOf(hot) {
  LAYER.names.replaceChildren();
  const phone = matchMedia("(max-width: 36rem)").matches, taken = S.map(s => [s.x - R * 0.7, s.y - R * 0.7, s.x + R * 0.7, s.y + R * 0.7]);
  taken.push(...DIAMONDS.map(({x, y, r}) => [x - r, y - r, x + r, y + r]));
  const label = (name, x, y, gap, size, look) => {
    const long = wide(name, size, true);
    const spots = [[0, gap + size * 0.8], [0, -gap], [gap + long / 2, size * 0.35], [-gap - long / 2, size * 0.35], [gap + long / 2, gap], [-gap - long / 2, gap], [gap + long / 2, -gap * 0.6], [-gap - long / 2, -gap * 0.6]];
    const best = spots.map(([dx, dy], n) => { const b = boxed(x + dx, y + dy, long, size); return [hits(b, taken) + n / 100 + (b[4] === x + dx ? 0 : 0.5), b]; }).sort((p, q) => p[0] - q[0])[0][1];
    // where there is no room for a name, the news have it
    if (!D.map.few && hits(best, taken)) return;
    taken.push(best.slice(0, 4));
    LAYER.names.append(el("text", {x: best[4].toFixed(1), y: best[5].toFixed(1), class: look}, name));
  };
  const sector = k => label(S[k].name, S[k].x, S[k].y, R + 6, (phone ? 34 : 21) + (hot.has(k) ? 3 : 0), hot.has(k) ? "name hot" : "name");
  const always = S.map((_, k) => k).filter(k => D.map.few || (S[k].capital && !phone));
  always.forEach(sector);
  for (const {name, state, x, y} of stateSpots(taken, phone)) {
    const t = el("text", {x: x.toFixed(1), y: y.toFixed(1), class: "state"}, el("tspan", {style: `fill:${tone(state)}`}, "● "), name);
    t.addEventListener("click", () => ask(state));
    LAYER.names.append(t);
  }
  if (D.map.few && !phone) for (const {x, y, r, name} of DIAMONDS) label(name, x, y, r + 5, 18, "crossing");
  for (const k of hot.keys()) if (!always.includes(k)) sector(k);
}
