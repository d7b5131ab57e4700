/** The buttons of the area filter with their hint, as a Leaflet control. */

const { L } = globalThis;
const SVG = "http://www.w3.org/2000/svg";
/** In a box of 20 by 20. */
const ICONS = {
  rectangle: "M3.5 5h13v10h-13z",
  circle: "M10 3.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13z",
  polygon: "M4 7.5L10.5 3.5L16.5 9L13 16.5L5.5 14.5z",
  clear: "M5 5L15 15M15 5L5 15",
};

/**
 * @param {object} map a Leaflet map
 * @param {Object<string, string>} labels
 * @param {(name: "rectangle" | "circle" | "polygon" | "clear", event: MouseEvent) => void} onPress
 * @returns {{buttons: Object<string, HTMLButtonElement>, hint: HTMLElement, size: HTMLElement}} `hint` says what to do,
 *   `size` what the shape measures
 */
export function addToolbar(map, labels, onPress) {
  const box = L.DomUtil.create("div", "area-filter");
  const group = L.DomUtil.create("div", "area-buttons", box);
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", labels.areaTools);
  const names = {
    rectangle: labels.areaRectangle,
    circle: labels.areaCircle,
    polygon: labels.areaPolygon,
    clear: labels.areaClear,
  };
  const buttons = {};
  for (const [name, label] of Object.entries(names)) {
    const button = L.DomUtil.create("button", `area-${name}`, group);
    button.type = "button";
    button.title = label;
    button.setAttribute("aria-label", label);
    button.append(icon(ICONS[name]));
    button.addEventListener("click", (event) => onPress(name, event));
    buttons[name] = button;
  }
  // Both stand in the page from the beginning: what is said in an element that has just come is not always read out.
  const said = L.DomUtil.create("div", "area-said", box);
  const hint = L.DomUtil.create("p", "area-hint", said);
  hint.setAttribute("role", "status");
  const size = L.DomUtil.create("p", "area-size number", said);
  L.DomEvent.disableClickPropagation(box);
  const control = L.control({ position: "topleft" });
  control.onAdd = () => box;
  control.addTo(map);
  return { buttons, hint, size };
}

function icon(path) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 20 20");
  picture.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  picture.append(line);
  return picture;
}
