// Where the sliders stand, and where they stood before.

import { same } from "./model.js";

/** @import { Place } from "./types.js" */

/** The place of the sliders, with its history. */
export class History {
  /** @type {Place[]} */
  #past = [];
  /** @type {number | null} */
  #held = null;

  /** @param {Place} home - where the scenario stands */
  constructor(home) {
    this.home = home;
    /** @type {Place} */
    this.place = [...home];
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get isHome() {
    return same(this.place, this.home);
  }

  /**
   * Move one slider; all its moves in a row are one step of the history.
   *
   * @param {number} k
   * @param {number} share
   */
  move(k, share) {
    if (this.#held !== k) this.#past.push(this.place);
    this.#held = k;
    this.place = this.place.map((one, i) => (i === k ? share : one));
  }

  /** The slider was let go: its next move is a new step. */
  release() {
    this.#held = null;
  }

  /**
   * Go to a place at once.
   *
   * @param {Place} place
   */
  go(place) {
    if (!same(place, this.place)) this.#past.push(this.place);
    this.#held = null;
    this.place = [...place];
  }

  /** Go one step back, if there is one. */
  undo() {
    this.place = this.#past.pop() ?? this.place;
    this.#held = null;
  }
}
