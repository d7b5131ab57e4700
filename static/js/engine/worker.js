/** The engine's end of the conversation (messages.js): a module worker without a document. */
import { Engine } from "./engine.js";
import { fetchColumns } from "./fetching.js";
import { rehearse } from "./rehearsal.js";
import { Trouble } from "./trouble.js";

/** After the first answer the page is drawn for the first time; its visitor takes longer. */
const REHEARSAL_MS = 300;

let engine = null;
/** Rehearses once. */
let prepare = () => {};

const ANSWERS = {
  async open(message) {
    const { columns, stale } = await fetchColumns(message);
    engine = new Engine(columns, message);
    prepare = () => {
      setTimeout(() => rehearse(columns, message, pause), REHEARSAL_MS);
      prepare = () => {};
    };
    return engine.opened(stale);
  },
  async ask(message) {
    const answer = await opened().ask(message);
    prepare();
    return answer;
  },
  view: ({ view }) => ({ items: opened().items(view) }),
  members: (message) => opened().members(message),
  rows: ({ codes }) => ({ rows: opened().rows(codes) }),
};

addEventListener("message", async ({ data }) => {
  const { id, type } = data;
  try {
    const answer = await ANSWERS[type](data);
    postMessage({ id, type: "answer", ...answer }, { transfer: buffersOf(answer) });
  } catch (error) {
    if (!(error instanceof Trouble)) console.error(error);
    postMessage({ id, type: "failed", reason: error instanceof Trouble ? error.reason : "unreadable" });
  }
});

/** Lets messages in. */
function pause() {
  return new Promise((resolve) => setTimeout(resolve));
}

function opened() {
  if (!engine) throw new Trouble("not-open");
  return engine;
}

/** The arrays of an answer are made for it, so their memory goes over with it. */
function buffersOf({ items, histogram, list }) {
  return [items, histogram, list]
    .flatMap((part) => Object.values(part ?? {}))
    .filter(ArrayBuffer.isView)
    .map(({ buffer }) => buffer);
}
