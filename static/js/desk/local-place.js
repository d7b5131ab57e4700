/** A place that a moderator adds, on the map. */

import { drawPlaceMap } from "./place-map.js";

if (document.getElementById("place-map")) drawPlaceMap();
