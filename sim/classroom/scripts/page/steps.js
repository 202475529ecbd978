// The path of a lesson: six steps and the sandbox, of which one is shown.

import { all, byId, html } from "../common/dom.js";
import { SANDBOX, STEPS } from "./address.js";
import { say } from "./data.js";
import { forget } from "./notebook.js";

/** @import { Lesson, State } from "./address.js" */

const BET = "bet";
const FIRST_OF_ANSWER = STEPS.indexOf(BET) + 1; // from here on the answer is in sight
const SLOTS = "[data-slot]";

let shown = STEPS[0];
let sealed = true;
/** @type {Set<string>} */
const hidden = new Set();
/** @type {((step: string) => void)[]} */
const followers = [];
/** @type {(() => void)[]} */
const openers = [];

/** Whether the answer is still out of sight: no bet is locked, and nobody has skipped it. */
export const isSealed = () => sealed && !hidden.has(BET) && isFilled(BET);

/** Have something done whenever another step is shown. @param {(step: string) => void} follower */
export function onStep(follower) {
  followers.push(follower);
}

/** Have something done when the answer comes in sight. @param {() => void} opener */
export function onUnseal(opener) {
  openers.push(opener);
}

/** @returns {Lesson} */
export const lesson = () => ({ step: shown, hidden: [...hidden], large: isLarge() });

const isLarge = () => document.documentElement.classList.contains("project");

/** Whether a step has something to show: a slot that another part has to fill may be empty. */
const isFilled = (/** @type {string} */ step) => {
  const slot = document.querySelector(`#step-${step}${SLOTS}, #step-${step} ${SLOTS}`);
  return !slot || slot.childElementCount > 0;
};

/** The steps that the class sees, in their order. */
export const stepsThere = () => STEPS.filter((step) => isFilled(step) && !hidden.has(step));

/** Whether a step comes after a bet that is not locked yet. @param {string} step */
const isClosed = (step) => isSealed() && STEPS.indexOf(step) >= FIRST_OF_ANSWER;

/** The answer may be in sight from now on. */
export function unseal() {
  if (!sealed) return;
  sealed = false;
  drawSteps();
  for (const opener of openers) opener();
}

/** The answer goes out of sight again, before anybody has seen it. */
export function seal() {
  sealed = true;
  drawSteps();
}

/**
 * Go to a step; one that is closed leads to the bet, and says why.
 *
 * @param {string} wanted
 */
export function goTo(wanted) {
  const closed = isClosed(wanted);
  const to = closed ? BET : wanted;
  if (to !== shown) history.pushState(null, ""); // so that the way back is one step
  show(to);
  arrive(closed);
}

/** Say where we are, and begin to read there. @param {boolean} closed */
function arrive(closed) {
  tellStep(closed);
  const heading = document.querySelector(`#step-${shown} h2`);
  if (heading instanceof HTMLElement) heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** @param {string} step */
function show(step) {
  shown = step;
  document.body.dataset["step"] = step;
  for (const part of all("[data-steps]")) {
    part.toggleAttribute("data-away", !part.dataset["steps"]?.split(" ").includes(step));
  }
  drawSteps();
  for (const follower of followers) follower(step);
}

/** Say aloud where we are; who came to a closed step also reads why. @param {boolean} closed */
function tellStep(closed) {
  const place = byId("step-said");
  place.textContent = closed ? say("path.closed") : stepInWords();
  place.className = closed ? "warning" : "quiet";
}

const stepInWords = () => {
  const there = stepsThere().filter((step) => step !== SANDBOX);
  const name = say(`path.steps.${shown}`);
  return shown === SANDBOX
    ? name
    : say("path.step_of", { n: there.indexOf(shown) + 1, all: there.length, name });
};

/** Write the names and numbers of the steps, and where we are. */
export function drawSteps() {
  const there = stepsThere();
  const links = there.map((step, k) => {
    const sign = step === SANDBOX ? "+" : String(k + 1);
    const number = html("b", { "aria-hidden": "true" }, sign);
    const closed = isClosed(step);
    const note = closed ? html("span", { class: "quiet" }, ` (${say("path.after_bet")})`) : null;
    const way = html(
      "a",
      {
        href: `#step=${step}`,
        "data-step": step,
        "aria-current": step === shown ? "step" : null,
        class: closed ? "closed" : null,
      },
      number,
      html("span", { class: "name" }, say(`path.steps.${step}`), note),
    );
    way.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(step);
    });
    return html("li", {}, way);
  });
  const active = document.activeElement;
  const focused = active instanceof HTMLAnchorElement ? active.dataset["step"] : undefined;
  byId("steps-list").replaceChildren(...links);
  if (focused) all(`a[data-step="${focused}"]`)[0]?.focus();
  drawOnward(there);
  drawTeacher();
}

/** The ways to the steps before and after. @param {string[]} there */
function drawOnward(there) {
  const at = there.indexOf(shown);
  const around = /** @type {const} */ ([
    ["back", there[at - 1]],
    ["onward", there[at + 1]],
  ]);
  for (const [id, step] of around) {
    const button = byId(id, HTMLButtonElement);
    button.hidden = at < 0 || step === undefined || isClosed(step);
    button.dataset["to"] = step;
    const name = step ? say(`path.steps.${step}`) : "";
    button.textContent = say(`path.${id}`, { name });
  }
}

/** Boxes for the steps that the class sees. */
function drawTeacher() {
  for (const box of all("#teacher [data-hides]")) {
    const step = box.dataset["hides"] ?? "";
    if (!(box instanceof HTMLInputElement)) continue;
    box.checked = !hidden.has(step);
    const line = box.closest("li");
    if (line) line.hidden = !isFilled(step);
  }
  byId("large", HTMLInputElement).checked = isLarge();
}

/**
 * Show what an address says of the lesson.
 *
 * @param {State | null} state
 */
export function showSteps(state) {
  hidden.clear();
  for (const step of state?.hidden ?? []) hidden.add(step);
  if (!stepsThere().length) hidden.clear();
  document.documentElement.classList.toggle("project", state?.large ?? false);
  if (state?.direct) unseal(); // a link to a view is from somebody who has seen it
  const [first] = stepsThere();
  const wanted = state?.step && stepsThere().includes(state.step) ? state.step : first;
  const closed = isClosed(wanted);
  const before = document.body.dataset["step"]; // none while the page opens
  show(closed ? BET : wanted);
  if (before !== undefined && before !== shown) arrive(closed);
  else if (closed) tellStep(closed);
}

/** Listen to the buttons of the path, and to the teacher's boxes. */
export function listenToSteps() {
  for (const id of ["back", "onward"]) {
    byId(id).addEventListener("click", ({ currentTarget }) => {
      if (currentTarget instanceof HTMLElement) goTo(currentTarget.dataset["to"] ?? shown);
    });
  }
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault(); // the address is of the lesson
    const heading = document.querySelector(`#step-${shown} h2`);
    if (heading instanceof HTMLElement) heading.focus();
  });
  byId("anew").addEventListener("click", () => {
    forget();
    location.reload();
  });
  byId("teacher").addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const step = target.dataset["hides"];
    const wasSealed = isSealed();
    if (step === undefined) document.documentElement.classList.toggle("project", target.checked);
    else if (target.checked) hidden.delete(step);
    else hidden.add(step);
    if (!stepsThere().length) hidden.clear();
    if (wasSealed && !isSealed()) for (const opener of openers) opener();
    const there = stepsThere();
    show(there.includes(shown) && !isClosed(shown) ? shown : isSealed() ? BET : there[0]);
  });
}
