// What is wrong, said in one sentence at the top of the page.

import { byId } from "../common/dom.js";
import { say } from "./data.js";
import { Fault } from "./unpack.js";

/** Say what is wrong, in one sentence; nothing of the page is lost. @param {unknown} error */
export function tellFault(error) {
  const place = byId("fault");
  if (!(error instanceof Fault)) console.error(error);
  const [key, values] =
    error instanceof Fault ? [error.key, error.values] : ["fault_engine", { why: String(error) }];
  place.textContent = say(key, values);
  place.hidden = false;
}
