/**
 * The incidents on one canvas: symbols by family, rings with counts, circles of uncertainty in metres, tinted areas.
 * Which of them stand where, the engine says. Needs Leaflet as the page's `L`.
 */
import { AREA, MARKED, SOLID, TOGETHER } from "./engine/messages.js";
import { caption, listing } from "./incident-popup.js";
import { Painter } from "./painter.js";

const { L } = globalThis;

/** From this zoom on every incident shows how far it may lie from its point. */
const CIRCLES_FROM_ZOOM = 8;
/** Half of the 24 pixels that a target measures at least. */
const TARGET_RADIUS = 12;
const LIST_LIMIT = 60;
/** Pixels that an area's number needs around its middle. */
const NUMBER_ROOM = 10;
/** The incident chosen stands out among its neighbours. */
const CHOSEN_SCALE = 1.35;
/** The outline has no towns: from this zoom on the incidents' own places are named. */
const NAMES_FROM_ZOOM = 6;
const EQUATOR_M = 40_075_016.7;

export class IncidentLayer extends L.Layer {
  /**
   * @param {{shapes: Object<string, string>, precisions: string[], labels: Object<string, string>,
   *   address: (code: string) => string, titles: (codes: string[]) => Promise<Map<string, string>>,
   *   target?: string, isIdle?: () => boolean, onSelect?: (code: string) => void}} config shapes by family, in order
   */
  initialize(config) {
    this.config = config;
    this.painter = new Painter(config.shapes, globalThis.devicePixelRatio || 1);
    this.items = [];
    this.marked = [];
    this.selected = "";
    this.chosen = null;
    this.tooltip = L.tooltip({ direction: "top", offset: [0, -8], className: "incident-tooltip" });
  }

  getEvents() {
    return {
      move: this.followHand,
      moveend: this.refresh,
      resize: this.refresh,
      zoomanim: this.animate,
      mousemove: this.hover,
      click: this.press,
      mouseout: this.leave,
    };
  }

  onAdd(map) {
    this.map = map;
    this.canvas = L.DomUtil.create("canvas", "incident-canvas leaflet-zoom-animated");
    this.canvas.setAttribute("aria-hidden", "true");
    this.getPane().appendChild(this.canvas);
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.recoloured = () => {
      this.painter.readColours();
      if (this.shown) this.paint(this.shown);
    };
    this.scheme.addEventListener("change", this.recoloured);
    return this;
  }

  onRemove() {
    this.scheme.removeEventListener("change", this.recoloured);
    this.canvas.remove();
  }

  /** @param {import("./engine-client.js").EngineClient} engine that has opened its columns */
  use(engine) {
    this.engine = engine;
  }

  /** @returns {import("./engine/messages.js").View} what the canvas will show: the map's frame and nothing beyond it */
  view() {
    const size = this.map.getSize();
    const origin = this.map.getPixelOrigin().add(this.map.containerPointToLayerPoint([0, 0]));
    return {
      zoom: this.map.getZoom(),
      x: origin.x,
      y: origin.y,
      width: size.x,
      height: size.y,
      centerLongitude: this.map.getCenter().lng,
      marked: this.marked,
      selected: "", // it is drawn on top of the others
    };
  }

  /** While the map is dragged, frame by frame; a zoom is drawn where it ends. */
  followHand() {
    if (this.shown?.view.zoom === this.map.getZoom()) this.refresh();
  }

  /** Asks for what stands in the map's present view, and draws it. */
  async refresh() {
    if (!this.engine) return;
    const view = this.view();
    const answer = await this.engine.view(view).catch(() => null);
    if (answer?.items) this.show(answer.items, view);
  }

  /**
   * Draws the items of a view in the next frame.
   * @param {import("./engine/messages.js").Items} items
   * @param {import("./engine/messages.js").View} view
   * @param {() => void} [beside] draws the rest of the same answer: the page is laid out once for all of it
   */
  show(items, view, beside = this.next?.beside) {
    const waits = Boolean(this.next);
    this.next = { items, view, beside };
    if (waits) return;
    requestAnimationFrame(() => {
      const { next } = this;
      this.next = null;
      next.beside?.();
      if (next.view.zoom !== this.map.getZoom()) return;
      this.shown = next;
      this.items = unpacked(next.items, this.config.precisions);
      this.paint(next);
      performance.clearMarks("atlas:painted");
      performance.mark("atlas:painted");
    });
  }

  /** Rings around these incidents, by code. */
  mark(codes) {
    this.marked = [...codes];
    this.refresh();
  }

  /** Shows one incident's symbol and circle on top of everything; "" for none. */
  async select(code) {
    if (code === this.selected) return;
    this.selected = code;
    this.chosen = null;
    const answer = code && this.engine ? await this.engine.rows([code]).catch(() => null) : null;
    if (code !== this.selected) return;
    const found = answer?.rows[0] ?? null;
    this.chosen = found?.found && found.latitude !== null ? found : null;
    if (this.shown) this.paint(this.shown);
  }

  // The canvas

  animate(event) {
    if (!this.drawn) return;
    const scale = this.map.getZoomScale(event.zoom);
    const offset = this.map._latLngBoundsToNewLayerBounds(this.drawn, event.zoom, event.center).min;
    L.DomUtil.setTransform(this.canvas, offset, scale);
  }

