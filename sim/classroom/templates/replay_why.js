// Click an actor: what it could do today, what spoke for and against, and how the draw fell.
let asked = -1;

function ask(actor) {
  asked = asked === actor ? -1 : actor;
  for (const b of document.querySelectorAll(".actor")) b.setAttribute("aria-pressed", String(Number(b.dataset.actor) === asked));
  whyDay();
}

function drawWhy() {
  for (const b of document.querySelectorAll(".actor")) {
    b.style.setProperty("--tone", tone(Number(b.dataset.actor)));
    b.addEventListener("click", () => ask(Number(b.dataset.actor)));
  }
}

function whyDay() {
  const box = $("reasons");
  if (asked < 0) { box.replaceChildren(); return; }
  const parts = [el("h3", {}, say("why_of", {who: named(asked), date: DATE.format(dateOf(at))}))];
  if (at <= ZERO && D.actors[asked].kind !== "group") parts.push(el("p", {}, say("why_scripted")));
  else parts.push(el("p", {}, say("why_none")));
  box.replaceChildren(...parts);
}
