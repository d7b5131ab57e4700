/**
 * The incidents on one canvas: symbols by family, rings with counts, circles of uncertainty in metres, tinted areas.
 * Needs Leaflet as the page's `L`. Everything that text goes into is made with textContent.
 */
import { arrange } from "./arrange.js";
import { Painter } from "./painter.js";
import { incidentAt } from "./points.js";

const { L } = globalThis;

/** From this zoom on every incident shows how far it may lie from its point. */
const CIRCLES_FROM_ZOOM = 8;
/** Drawn beyond the edge, so that dragging does not uncover an empty rim. */
const MARGIN = 0.2;
/** Half of the 24 pixels that a target measures at least. */
const TARGET_RADIUS = 12;
const LIST_LIMIT = 60;
/** The incident chosen stands out among its neighbours. */
const CHOSEN_SCALE = 1.35;
/** The outline has no towns: from this zoom on the incidents' own places are named. */
const NAMES_FROM_ZOOM = 6;
const EQUATOR_M = 40_075_016.7;

export class IncidentLayer extends L.Layer {
  /**
   * @param {{shapes: Object<string, string>, labels: Object<string, string>, address: (code: string) => string,
   *   target?: string, onSelect?: (code: string) => void}} config `shapes` in the order of the families
   */
  initialize(config) {
    this.config = config;
    this.families = Object.keys(config.shapes);
    this.paths = Object.fromEntries(Object.entries(config.shapes).map(([family, path]) => [family, new Path2D(path)]));
    this.incidents = [];
    this.items = [];
    this.marked = new Set();
    this.selected = "";
    this.tooltip = L.tooltip({ direction: "top", offset: [0, -8], className: "incident-tooltip" });
  }

  getEvents() {
    return {
      moveend: this.draw,
      resize: this.draw,
      zoomanim: this.animate,
      mousemove: this.hover,
      click: this.press,
      mouseout: this.leave,
    };
  }

  onAdd(map) {
    this.canvas = L.DomUtil.create("canvas", "incident-canvas leaflet-zoom-animated");
    this.canvas.setAttribute("aria-hidden", "true");
    this.getPane().appendChild(this.canvas);
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.redrawn = () => this.draw();
    this.scheme.addEventListener("change", this.redrawn);
    this.map = map;
    this.draw();
    return this;
  }

  onRemove() {
    this.scheme.removeEventListener("change", this.redrawn);
    this.canvas.remove();
  }

  /** @param {import("./points.js").Points} points */
  show(points) {
    this.incidents = points.columns.code
      .map((_, index) => incidentAt(points, this.families, index))
      .filter((incident) => incident.latitude !== null);
    this.map?.closePopup();
    this.draw();
  }

  /** Rings around these incidents, by code. */
  mark(codes) {
    this.marked = new Set(codes);
    this.draw();
  }

  /** Shows one incident's symbol and circle on top of everything; "" for none. */
  select(code) {
    if (code === this.selected) return;
    this.selected = code;
    this.draw();
  }

  /** @returns the incident with a point of that code, if there is one */
  find(code) {
    return this.incidents.find((incident) => incident.code === code);
  }

  /** @returns {object|null} Leaflet bounds of all incidents with their circles; null for none */
  bounds() {
    const bounds = L.latLngBounds(this.incidents.map(({ latitude, longitude }) => [latitude, longitude]));
    return bounds.isValid() ? bounds : null;
  }

  // The canvas

  animate(event) {
    const scale = this.map.getZoomScale(event.zoom);
    const offset = this.map._latLngBoundsToNewLayerBounds(this.drawn, event.zoom, event.center).min;
    L.DomUtil.setTransform(this.canvas, offset, scale);
  }

  draw() {
    if (!this.map) return;
    const size = this.map.getSize();
    const margin = size.multiplyBy(MARGIN).round();
    const corner = this.map.containerPointToLayerPoint(margin.multiplyBy(-1));
    const full = size.add(margin.multiplyBy(2));
    const ratio = globalThis.devicePixelRatio || 1;
    L.DomUtil.setPosition(this.canvas, corner);
    this.canvas.width = full.x * ratio;
    this.canvas.height = full.y * ratio;
    this.canvas.style.width = `${full.x}px`;
    this.canvas.style.height = `${full.y}px`;
    this.drawn = L.latLngBounds(this.map.layerPointToLatLng(corner), this.map.layerPointToLatLng(corner.add(full)));
    const context = this.canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.origin = this.map.getPixelOrigin().add(corner);
    this.items = arrange(
      this.incidents.filter((incident) => this.isNear(incident, full)),
      (incident) => this.world(incident),
      (incident) => this.reach(incident),
      this.map.getZoom(),
    ).map((item) => ({ ...item, x: item.x - this.origin.x, y: item.y - this.origin.y }));
    this.paint(context);
  }

