/** The review page. Without any of this it still works: every decision is a form. */

import { connectClaim } from "./claim.js";
import { connectKeys } from "./keys.js";
import { connectQuotes } from "./quotes.js";
import { connectRemember } from "./remember.js";

/** The bar above the text grows with the title; the text begins below it. */
function followBar() {
  const bar = document.getElementById("desk-bar");
  if (!bar) return;
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--desk-bar-height", `${bar.offsetHeight}px`);
  }).observe(bar);
}

async function placeMap() {
  const element = document.getElementById("place-map");
  if (!element) return undefined;
  try {
    const { drawPlaceMap } = await import("./place-map.js");
    return drawPlaceMap();
  } catch (error) {
    element.textContent = "The map could not be drawn. The fields above still take a position.";
    console.error(error);
    return undefined;
  }
}

followBar();
connectQuotes();
connectClaim();
connectRemember();
const map = placeMap();
connectKeys(async (number) => (await map)?.choose(number));
