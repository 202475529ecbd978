// Doctrines: what fills the slot `#doctrines-slot` of the page (templates/doctrines.html.j2).

/** @import { ClassPage } from "../page/types.js" */

/**
 * Start this part of the page; an empty slot is not shown.
 *
 * @param {ClassPage} _page
 */
export function startDoctrines(_page) {}