  paint(context) {
    const isMarked = ({ code }) => this.marked.has(code) || code === this.selected;
    const painter = new Painter(context, this.paths, isMarked);
    const points = this.items.filter(({ isArea }) => !isArea);
    for (const item of this.items.filter(({ isArea }) => isArea)) painter.area(item);
    if (this.map.getZoom() >= CIRCLES_FROM_ZOOM) {
      for (const item of points.filter(({ together }) => together)) {
        const [first] = item.members;
        painter.circle(item, this.reach(first), first, painter.commonColour(item.members));
      }
    }
    for (const item of points) {
      if (item.members.length > 1) painter.ring(item);
      else painter.symbol(item, item.members[0]);
    }
    if (this.map.getZoom() >= NAMES_FROM_ZOOM) painter.names(points);
    const chosen = this.find(this.selected);
    if (chosen) {
      const place = this.world(chosen).subtract(this.origin);
      painter.circle(place, this.reach(chosen), chosen);
      if (!chosen.isArea) painter.symbol(place, chosen, CHOSEN_SCALE);
    }
  }

  /** Whether the incident can be seen on a canvas of that size; what is far outside need not be arranged. */
  isNear(incident, { x, y }) {
    const place = this.world(incident).subtract(this.origin);
    const rim = incident.isArea ? this.reach(incident) : TARGET_RADIUS;
    return place.x > -rim && place.y > -rim && place.x < x + rim && place.y < y + rim;
  }

  /** Pixels of the whole world at this zoom, on the copy of the world that is in view. */
  world({ latitude, longitude }) {
    const turns = Math.round((this.map.getCenter().lng - longitude) / 360);
    return this.map.project([latitude, longitude + 360 * turns]);
  }

  /** Metres to pixels, at the incident's latitude. */
  reach({ latitude, radius }) {
    const pixels = 256 * 2 ** this.map.getZoom();
    return radius === null ? 0 : (radius * pixels) / (EQUATOR_M * Math.cos((latitude * Math.PI) / 180));
  }

  // The pointer

  hit(event) {
    const point = event.layerPoint.subtract(L.DomUtil.getPosition(this.canvas));
    const distance = ({ x, y }) => Math.hypot(x - point.x, y - point.y);
    const points = this.items.filter((item) => !item.isArea && distance(item) <= Math.max(item.radius, TARGET_RADIUS));
    if (points.length) return points.reduce((best, item) => (distance(item) < distance(best) ? item : best));
    const areas = this.items.filter((item) => item.isArea && distance(item) <= item.radius);
    return areas.reduce((best, item) => (!best || item.radius < best.radius ? item : best), null);
  }

  hover(event) {
    const item = this.hit(event);
    this.map.getContainer().classList.toggle("over-incident", Boolean(item));
    if (!item || event.originalEvent.pointerType === "touch") {
      this.leave();
      return;
    }
    this.tooltip.setContent(this.caption(item)).setLatLng(item.isArea ? event.latlng : this.latLng(item));
    if (!this.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.map);
  }

  leave() {
    this.map.removeLayer(this.tooltip);
  }

  press(event) {
    const item = this.hit(event);
    if (!item) return;
    this.leave();
    const [first] = item.members;
    if (item.members.length === 1) this.choose(first.code);
    const apart = L.latLngBounds(item.members.map(({ latitude, longitude }) => [latitude, longitude]));
    const zoom = this.map.getBoundsZoom(apart, false, L.point(80, 80));
    if (item.together || item.isArea || zoom <= this.map.getZoom()) this.open(item, event.latlng);
    else this.map.fitBounds(apart, { padding: [60, 60] });
  }

  choose(code) {
    this.select(code);
    this.config.onSelect?.(code);
  }

  /** A list of the item's incidents, each a link to its page. */
  open(item, latlng) {
    const at = item.isArea ? latlng : this.latLng(item);
    L.popup({ maxHeight: 260, maxWidth: 320, minWidth: 220, className: "incident-popup", autoPanPadding: [24, 24] })
      .setLatLng(at)
      .setContent(this.listing(item.members))
      .openOn(this.map);
  }

  latLng({ x, y }) {
    return this.map.layerPointToLatLng(L.DomUtil.getPosition(this.canvas).add([x, y]));
  }

  caption({ members, together, isArea }) {
    const box = document.createElement("div");
    const [first] = members;
    if (members.length === 1) {
      box.append(line("strong", first.title), line("span", [first.days, first.place].filter(Boolean).join(" · ")));
    } else {
      const form = together && !isArea ? this.config.labels.here : this.config.labels.incidents;
      box.append(line("strong", form.replace("{n}", String(members.length))));
      if (together || isArea) box.append(line("span", first.place));
    }
    return box;
  }

  listing(members) {
    const box = document.createElement("div");
    if (members.length > 1) {
      box.append(line("p", this.config.labels.incidents.replace("{n}", String(members.length)), "popup-count"));
    }
    const list = document.createElement("ul");
    for (const incident of members.slice(0, LIST_LIMIT)) {
      const entry = document.createElement("li");
      const link = document.createElement("a");
      link.href = this.config.address(incident.code);
      link.textContent = incident.title;
      link.dir = "auto";
      if (this.config.target) {
        link.target = this.config.target;
        link.rel = "noopener";
      }
      entry.append(
        link,
        line("span", [incident.days || this.config.labels.undated, incident.place].filter(Boolean).join(" · ")),
      );
      list.append(entry);
    }
    box.append(list);
    const left = members.length - LIST_LIMIT;
    if (left > 0) box.append(line("p", this.config.labels.more.replace("{n}", String(left)), "popup-count"));
    return box;
  }
}

function line(tag, text, className = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.dir = "auto";
  if (className) element.className = className;
  return element;
}