  paint({ view }) {
    const { painter } = this;
    this.origin = L.point(view.x, view.y);
    const corner = this.origin.subtract(this.map.getPixelOrigin());
    L.DomUtil.setPosition(this.canvas, corner);
    this.drawn = L.latLngBounds(
      this.map.layerPointToLatLng(corner),
      this.map.layerPointToLatLng(corner.add([view.width, view.height])),
    );
    const context = this.cleared(view);
    painter.on(context);
    const points = this.items.filter(({ isArea }) => !isArea);
    const areas = this.items.filter(({ isArea }) => isArea);
    const circles = view.zoom >= CIRCLES_FROM_ZOOM ? points.filter(({ together }) => together) : [];
    painter.tint(areas.length + circles.length);
    for (const item of areas) painter.area(item, !covered(item, points));
    for (const item of circles) painter.circle(item);
    for (const item of points) {
      if (item.count > 1) painter.ring(item);
      else painter.symbol(item, familyOf(item), item.solid);
    }
    if (view.zoom >= NAMES_FROM_ZOOM) painter.names(points);
    if (this.chosen) this.paintChosen(this.chosen);
  }

  /** The canvas at the view's size, empty. Setting the size of a canvas costs more than clearing it. */
  cleared({ width, height }) {
    const ratio = globalThis.devicePixelRatio || 1;
    const context = this.canvas.getContext("2d");
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== across || this.canvas.height !== down) {
      [this.canvas.width, this.canvas.height] = [across, down];
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
    } else {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, across, down);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    return context;
  }

  paintChosen(incident) {
    const turns = Math.round((this.map.getCenter().lng - incident.longitude) / 360);
    const place = this.map.project([incident.latitude, incident.longitude + 360 * turns]).subtract(this.origin);
    const families = this.painter.families.map((_, family) => Number(family === incident.family));
    const item = { x: place.x, y: place.y, reach: this.reach(incident), precision: incident.precision, families };
    this.painter.tint(1);
    this.painter.circle(item);
    if (!incident.isArea) this.painter.symbol({ ...item, marked: true }, incident.family, incident.solid, CHOSEN_SCALE);
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

  async hover(event) {
    const item = this.config.isIdle?.() === false ? null : this.hit(event);
    this.map.getContainer().classList.toggle("over-incident", Boolean(item));
    if (!item || event.originalEvent.pointerType === "touch") {
      this.leave();
      return;
    }
    if (item !== this.hovered) {
      this.hovered = item;
      const [first] = (await this.membersOf(item, 1)).members;
      const titles = item.count === 1 && first ? await this.config.titles([first.code]) : new Map();
      if (item !== this.hovered || !first) return;
      this.tooltip.setContent(caption(item, first, titles, this.config.labels));
      this.tooltip.setLatLng(item.isArea ? event.latlng : this.latLng(item));
      this.tooltip.addTo(this.map);
    } else if (item.isArea) this.tooltip.setLatLng(event.latlng);
  }

  leave() {
    this.hovered = null;
    this.map.removeLayer(this.tooltip);
  }

  async press(event, again = true) {
    const item = this.config.isIdle?.() === false ? null : this.hit(event);
    if (!item) return;
    this.leave();
    const found = await this.membersOf(item, LIST_LIMIT);
    if (!found.members.length) {
      // The engine has arranged the map anew, and the next frame shows it: what stands there then is meant.
      if (again) requestAnimationFrame(() => this.press(event, false));
      return;
    }
    if (item.count === 1) this.choose(found.members[0].code);
    const [west, south, east, north] = found.bounds;
    const apart = L.latLngBounds([south, west], [north, east]);
    const zoom = this.map.getBoundsZoom(apart, false, L.point(80, 80));
    if (!item.together && !item.isArea && zoom > this.map.getZoom()) this.map.fitBounds(apart, { padding: [60, 60] });
    else await this.open(item, found, event.latlng);
  }

  /** None when the map has changed meanwhile. */
  membersOf(item, limit) {
    return this.engine.members(this.shown.items.number, item.index, limit).catch(() => ({ total: 0, members: [] }));
  }

  choose(code) {
    this.select(code);
    this.config.onSelect?.(code);
  }

  /** A list of the item's incidents, each a link to its page. */
  async open(item, found, latlng) {
    const at = item.isArea ? latlng : this.latLng(item);
    const titles = await this.config.titles(found.members.map(({ code }) => code));
    L.popup({ maxHeight: 260, maxWidth: 320, minWidth: 220, className: "incident-popup", autoPanPadding: [24, 24] })
      .setLatLng(at)
      .setContent(listing(found, titles, this.config))
      .openOn(this.map);
  }

  latLng({ x, y }) {
    return this.map.layerPointToLatLng(L.DomUtil.getPosition(this.canvas).add([x, y]));
  }
}

/** Whether a symbol or ring lies on the middle of an area, where its number would stand. */
function covered({ x, y }, points) {
  return points.some((point) => Math.hypot(point.x - x, point.y - y) < point.radius + NUMBER_ROOM);
}

function familyOf({ families }) {
  return families.findIndex((number) => number > 0);
}

/** The engine's arrays as one object an item. @returns {import("./painter.js").Item[]} */
function unpacked(items, precisions) {
  const number = items.x.length;
  const width = number ? items.families.length / number : 0;
  return Array.from({ length: number }, (_, index) => ({
    index,
    x: items.x[index],
    y: items.y[index],
    radius: items.radius[index],
    count: items.count[index],
    families: items.families.subarray(index * width, (index + 1) * width),
    isArea: Boolean(items.flags[index] & AREA),
    together: Boolean(items.flags[index] & TOGETHER),
    solid: Boolean(items.flags[index] & SOLID),
    marked: Boolean(items.flags[index] & MARKED),
    reach: items.reach[index],
    precision: precisions[items.precision[index]],
    place: items.place[index],
  }));
}
