// Workers that hold the engine; tasks wait here, so that those nobody waits for are never begun.

import { Engine } from "../engine/memory.js";
import { Fault } from "./unpack.js";

/** @import { Batch, Layout, Question, Reply, Rows, Whole } from "../engine/types.js" */
/**
 * @typedef {object} Task
 * @property {Batch} batch
 * @property {{ledger: boolean}} [whole] - one replication in full
 * @property {boolean} [urgent] - goes before those that are not
 * @property {() => boolean} wanted - whether anybody still waits for it
 */
/**
 * @typedef {object} Waiting
 * @property {Task} task
 * @property {(reply: any) => void} done
 * @property {(fault: Error) => void} failed
 */

const MOST_WORKERS = 4;
const REMEMBERED = 0.7; // of what was known of the pace, when a task is done
const PATIENCE = 4000; // milliseconds that a worker may take to start

/** @param {Reply} reply */
function resultOf(reply) {
  if ("fault" in reply) {
    throw new Fault(/RangeError|memory/i.test(reply.fault) ? "fault_memory" : "fault_engine", {
      why: reply.fault,
    });
  }
  return "rows" in reply ? reply.rows : "whole" in reply ? reply.whole : null;
}

/** The engine in several workers, or in this page where a browser allows none. */
export class Pool {
  /** @type {Waiting[]} */
  #queue = [];
  /** @type {Worker[]} */
  #idle = [];
  /** @type {Map<Worker, Waiting>} */
  #busy = new Map();
  /** @type {Engine | null} */
  #own = null;
  #number = 0;

  /**
   * @param {WebAssembly.Module} module
   * @param {Uint8Array} image
   * @param {Layout} layout
   */
  constructor(module, image, layout) {
    this.module = module;
    this.image = image;
    this.layout = layout;
    this.workers = 0;
    this.pace = 1; // milliseconds a replication
  }

  /**
   * Start workers from a text; gives whether there are any.
   *
   * @param {string} source
   */
  async start(source) {
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const count = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 2));
    const all = Array.from({ length: count }, () => this.#startOne(address));
    const found = await Promise.all(all);
    this.workers = found.filter(Boolean).length;
    URL.revokeObjectURL(address);
    if (!this.workers) this.#own = new Engine(this.module, this.image, this.layout);
    this.#next();
    return this.workers > 0;
  }

  /**
   * @param {string} address
   * @returns {Promise<boolean>}
   */
  #startOne(address) {
    return new Promise((resolve) => {
      /** @type {Worker} */
      let worker;
      try {
        worker = new Worker(address);
      } catch {
        resolve(false);
        return;
      }
      const timer = setTimeout(() => give(false), PATIENCE);
      /** @param {boolean} fine */
      const give = (fine) => {
        clearTimeout(timer);
        if (fine) {
          worker.onmessage = ({ data }) => this.#take(worker, data);
          worker.onerror = () => this.#replace(worker);
          this.#idle.push(worker);
        } else {
          worker.terminate();
        }
        resolve(fine);
      };
      worker.onerror = () => give(false);
      worker.onmessage = ({ data }) => give(data.ready === true);
      /** @type {Question} */
      const start = {
        kind: "start",
        id: 0,
        module: this.module,
        image: this.image,
        layout: this.layout,
      };
      worker.postMessage(start);
    });
  }

  /**
   * @param {Task} task
   * @returns {Promise<Rows>}
   */
  run(task) {
    return this.#ask(task);
  }

  /**
   * @param {Batch} batch - of one
   * @param {boolean} ledger
   * @returns {Promise<Whole>}
   */
  whole(batch, ledger) {
    return this.#ask({ batch, whole: { ledger }, urgent: true, wanted: () => true });
  }

  /**
   * @param {Task} task
   * @returns {Promise<any>} null if nobody wants it any more
   */
  #ask(task) {
    return new Promise((done, failed) => {
      const waiting = { task, done, failed };
      const behind = task.urgent ? this.#queue.findIndex((one) => !one.task.urgent) : -1;
      this.#queue.splice(behind < 0 ? this.#queue.length : behind, 0, waiting);
      this.#next();
    });
  }

  /** Give the next tasks to those who have none. */
  #next() {
    if (this.#own) {
      setTimeout(() => this.#nextHere());
      return;
    }
    while (this.#queue.length && this.#idle.length) {
      const waiting = /** @type {Waiting} */ (this.#queue.shift());
      if (!waiting.task.wanted()) {
        waiting.done(null);
        continue;
      }
      const worker = /** @type {Worker} */ (this.#idle.pop());
      this.#busy.set(worker, waiting);
      worker.postMessage(this.#question(waiting.task));
    }
  }

  /**
   * @param {Task} task
   * @returns {Question}
   */
  #question({ batch, whole }) {
    this.#number += 1;
    return whole
      ? { kind: "whole", id: this.#number, batch, ledger: whole.ledger }
      : { kind: "run", id: this.#number, batch };
  }

  /**
   * Go on without a worker that broke down: what it had to do is done by another, and by this page
   * when there is none left.
   *
   * @param {Worker} worker
   */
  #replace(worker) {
    worker.terminate();
    const waiting = this.#busy.get(worker);
    this.#busy.delete(worker);
    this.#idle = this.#idle.filter((one) => one !== worker);
    if (waiting) this.#queue.unshift(waiting);
    this.workers -= 1;
    if (!this.workers) this.#own = new Engine(this.module, this.image, this.layout);
    this.#next();
  }

  /**
   * @param {Worker} worker
   * @param {Reply} reply
   */
  #take(worker, reply) {
    const waiting = this.#busy.get(worker);
    this.#busy.delete(worker);
    this.#idle.push(worker);
    this.#next();
    if (!waiting) return;
    if ("took" in reply) this.#learn(reply.took / waiting.task.batch.count);
    try {
      waiting.done(resultOf(reply));
    } catch (fault) {
      waiting.failed(/** @type {Error} */ (fault));
    }
  }

  /** How long replications take, from one more task. @param {number} milliseconds */
  #learn(milliseconds) {
    this.pace = Math.max(0.05, REMEMBERED * this.pace + (1 - REMEMBERED) * milliseconds);
  }

  /** Do the next task in this page, and leave it time to draw in between. */
  #nextHere() {
    const waiting = this.#queue.shift();
    if (!waiting || !this.#own) return;
    const { task, done, failed } = waiting;
    try {
      if (!task.wanted()) done(null);
      else if (task.whole) done(this.#own.whole(task.batch, task.whole.ledger));
      else done(this.#own.run(task.batch));
    } catch (error) {
      failed(
        error instanceof RangeError ? new Fault("fault_memory") : /** @type {Error} */ (error),
      );
    }
    this.#next();
  }
}
