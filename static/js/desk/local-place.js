/** A place that a moderator adds, on the map. */

import { drawPlaceMap } from "./place-map.js";

const element = document.getElementById("place-map");
if (element) drawPlaceMap(element, []);
