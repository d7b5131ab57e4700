/**
 * Runs in a page before its own scripts: when it was usable, how long inputs take to be painted, its long tasks.
 *
 * The explorer marks `atlas:usable` once and `atlas:painted` after each drawing, in its animation frame. A message
 * posted there arrives when that frame has been committed: its time is what counts.
 *
 * Headless Chromium has no way to free frames of the screen's 60 a second, so any input seems to take 16 or 33 ms. With
 * `freeFrames` the first animation frame comes at once, and layout and canvases are forced to be done before the clock is read:
 * what is timed is the work.
 */
((freeFrames) => {
  const PATIENCE_MS = 30_000;
  /** An input that is not painted by then never is. */
  const INPUT_PATIENCE_MS = 3_000;
  const tasks = [];
  const committed = { "atlas:usable": 0, "atlas:painted": 0 };
  let waiting = [];
  let input = null;
  let answer = null;
  let expected = "";

  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push([startTime, duration]);
  });
  observer.observe({ type: "longtask", buffered: true });

  const mark = performance.mark.bind(performance);
  performance.mark = (name, ...rest) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => commit(name);
    channel.port2.postMessage(null);
    return mark(name, ...rest);
  };

  if (freeFrames) {
    const nextFrame = globalThis.requestAnimationFrame.bind(globalThis);
    const cancelFrame = globalThis.cancelAnimationFrame.bind(globalThis);
    const free = new Map();
    let inFrame = false;
    let last = -1;
    // What asks for frame after frame, as a fading tile does, keeps the screen's pace: it would starve the rest.
    globalThis.requestAnimationFrame = (draw) => {
      if (inFrame) return nextFrame(draw);
      const channel = new MessageChannel();
      const number = last--;
      free.set(number, draw);
      channel.port1.onmessage = () => {
        const due = free.get(number);
        free.delete(number);
        inFrame = true;
        due?.(performance.now());
        inFrame = false;
      };
      channel.port2.postMessage(null);
      return number;
    };
    globalThis.cancelAnimationFrame = (number) => (number < 0 ? free.delete(number) : cancelFrame(number));
  }

  function finishDrawing() {
    document.body.getBoundingClientRect();
    for (const canvas of document.querySelectorAll("canvas")) canvas.getContext("2d")?.getImageData(0, 0, 1, 1);
  }

  function commit(name) {
    if (freeFrames) finishDrawing();
    committed[name] = performance.now();
    if (name === "atlas:painted" && input !== null) answer ??= committed[name];
    waiting = waiting.filter((one) => !one(name));
  }

  /** The time of the first commit of `name` that comes after `since`, null when none comes. */
  function after(name, since, patience = PATIENCE_MS) {
    if (committed[name] > since) return Promise.resolve(committed[name]);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), patience);
      waiting.push((done) => {
        if (done !== name) return false;
        clearTimeout(timer);
        resolve(committed[name]);
        return true;
      });
    });
  }

  const stamp = (event) => {
    if (event.type === expected && input === null) input = freeFrames ? performance.now() : event.timeStamp;
  };
  for (const kind of ["pointermove", "click"]) addEventListener(kind, stamp, { capture: true });

  globalThis.probe = {
    tasks,
    usable: (patience) => after("atlas:usable", 0, patience),
    /** Forget the last input: the next event of this type is the one that is timed. */
    arm: (type) => {
      expected = type;
      input = null;
      answer = null;
    },
    /** Milliseconds from the event to the first frame that shows what it did. To ask before it does would delay it. */
    latency: async () => {
      if (input === null) return null;
      answer ??= await after("atlas:painted", input, INPUT_PATIENCE_MS);
      return answer === null ? null : answer - input;
    },
    /** The same of a call, for what has an animation of its own before it: @param {() => void} act */
    timed: async (act) => {
      const begin = performance.now();
      act();
      const done = await after("atlas:painted", begin, INPUT_PATIENCE_MS);
      return done === null ? null : done - begin;
    },
    /** Resolves when nothing has been painted for `pause` milliseconds. */
    quiet: async (pause) => {
      const begin = performance.now();
      while (performance.now() - Math.max(committed["atlas:painted"], begin) < pause) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
})(FREE_FRAMES);
