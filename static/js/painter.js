/**
 * Draws what stands on the map on a context in CSS pixels. Colours are the page's custom properties, so dark and light
 * need no code. It knows nothing of Leaflet.
 *
 * @typedef {object} Item one of the engine's items (engine/messages.js)
 * @property {number} index
 * @property {number} x
 * @property {number} y
 * @property {number} radius
 * @property {number} count
 * @property {ArrayLike<number>} families how many of each
 * @property {boolean} isArea
 * @property {boolean} together
 * @property {boolean} solid
 * @property {boolean} marked
 * @property {number} reach pixels of uncertainty
 * @property {string} precision
 * @property {string} place
 */

import { written } from "./numbers.js";

/** So many areas and circles may be drawn at full strength: a few lie over one another then. */
const TINTS = 24;
const FONT = 'system-ui, "Noto Sans", sans-serif';
export const SYMBOL_RADIUS = 9;
/** A symbol's picture: its halo reaches beyond its radius. */
const SPRITE = 36;
const VALUES = ["--map-halo", "--map-edge", "--map-hollow", "--ink", "--muted"];

export class Painter {
  /**
   * @param {Object<string, string>} shapes a path by family, in the order of the families
   * @param {number} ratio device pixels to a CSS pixel
   */
  constructor(shapes, ratio) {
    this.families = Object.keys(shapes);
    this.paths = this.families.map((family) => new Path2D(shapes[family]));
    this.ratio = ratio;
    this.readColours();
  }

  /** Anew when the page turns dark or light. */
  readColours() {
    const style = getComputedStyle(document.documentElement);
    this.values = Object.fromEntries(VALUES.map((name) => [name, style.getPropertyValue(name)]));
    this.colours = this.families.map((family) => style.getPropertyValue(`--family-${family}`));
    this.sprites = new Map();
    this.hatches = new Map();
  }

  /** @param {CanvasRenderingContext2D} context what follows is drawn on */
  on(context) {
    this.context = context;
    return this;
  }

  symbol({ x, y, marked }, family, solid, scale = 1) {
    const side = SPRITE * scale;
    this.context.drawImage(this.sprite(family, solid, scale), x - side / 2, y - side / 2, side, side);
    if (marked) this.mark({ x, y }, scale * SYMBOL_RADIUS);
  }

  sprite(family, solid, scale) {
    const key = `${family} ${solid} ${scale}`;
    if (!this.sprites.has(key)) this.sprites.set(key, this.drawnSprite(family, solid, scale));
    return this.sprites.get(key);
  }

  drawnSprite(family, solid, scale) {
    const picture = document.createElement("canvas");
    picture.width = picture.height = Math.ceil(SPRITE * scale * this.ratio);
    const context = picture.getContext("2d");
    context.translate(picture.width / 2, picture.height / 2);
    const size = (this.ratio * scale * SYMBOL_RADIUS) / 11;
    context.scale(size, size);
    context.lineJoin = "round";
    const outline = (colour, width) => {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke(this.paths[family]);
    };
    outline(this.values["--map-halo"], 6.5);
    outline(this.values["--map-edge"], solid ? 3 : 4.4);
    context.fillStyle = solid ? this.colours[family] : this.values["--map-hollow"];
    context.fill(this.paths[family]);
    if (!solid) outline(this.colours[family], 2.8);
    return picture;
  }

  mark({ x, y }, radius) {
    this.arc(x, y, radius + 6);
    this.context.strokeStyle = this.values["--ink"];
    this.context.lineWidth = 2;
    this.context.stroke();
  }

  /** A ring divided by family, with the number in it. */
  ring({ x, y, radius, count, families, marked }) {
    this.arc(x, y, radius + 1.5);
    this.context.fillStyle = this.values["--map-halo"];
    this.context.fill();
    this.context.lineWidth = 5;
    let angle = -Math.PI / 2;
    for (let family = 0; family < families.length; family++) {
      if (!families[family]) continue;
      const end = angle + (2 * Math.PI * families[family]) / count;
      this.context.beginPath();
      this.context.arc(x, y, radius - 2.5, angle, end);
      this.context.strokeStyle = this.colours[family];
      this.context.stroke();
      angle = end;
    }
    this.arc(x, y, radius - 5);
    this.context.fillStyle = this.values["--map-hollow"];
    this.context.fill();
    this.context.fillStyle = this.values["--ink"];
    this.context.font = `600 ${count > 999 ? 10 : 12}px ${FONT}`;
    this.context.textAlign = "center";
    this.context.textBaseline = "middle";
    this.context.fillText(written(count), x, y + 0.5);
    if (marked) this.mark({ x, y }, radius - 3);
  }

