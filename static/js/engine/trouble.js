/** Why the engine cannot answer. */
export class Trouble extends Error {
  /** @param {import("./messages.js").Reason} reason @param {string} [detail] for the developer */
  constructor(reason, detail = "") {
    super(detail ? `${reason}: ${detail}` : reason);
    this.reason = reason;
  }
}
