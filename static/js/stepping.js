/**
 * From one incident of the list to the next, by key: in the list itself and on the map, which shows the one chosen.
 * Up and down follow the list; on the map, left is earlier and right is later. With Shift the map moves as ever.
 */

/**
 * @param {HTMLElement} container the map's
 * @param {{step: (by: 1|-1) => void, isNewestFirst: () => boolean, enter: () => void, isIdle: () => boolean}} page
 */
export function mountMapKeys(container, { step, isNewestFirst, enter, isIdle }) {
  // Before the map's own listener, which would move the map.
  const listen = (event) => {
    if (event.target !== container || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!isIdle()) return;
    const later = isNewestFirst() ? -1 : 1;
    const steps = { ArrowDown: 1, ArrowUp: -1, ArrowRight: later, ArrowLeft: -later };
    if (event.key in steps) step(steps[event.key]);
    else if (event.key === "Enter") enter();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  container.addEventListener("keydown", listen, { capture: true });
}

/**
 * The entry before or after one, over the end of a page too.
 * @param {string} code the present one, "" or one of another page to begin at the edge
 * @param {1|-1} by
 * @param {(search: string) => Promise<void>} turn shows another page of the list
 * @returns {Promise<HTMLElement|null>} its element in the list; null at either end
 */
export async function neighbour(code, by, turn) {
  const entries = () => [...document.querySelectorAll("#list [data-code]")];
  const before = entries();
  const at = before.findIndex(({ dataset }) => dataset.code === code);
  if (at < 0) return before.at(by > 0 ? 0 : -1) ?? null;
  if (before[at + by]) return before[at + by];
  const link = document.querySelector(`.pager a[rel=${by > 0 ? "next" : "prev"}]`);
  if (!link) return null;
  await turn(new URL(link.href).search);
  return entries().at(by > 0 ? 0 : -1) ?? null;
}
