// Play a side: what fills the slot `#play-slot` of the page (templates/play.html.j2).

/** @import { ClassPage } from "../page/types.js" */

/**
 * Start this part of the page; an empty slot is a step that is not shown.
 *
 * @param {ClassPage} _page
 */
export function startPlay(_page) {}
