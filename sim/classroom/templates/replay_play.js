// Time: one day is shown; buttons, slider, keys, fingers and the clock move it.
let at = 0, timer = 0;
const PLAY = ["M5 3v14l12-7z", "M4 3h4v14H4zM12 3h4v14h-4z"];

function show(day, byHand = true) {
  at = Math.min(LAST, Math.max(0, Math.round(day)));
  const slider = $("slider");
  slider.value = at;
  slider.setAttribute("aria-valuetext", `${DATE.format(dateOf(at))}, ${say("rung", {n: D.rung[at], name: D.rungs[D.rung[at]]})}`);
  for (const [id, off] of [["first", at === 0], ["before", at === 0], ["after", at === LAST], ["next", nextNews(at) < 0], ["last", at === LAST]]) $(id).setAttribute("aria-disabled", String(off));
  // while it plays, a screen reader would never come to an end
  for (const id of ["items", "reasons"]) $(id).setAttribute("aria-live", byHand ? "polite" : "off");
  nowDay(); mapDay(); ladderDay(); newsDay(); chartsDay(); whyDay();
}
function nextNews(day, step = 1) { for (let k = day + step; k >= 0 && k <= LAST; k += step) if (BIG[k]) return k; return -1; }
function goNews(step) { const day = nextNews(at, step); if (day >= 0) { pause(); show(day); } }
function step(days) { pause(); show(at + days); }
function pause() { if (timer) { clearTimeout(timer); timer = 0; playButton(); } }
function play() { if (at === LAST) show(0); timer = setTimeout(tick, 1000 / $("speed").value); playButton(); }
function tick() {
  show(at + 1, false);
  timer = at < LAST ? setTimeout(tick, 1000 / $("speed").value) : 0;
  if (!timer) playButton();
}
function toggle() { timer ? pause() : play(); }
function playButton() {
  const b = $("play"), word = say(timer ? "pause" : "play");
  b.querySelector("path").setAttribute("d", PLAY[timer ? 1 : 0]);
  b.querySelector("span").textContent = word;
  b.setAttribute("aria-label", word);
  b.title = word;
}

function listen() {
  const does = {first: () => step(-D.days), before: () => step(-1), play: toggle, after: () => step(1), next: () => goNews(1), last: () => step(D.days)};
  for (const [id, act] of Object.entries(does)) $(id).addEventListener("click", act);
  $("slider").addEventListener("input", () => { pause(); show(Number($("slider").value)); });
  $("small").addEventListener("change", newsDay);
  const forward = RTL ? "ArrowLeft" : "ArrowRight", back = RTL ? "ArrowRight" : "ArrowLeft";
  const keys = {[forward]: event => event.shiftKey ? goNews(1) : step(1), [back]: event => event.shiftKey ? goNews(-1) : step(-1), Home: () => step(-D.days), End: () => step(D.days), " ": toggle};
  addEventListener("keydown", event => {
    const tag = event.target.tagName, key = event.key;
    if (!keys[key] || event.ctrlKey || event.altKey || event.metaKey || tag === "SELECT" || (tag === "INPUT" && event.target.type !== "range")) return;
    if (key === " " && (tag === "BUTTON" || tag === "A" || tag === "SUMMARY")) return;  // those are pressed by it
    event.preventDefault();
    keys[key](event);
  });
  let from = null;
  for (const id of ["place", "now", "ladder"]) {
    $(id).addEventListener("touchstart", event => { from = event.touches.length === 1 ? [event.touches[0].clientX, event.touches[0].clientY] : null; }, {passive: true});
    $(id).addEventListener("touchend", event => {
      if (!from) return;
      const dx = event.changedTouches[0].clientX - from[0], dy = event.changedTouches[0].clientY - from[1];
      if (Math.abs(dx) > 40 && Math.abs(dx) > 2 * Math.abs(dy)) step((dx < 0) !== RTL ? 1 : -1);
      from = null;
    });
  }
}

$("slider").max = LAST;
$("release").textContent = DATE.format(dateOf(ZERO));
drawMap(); drawLadder(); drawTimeline(); drawCharts(); drawWhy(); listen();
// an address that ends in #day=12 opens on that day after the release
function linked() { const wanted = /^#day=(-?\d+)$/.exec(location.hash); return wanted ? Number(wanted[1]) - D.first : Math.max(0, ZERO); }
addEventListener("hashchange", () => step(linked() - at));
show(linked());