  /**
   * Names below the points that are one place, the busiest first; one that would cover another is left out.
   * @param {Item[]} points
   */
  names(points) {
    const taken = points.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
    this.context.font = `500 11px ${FONT}`;
    for (const { x, y, radius, place, marked } of points.filter((point) => point.place).sort(busiest)) {
      const half = this.context.measureText(place).width / 2;
      const below = y + radius + (marked ? 10 : 3);
      const box = [x - half, below, x + half, below + 13];
      if (taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      this.text({ x, y: below + 7 }, place, this.context.font);
    }
  }

  text({ x, y }, text, font = `600 12px ${FONT}`) {
    this.context.font = font;
    this.context.textAlign = "center";
    this.context.textBaseline = "middle";
    this.context.lineJoin = "round";
    this.context.lineWidth = 3;
    this.context.strokeStyle = this.values["--map-halo"];
    this.context.strokeText(text, x, y);
    this.context.fillStyle = this.values["--ink"];
    this.context.fillText(text, x, y);
  }

  /**
   * How strongly areas and circles are tinted: tints add up, and a hundred of them would bury the map.
   * @param {number} number of areas and circles to draw
   */
  tint(number) {
    this.strength = Math.min(1, TINTS / Math.max(1, number));
  }

  /** How far an incident may lie from its point. */
  circle({ x, y, reach, precision, families }) {
    if (reach <= SYMBOL_RADIUS) return;
    const colour = this.commonColour(families);
    const near = precision === "near";
    this.arc(x, y, reach);
    this.context.globalAlpha = 0.1 * this.strength;
    this.context.fillStyle = precision === "area" ? this.hatch(colour) : colour;
    if (!near) this.context.fill();
    this.context.globalAlpha = 0.9 * Math.sqrt(this.strength);
    this.context.setLineDash(near ? [7, 5] : []);
    this.context.strokeStyle = colour;
    this.context.lineWidth = 1.2;
    this.context.stroke();
    this.context.setLineDash([]);
    this.context.globalAlpha = 1;
  }

  /** A circle of the extent of a district, province or area, tinted or hatched, without a pin. */
  area({ x, y, radius, count, families, precision, marked }, isNumbered = true) {
    const colour = this.commonColour(families);
    const hatched = precision === "area";
    this.arc(x, y, radius);
    this.context.globalAlpha = this.strength * (hatched ? 0.45 : Math.min(0.1 + 0.01 * count, 0.2));
    this.context.fillStyle = hatched ? this.hatch(colour) : colour;
    this.context.fill();
    this.context.globalAlpha = 0.55 * Math.sqrt(this.strength);
    this.context.strokeStyle = colour;
    this.context.lineWidth = 1;
    this.context.stroke();
    this.context.globalAlpha = 1;
    if (count > 1 && isNumbered) this.text({ x, y }, written(count));
    if (marked) this.mark({ x, y }, radius - 6);
  }

  arc(x, y, radius) {
    this.context.beginPath();
    this.context.arc(x, y, Math.max(0, radius), 0, 2 * Math.PI);
  }

  hatch(colour) {
    if (this.hatches.has(colour)) return this.hatches.get(colour);
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const lines = tile.getContext("2d");
    lines.strokeStyle = colour;
    lines.lineWidth = 1.4;
    lines.beginPath();
    for (const shift of [-8, 0, 8]) {
      lines.moveTo(shift, 8);
      lines.lineTo(shift + 8, 0);
    }
    lines.stroke();
    const pattern = this.context.createPattern(tile, "repeat");
    this.hatches.set(colour, pattern);
    return pattern;
  }

  /** Of several incidents: their family's colour when they share one, else none in particular. */
  commonColour(families) {
    const present = [...families.keys()].filter((family) => families[family]);
    return present.length === 1 ? this.colours[present[0]] : this.values["--muted"];
  }
}

function busiest(one, other) {
  return other.count - one.count;
}

/** Boxes are left, top, right, bottom. */
function overlap(one, other) {
  return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
}
