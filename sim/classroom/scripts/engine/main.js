// A worker: it holds one engine, and answers one question after the other.

import { Engine } from "./memory.js";

/** @import { Question, Reply } from "./types.js" */

/** @type {Engine | null} */
let engine = null;

/**
 * @param {Question} question
 * @returns {Reply}
 */
function answer(question) {
  const { id } = question;
  if (question.kind === "start") {
    engine = new Engine(question.module, question.image, question.layout);
    return { id, ready: true };
  }
  if (!engine) throw new Error("not started");
  if (question.kind === "run") {
    const begun = performance.now();
    const rows = engine.run(question.batch);
    return { id, rows, took: performance.now() - begun };
  }
  return { id, whole: engine.whole(question.batch, question.ledger) };
}

/** @param {MessageEvent<Question>} event */
self.onmessage = ({ data }) => {
  try {
    const reply = answer(data);
    const tables = "rows" in reply ? Object.values(reply.rows) : [];
    // handed over, not copied
    self.postMessage(reply, { transfer: tables.map((table) => table.buffer) });
  } catch (error) {
    const fault = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    self.postMessage({ id: data.id, fault });
  }
};
