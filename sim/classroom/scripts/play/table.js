// The game on the screen: roles, hand over, stop, end. One part is shown at a time.

import { all, byId, html } from "../common/dom.js";
import { DATA, say } from "../page/data.js";
import { drawQr } from "../page/keep.js";
import { Fault } from "../page/unpack.js";
import { drawAmong } from "./among.js";
import { readCode } from "./code.js";
import { bestGame, daysDigest, Game, gameOf, PLAY, stopOf } from "./game.js";
import { forgetCode, saveCode, savedCode } from "./saved.js";
import {
  aboutWords,
  beliefLines,
  choiceName,
  endParts,
  gameResult,
  headingWords,
  optionLines,
  ordersNow,
  ownLines,
  sinceWords,
  told,
  worldsWords,
} from "./tell.js";
import { TurningPart } from "./turning_part.js";

/** @import { ClassPage } from "../page/types.js" */
/** @import { Position, Stop } from "./types.js" */

const PARTS_OF_GAME = ["game-setup", "game-turn", "game-stop", "game-end"];
const HUNDRED = 100;

/** @param {string} id */
const buttonOf = (id) => byId(id, HTMLButtonElement);

/** A heading with lines below it. @param {string} heading @param {string[]} lines @param {string} [kind] */
function block(heading, lines, kind) {
  const items = lines.map((line) => html("li", { dir: "auto" }, line));
  return html(
    "div",
    { class: kind },
    heading ? html("h4", {}, heading) : null,
    html("ul", {}, ...items),
  );
}

/** The players of a game at one screen. */
export class Table {
  /** @type {Game | null} */
  #game = null;
  /** @type {Position | null} */
  #position = null;
  #looks = -1; // the role whose player looks at the screen
  #busy = false;

  /** @param {ClassPage} page */
  constructor(page) {
    this.page = page;
    this.turning = new TurningPart(page);
  }

  listen() {
    this.#fillRoles();
    byId("game-groups").addEventListener("change", () => this.#fillRoles());
    this.#on("game-start", () => this.#begin());
    this.#on("game-resume", () => this.#open(savedCode() ?? "", true));
    this.#on("game-forget", async () => {
      forgetCode();
      this.#offerSaved();
    });
    this.#on("game-ready", () => this.#showStop());
    this.#on("game-own", async () => this.#answer(ownLines(...this.#there())));
    this.#on("game-worlds", () => this.#worlds());
    this.#on("game-undo", () => this.#goTo(this.#there()[1].choices.slice(0, -1)));
    this.#on("game-quit", () => this.#end());
    this.#on("game-again", async () => this.#setup());
    this.#on("game-copy", () => this.#copy());
    this.#onSubmit("game-ask", () => this.#choose());
    this.#onSubmit("game-open", () => this.#open(byId("game-in", HTMLInputElement).value, false));
    this.#offerSaved();
    const linked = /[#&]game=([\w-]{1,200})/.exec(location.hash);
    if (linked) this.#do(() => this.#open(linked[1], false));
  }

  /** @param {string} id @param {() => Promise<void>} act */
  #on(id, act) {
    byId(id).addEventListener("click", () => this.#do(act));
  }

