/**
 * The page's end of the conversation with the engine (engine/messages.js). Of the questions that a drag asks in a row
 * one is on its way and only the newest waits: those between are answered by null.
 */

export class EngineError extends Error {
  /** @param {import("./engine/messages.js").Reason} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

export class EngineClient {
  /**
   * @param {string} address of engine/worker.js
   * @param {Worker} [started] one that has been started there already
   * @throws {EngineError} where the browser has no module workers
   */
  constructor(address, started) {
    try {
      this.worker = started ?? new Worker(address, { type: "module" });
    } catch {
      throw new EngineError("unreadable");
    }
    this.waiting = new Map();
    this.lanes = new Map();
    this.last = 0;
    this.worker.addEventListener("message", ({ data }) => this.settle(data));
    this.worker.addEventListener("error", () => this.fail());
  }

  /** @param {import("./engine/messages.js").Open} message @returns {Promise<import("./engine/messages.js").Opened>} */
  open(message) {
    return this.send("open", message);
  }

  /** @param {import("./engine/messages.js").Ask} message @returns {Promise<import("./engine/messages.js").Answer|null>} */
  ask(message) {
    return this.newest("ask", message);
  }

  /** @returns {Promise<{items: import("./engine/messages.js").Items}|null>} */
  view(view) {
    return this.newest("view", { view });
  }

  /** @returns {Promise<import("./engine/messages.js").Members>} */
  members(number, item, limit) {
    return this.send("members", { number, item, limit });
  }

  /** @returns {Promise<{rows: (import("./engine/messages.js").Incident|null)[]}>} */
  rows(codes) {
    return this.send("rows", { codes });
  }

  send(type, message) {
    this.last += 1;
    this.worker.postMessage({ ...message, id: this.last, type });
    return new Promise((resolve, reject) => this.waiting.set(this.last, { resolve, reject }));
  }

  async newest(type, message) {
    const lane = this.lanes.get(type) ?? { busy: false, next: null };
    this.lanes.set(type, lane);
    if (lane.busy) {
      lane.next?.resolve(null);
      return new Promise((resolve, reject) => {
        lane.next = { message, resolve, reject };
      });
    }
    lane.busy = true;
    try {
      return await this.send(type, message);
    } finally {
      lane.busy = false;
      const { next } = lane;
      lane.next = null;
      if (next) this.newest(type, next.message).then(next.resolve, next.reject);
    }
  }

  /** The first answer of a worker that was asked before there was a client. @param {Promise<MessageEvent>} message */
  async answerOf(message) {
    const { data } = await message.catch(() => {
      throw new EngineError("unreadable");
    });
    if (data.type !== "answer") throw new EngineError(data.reason);
    return data;
  }

  settle({ id, type, reason, ...answer }) {
    // The answer to what was asked before this client was there.
    if (!this.waiting.has(id)) return;
    const { resolve, reject } = this.waiting.get(id);
    this.waiting.delete(id);
    if (type === "answer") resolve(answer);
    else reject(new EngineError(reason));
  }

  /** Ends the worker; what it was asked is answered by an error. */
  close() {
    this.worker.terminate();
    for (const { reject } of this.waiting.values()) reject(new EngineError("superseded"));
    this.waiting.clear();
  }

  /** The worker's own script could not be loaded or run. */
  fail() {
    for (const { reject } of this.waiting.values()) reject(new EngineError("unreadable"));
    this.waiting.clear();
  }
}

/**
 * The engine with the published set in it.
 * @param {object} config the page's JSON: `columns` is the version with what opens it
 * @returns {Promise<EngineClient>} @throws {EngineError} saying why there is none
 */
export async function openEngine({ columns, worker }) {
  if (!columns) throw new EngineError("missing");
  const started = startedEngine();
  const engine = new EngineClient(worker, started);
  const { stale } = await (started ? engine.answerOf(started.opened) : engine.open(columns));
  engine.stale = stale;
  return engine;
}

/** What the page's head has begun (templates/incidents/_engine.html), for whoever asks first. */
function startedEngine() {
  const { startedEngine: started } = globalThis;
  globalThis.startedEngine = undefined;
  return started;
}
