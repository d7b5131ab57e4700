/** A place that a moderator adds, on the map, and what it would change. */

import { drawPlaceMap } from "./place-map.js";

if (document.getElementById("place-map")) drawPlaceMap();
// Django puts the cursor into the first field of a new record when the page is loaded; who asked wants to read.
addEventListener("load", () => document.getElementById("changes-title")?.focus());