  /** @param {string} id @param {() => Promise<void>} act */
  #onSubmit(id, act) {
    byId(id).addEventListener("submit", (event) => {
      event.preventDefault();
      this.#do(act);
    });
  }

  /** Do one thing at a time: what is pressed meanwhile is left out. @param {() => Promise<void>} act */
  async #do(act) {
    if (this.#busy) return;
    this.#busy = true;
    this.#say("");
    const waiting = setTimeout(() => this.#say(say("play.page.busy")), 400);
    try {
      await act();
      clearTimeout(waiting);
      if (byId("game-said").textContent === say("play.page.busy")) this.#say("");
    } catch (error) {
      clearTimeout(waiting);
      if (error instanceof Fault) this.#say(say(error.key, error.values));
      else this.page.tellFault(error);
    } finally {
      this.#busy = false;
    }
  }

  /** @param {string} text */
  #say(text) {
    byId("game-said").textContent = text;
  }

  /** @param {string} part @param {string} heading - that takes the focus */
  #show(part, heading) {
    for (const id of PARTS_OF_GAME) byId(id).hidden = id !== part;
    this.turning.stop();
    // a game under way is in no picture: its code would tell how it goes on
    byId("game-class").hidden = part === "game-turn" || part === "game-stop";
    if (heading) byId(heading).focus();
  }

  /** The game that is played, and where it stands. @returns {[Game, Position]} */
  #there() {
    if (!this.#game || !this.#position) throw new Fault("play.page.fault_game");
    return [this.#game, this.#position];
  }

  #fillRoles() {
    const groups = byId("game-groups", HTMLInputElement);
    const some = PLAY.roles.some(({ kind }) => kind === "groups");
    if (groups.parentElement) groups.parentElement.hidden = !some;
    const roles = PLAY.roles.filter(({ kind }) => kind !== "groups" || groups.checked);
    byId("game-list").replaceChildren(
      ...roles.map(({ name, kind, id }) =>
        html(
          "label",
          {},
          html("input", { type: "checkbox", name: "role", value: id }),
          html("span", {}, html("b", { dir: "auto" }, name), ` (${say(`play.page.kind_${kind}`)})`),
        ),
      ),
    );
  }

  #offerSaved() {
    const there = savedCode() !== null;
    for (const id of ["game-resume", "game-forget"]) byId(id).hidden = !there;
  }

  #setup() {
    this.#game = this.#position = null;
    this.#offerSaved();
    for (const id of ["game-brief", "game-answers", "game-told"]) byId(id).replaceChildren();
    this.#show("game-setup", "");
    buttonOf("game-start").focus();
  }

  async #begin() {
    const chosen = all("#game-list input:checked").map((one) => one.getAttribute("value"));
    const roles = PLAY.roles.filter(({ id }) => chosen.includes(id));
    if (!roles.length || roles.length > PLAY.rule.roles) throw new Fault("play.page.start_none");
    this.#game = await bestGame(this.page, roles);
    this.#looks = -1;
    await this.#goTo([]);
  }

  /**
   * Open a code: one that was typed, linked or kept.
   *
   * @param {string} text
   * @param {boolean} kept
   */
  async #open(text, kept) {
    try {
      const { game, position } = await gameOf(this.page, readCode(text));
      this.#game = game;
      this.#looks = -1;
      await this.#goTo(position.choices);
    } catch (error) {
      if (!kept) throw error;
      forgetCode();
      this.#offerSaved();
      throw new Fault("play.page.saved_bad");
    }
  }

  /** @param {number[]} choices */
  async #goTo(choices) {
    const [game] = [this.#game];
    if (!game) return;
    this.#position = await game.position(choices);
    saveCode(game.code(this.#position));
    const stop = stopOf(this.#position);
    if (!stop) return this.#end();
    if (game.roles.length > 1 && stop.role !== this.#looks) return this.#handOver(stop);
    return this.#showStop();
  }

  /** Nothing of the last player stays on the screen, nor in the page. @param {Stop} stop */
  #handOver(stop) {
    const [game] = this.#there();
    const who = game.roles[stop.role].name;
    for (const id of ["game-brief", "game-choices", "game-answers", "game-told"]) {
      byId(id).replaceChildren();
    }
    for (const id of ["game-stop-h", "game-why", "game-question"]) byId(id).textContent = "";
    byId("game-turn-h").textContent = told("yours", { who });
    byId("game-private").textContent = say("play.page.private", { who });
    this.#show("game-turn", "game-turn-h");
  }

  async #showStop() {
    const [game, position] = this.#there();
    const stop = stopOf(position);
    if (!stop) return this.#end();
    this.#looks = stop.role;
    const [heading, why] = headingWords(game, position);
    byId("game-stop-h").textContent = heading;
    byId("game-why").textContent = why;
    const since = sinceWords(game, position);
    const orders = await ordersNow(game, position);
    const beliefs = beliefLines(position);
    byId("game-brief").replaceChildren(
      ...(position.choices.length ? [] : [block("", this.#opening(game))]),
      ...(since ? [block(...since)] : []),
      ...(orders.length ? [block(told("orders"), orders)] : []),
      ...(beliefs.length ? [block(told("beliefs"), beliefs)] : []),
    );
    const { word } = DATA.telling.decisions.kinds[stop.kind];
    byId("game-question").textContent = told(`ask.${word}`, { about: aboutWords(stop) });
    byId("game-choices").replaceChildren(
      ...optionLines(stop).map(({ choice, name, meaning }) =>
        html(
          "label",
          {},
          html("input", { type: "radio", name: "choice", value: choice }),
          html("span", {}, html("b", {}, name), html("br"), meaning),
        ),
      ),
    );
    byId("game-answers").replaceChildren();
    buttonOf("game-undo").hidden = game.roles.length > 1;
    buttonOf("game-undo").disabled = !position.choices.length;
    buttonOf("game-worlds").hidden = this.page.isSealed();
    this.#show("game-stop", "game-stop-h");
  }

  /** @param {Game} game */
  #opening({ roles }) {
    const frame = told("frame", { n: PLAY.rule.budget });
    return roles.length ? [frame, told("know")] : [];
  }

  /** @param {string[]} lines */
  #answer(lines) {
    byId("game-answers").replaceChildren(...lines.map((line) => html("p", { dir: "auto" }, line)));
  }

  /** The choice that is marked, null if none is. */
  #marked() {
    const [marked] = all("#game-choices input:checked");
    return marked ? Number(marked.getAttribute("value")) : null;
  }

  async #worlds() {
    const [game, position] = this.#there();
    const stop = stopOf(position);
    if (!stop || this.page.isSealed()) return;
    this.#answer([say("play.page.worlds_wait")]);
    const choice = this.#marked() ?? 0;
    const plain = await game.futures(position, HUNDRED, 0);
    const lines = [worldsWords(plain, stop, 0)];
    if (choice) {
      lines.push(worldsWords(await game.futures(position, HUNDRED, choice), stop, choice));
    }
    this.#answer(lines);
  }

  async #choose() {
    const [, position] = this.#there();
    const choice = this.#marked();
    if (choice === null) throw new Fault("play.page.choose_one");
    const stop = stopOf(position);
    if (!stop) return;
    await this.#goTo([...position.choices, choice]);
  }

  async #end() {
    const [game, position] = this.#there();
    const others = this.page.isSealed() ? null : this.page.worlds();
    await others?.grow(HUNDRED, () => {});
    // a game that was broken off tells nothing of days that nobody has played
    const over = stopOf(position) === null;
    const parts = over
      ? await endParts(game, position, others)
      : /** @type {[string, string[]][]} */ ([
          ["", [told("ended_early")]],
          [
            told("choices"),
            position.choices.map((choice, k) => {
              const stop = position.stops[k];
              const who = game.roles[stop.role].name;
              return told("choice_line", { day: stop.day, who, option: choiceName(stop, choice) });
            }),
          ],
        ]);
    byId("game-told").replaceChildren(
      ...parts
        .filter(([, lines]) => lines.length)
        .map(([heading, lines]) => block(heading, lines, heading ? undefined : "ended")),
    );
    const code = game.code(position);
    const figure = byId("game-among");
    figure.hidden = !over || !others;
    if (over && others) {
      const played = [{ ...gameResult(position), code, roles: "" }];
      drawAmong(byId("game-among-picture", SVGSVGElement), played, others, HUNDRED);
    }
    this.turning.offer(game, position, over && !this.page.isSealed());
    byId("game-code").textContent = code;
    byId("game-digest").textContent = over ? daysDigest(position) : "–";
    const link = `${location.href.split("#")[0]}#step=play&game=${code}`;
    byId("game-link", HTMLInputElement).value = link;
    const picture = byId("game-qr", SVGSVGElement);
    drawQr(picture, code);
    byId("game-copied").textContent = "";
    this.#show("game-end", "game-end-h");
  }

  async #copy() {
    const code = byId("game-code");
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
      byId("game-copied").textContent = say("copied");
    } catch {
      const range = document.createRange();
      range.selectNodeContents(code);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
      byId("game-copied").textContent = say("not_copied");
    }
  }
}
