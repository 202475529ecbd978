// Play a side: what fills the slot `#play-slot` of the page (templates/play.html.j2).

import { Collector } from "./collect.js";
import { Table } from "./table.js";

/** @import { ClassPage } from "../page/types.js" */

/**
 * Start this part of the page; an empty slot is a step that is not shown.
 *
 * @param {ClassPage} page
 */
export function startPlay(page) {
  new Table(page).listen();
  new Collector(page).listen();
}
