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
  if (question.kind === "run") return { id, rows: engine.run(question.batch) };
  return { id, whole: engine.whole(question.batch, question.ledger) };
}

/** @param {MessageEvent<Question>} event */
self.onmessage = ({ data }) => {
  try {
    self.postMessage(answer(data));
  } catch (error) {
    const fault = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    self.postMessage({ id: data.id, fault });
  }
};
