/**
 * Draws what stands on the map: one painter for each drawing, on a context in CSS pixels. Colours are the page's custom
 * properties, so dark and light need no code. It knows nothing of Leaflet.
 */
import { SYMBOL_RADIUS } from "./arrange.js";

const FONT = 'system-ui, "Noto Sans", sans-serif';

export class Painter {
  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Object<string, Path2D>} paths by family, in the order of the families
   * @param {(incident: object) => boolean} isMarked whether an incident is highlighted or chosen
   */
  constructor(context, paths, isMarked) {
    this.context = context;
    this.paths = paths;
    this.families = Object.keys(paths);
    this.isMarked = isMarked;
    this.style = getComputedStyle(document.documentElement);
  }

  symbol({ x, y }, incident, scale = 1) {
    this.context.save();
    this.context.translate(x, y);
    this.context.scale((scale * SYMBOL_RADIUS) / 11, (scale * SYMBOL_RADIUS) / 11);
    const path = this.paths[incident.family];
    const colour = this.colour(incident.family);
    this.context.lineJoin = "round";
    this.context.strokeStyle = this.value("--map-halo");
    this.context.lineWidth = 6.5;
    this.context.stroke(path);
    this.context.strokeStyle = this.value("--map-edge");
    this.context.lineWidth = incident.solid ? 3 : 4.4;
    this.context.stroke(path);
    this.context.fillStyle = incident.solid ? colour : this.value("--map-hollow");
    this.context.fill(path);
    if (!incident.solid) {
      this.context.strokeStyle = colour;
      this.context.lineWidth = 2.8;
      this.context.stroke(path);
    }
    this.context.restore();
    if (this.isMarked(incident)) this.mark({ x, y }, scale * SYMBOL_RADIUS);
  }

  mark({ x, y }, radius) {
    this.context.beginPath();
    this.context.arc(x, y, radius + 6, 0, 2 * Math.PI);
    this.context.strokeStyle = this.value("--ink");
    this.context.lineWidth = 2;
    this.context.setLineDash([]);
    this.context.stroke();
  }

  /** A ring divided by family, with the number in it. */
  ring({ x, y, radius, members }) {
    this.context.beginPath();
    this.context.arc(x, y, radius + 1.5, 0, 2 * Math.PI);
    this.context.fillStyle = this.value("--map-halo");
    this.context.fill();
    let angle = -Math.PI / 2;
    for (const family of this.families) {
      const number = members.filter((incident) => incident.family === family).length;
      if (!number) continue;
      const end = angle + (2 * Math.PI * number) / members.length;
      this.context.beginPath();
      this.context.arc(x, y, radius - 2.5, angle, end);
      this.context.strokeStyle = this.colour(family);
      this.context.lineWidth = 5;
      this.context.stroke();
      angle = end;
    }
    this.context.beginPath();
    this.context.arc(x, y, radius - 5, 0, 2 * Math.PI);
    this.context.fillStyle = this.value("--map-hollow");
    this.context.fill();
    this.count({ x, y }, members.length);
    if (members.some(this.isMarked)) this.mark({ x, y }, radius - 3);
  }

  count({ x, y }, number) {
    this.context.fillStyle = this.value("--ink");
    this.context.font = `600 ${number > 999 ? 10 : 12}px ${FONT}`;
    this.context.textAlign = "center";
    this.context.textBaseline = "middle";
    this.context.fillText(written(number), x, y + 0.5);
  }

  /** Names below the points that are one place, the busiest first; one that would cover another is left out. */
  names(points) {
    const taken = points.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
    const named = points.filter(({ together, members }) => together && members[0].place);
    for (const { x, y, radius, members } of named.sort((one, other) => other.members.length - one.members.length)) {
      this.context.font = `500 11px ${FONT}`;
      const half = this.context.measureText(members[0].place).width / 2;
      const below = y + radius + (members.some(this.isMarked) ? 10 : 3);
      const box = [x - half, below, x + half, below + 13];
      if (taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      this.text({ x, y: below + 7 }, members[0].place, this.context.font);
    }
  }

  text({ x, y }, text, font = `600 12px ${FONT}`) {
    this.context.font = font;
    this.context.textAlign = "center";
    this.context.textBaseline = "middle";
    this.context.lineJoin = "round";
    this.context.lineWidth = 3;
    this.context.strokeStyle = this.value("--map-halo");
    this.context.strokeText(text, x, y);
    this.context.fillStyle = this.value("--ink");
    this.context.fillText(text, x, y);
  }

  /** How far the incident may lie from its point. */
  circle({ x, y }, radius, incident, colour = this.colour(incident.family)) {
    if (radius <= SYMBOL_RADIUS) return;
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
    this.context.globalAlpha = 0.1;
    this.context.fillStyle = incident.precision === "area" ? this.hatch(colour) : colour;
    if (incident.precision !== "near") this.context.fill();
    this.context.globalAlpha = 0.9;
    this.context.setLineDash(incident.precision === "near" ? [7, 5] : []);
    this.context.strokeStyle = colour;
    this.context.lineWidth = 1.2;
    this.context.stroke();
    this.context.setLineDash([]);
    this.context.globalAlpha = 1;
  }

  /** A circle of the extent of a district, province or area, tinted or hatched, without a pin. */
  area({ x, y, radius, members }) {
    const colour = this.commonColour(members);
    const hatched = members[0].precision === "area";
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
    this.context.globalAlpha = hatched ? 0.45 : Math.min(0.1 + 0.01 * members.length, 0.2);
    this.context.fillStyle = hatched ? this.hatch(colour) : colour;
    this.context.fill();
    this.context.globalAlpha = 0.55;
    this.context.strokeStyle = colour;
    this.context.lineWidth = 1;
    this.context.stroke();
    this.context.globalAlpha = 1;
    if (members.length > 1) this.text({ x, y }, written(members.length));
    if (members.some(this.isMarked)) this.mark({ x, y }, radius - 6);
  }

  hatch(colour) {
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
    return this.context.createPattern(tile, "repeat");
  }

  value(name) {
    return this.style.getPropertyValue(name);
  }

  /** Of several incidents: their family's colour when they share one, else none in particular. */
  commonColour(members) {
    const [{ family }] = members;
    return members.every((incident) => incident.family === family) ? this.colour(family) : this.value("--muted");
  }

  colour(family) {
    return this.value(`--family-${family}`);
  }
}

function written(number) {
  return number.toLocaleString(document.documentElement.lang || "en");
}

/** Boxes are left, top, right, bottom. */
function overlap(one, other) {
  return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
}
