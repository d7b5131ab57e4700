/**
 * The explorer: map, list and histogram of one query.
 *
 * The engine answers a new query at once: map, bars and counts follow while a hand still moves. Where it rests, the
 * same page is fetched at its new address and the parts marked `data-live` are taken over, so there is one rendering
 * of each, and all of it works, if slower, where there is no engine.
 */
import { isDrawing, mountAreaFilter } from "./area-filter.js";
import { writeCounts } from "./counts.js";
import { HistogramChart } from "./histogram-chart.js";
import { addIncidents, fit, narrow, setView, troubleOf, viewOf } from "./map-page.js";
import { fetchPage, openedOrNewest, openNewest } from "./newest.js";
import { opening } from "./opening.js";
import { readPageState, writePageState } from "./page-state.js";
import { mountMapKeys, neighbour } from "./stepping.js";
import { mountBrush } from "./timeline.js";
import { domainOf, TimelineTools } from "./timeline-tools.js";

const { L } = globalThis;
const TYPING_MS = 400;
/** The hand rests: time enough to paint what the engine answers, too little to be waited for. */
const REST_MS = 120;
/** Pixels that a chosen symbol and its ring need to the map's edge. */
const SYMBOL_ROOM = 30;

const AREA_KEYS = ["bbox", "near", "area"];

/** @param {object} map a Leaflet map @param {object} config the page's JSON (views/explorer.py: map_config) */
export async function start(map, config) {
  const explorer = new Explorer(map, config);
  await explorer.begin();
  explorer.keepView();
}

class Explorer {
  constructor(map, config) {
    this.map = map;
    this.config = config;
    this.families = Object.keys(config.shapes);
    this.form = document.getElementById("filters");
    this.status = document.getElementById("trouble");
    this.own = readPageState(location.hash);
    this.layer = addIncidents(map, config, {
      keys: config.labels.keys,
      onSelect: (code) => this.choose(code),
      isIdle: () => !isDrawing(map),
    });
    this.area = mountAreaFilter(map, config.labels, {
      query: config.query,
      onChoose: (chosen) => this.chooseArea(chosen),
    });
    document.documentElement.classList.add("scripted");
    this.mountTimeline();
    this.listen();
    this.comeBack();
  }

  /** From here on the engine answers; without one a sentence says so, and the server goes on answering. */
  async begin() {
    const viewed = () => setView(this.map, this.own.view);
    try {
      const engine = await openedOrNewest(opening, this.config);
      const found = await engine.ask({ search: this.config.query, facets: false, aim: true });
      if (!viewed()) {
        fit(this.map, found.bounds, coveredByLegend(this.map));
        await narrow(this.map, this.layer, engine);
      }
      // Now only: the moves until here would each have asked for what the answer brings.
      this.layer.use(engine);
      this.engine = engine;
      await this.answer(this.config.query);
      this.layer.select(this.own.chosen);
      this.showInList(this.own.chosen);
      requestAnimationFrame(() => performance.mark("atlas:usable"));
    } catch (error) {
      viewed();
      this.status.textContent = troubleOf(this.config.labels, error);
    }
  }

  /** Map, bars and counts of a query, by the engine. @returns {Promise<boolean>} false where there is none */
  async answer(search) {
    const { engine } = this;
    if (!engine) return false;
    const view = this.layer.view();
    const domain = this.domain(search);
    try {
      const found = await engine.ask({ search, view, histogram: { domain }, facets: true });
      if (!found) return true;
      this.layer.show(found.items, view, () => this.write(found));
      this.status.textContent = engine.stale ? this.config.labels.stale : "";
      return true;
    } catch (error) {
      if (engine !== this.engine) return true; // another one has taken over, and answers
      this.status.textContent = troubleOf(this.config.labels, error);
      return false;
    }
  }

  /** @param {import("./engine/messages.js").Answer} found */
  write(found) {
    writeCounts(found, this.families, this.config.labels);
    if (found.histogram && this.bars?.draw(found.histogram)) this.mountBrush();
    this.nameTimeline(found.histogram?.unit);
  }

  /** Where the engine has no columns, or old ones, and the server has new ones by now. @param {Document} page fetched now */
  async renew(page) {
    const engine = await openNewest(this.config, page).catch(() => null);
    if (!engine) return;
    this.engine?.close();
    this.engine = engine;
    this.layer.use(engine);
    await this.answer(location.search);
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask(this.formQuery());
    });
    document.addEventListener("change", (event) => {
      if (event.target.form === this.form && event.target.type !== "search") this.ask(this.formQuery());
    });
    this.form.addEventListener("input", (event) => {
      if (event.target.type !== "search") return;
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.ask(this.formQuery()), TYPING_MS);
    });
    document.addEventListener("click", (event) => this.follow(event));
    addEventListener("popstate", () => this.goBack());
    document.addEventListener("keydown", (event) => this.press(event));
    // On a phone the list slides over the map, which would keep the focus under it.
    this.map.getContainer().addEventListener("focusin", ({ target }) => {
      if (target.matches(":focus-visible")) scrollTo({ top: 0 });
    });
    mountMapKeys(this.map.getContainer(), {
      step: (by) => this.stepOnMap(by),
      isNewestFirst: () => new URLSearchParams(location.search).get("sort") !== "oldest",
      enter: () => document.querySelector("#list .chosen a")?.click(),
      isIdle: () => !isDrawing(this.map),
    });
    for (const kind of ["mouseover", "focusin"]) {
      document.addEventListener(kind, (event) => {
        const entry = event.target.closest?.("[data-code]");
        if (entry) this.layer.select(entry.dataset.code);
      });
    }
  }

  /** Links of the live parts to this page change the query; all others are ordinary links. */
  follow(event) {
    const entry = event.target.closest?.("#list a")?.closest("[data-code]");
    if (entry) this.choose(entry.dataset.code);
    const link = event.target.closest?.("[data-live] a[href]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const url = new URL(link.href);
    if (url.pathname !== location.pathname || url.origin !== location.origin) return;
    event.preventDefault();
    this.open(url.search);
  }

  press(event) {
    const typing = event.target.closest?.("input, select, textarea");
    if (event.key === "Escape") this.leave(event.target);
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const actions = {
      "/": () => this.form.elements.q.focus(),
      "[": () => this.shift(-1),
      "]": () => this.shift(1),
      ArrowDown: () => this.step(event, 1),
      ArrowUp: () => this.step(event, -1),
    };
    const action = actions[event.key];
    if (!action || (event.key.startsWith("Arrow") && !event.target.closest?.("#list"))) return;
    event.preventDefault();
    action();
  }

  /** Out of a popup to the map; out of a field, the map and the timeline to the list. */
  leave(from) {
    const popup = document.querySelector(".leaflet-popup");
    if (popup) {
      if (popup.contains(from)) this.map.getContainer().focus({ preventScroll: true });
      this.map.closePopup();
    } else if (from.matches?.("input, select, textarea, .leaflet-container, [role=slider]")) {
      const list = document.getElementById("list");
      (list.querySelector(".chosen a") ?? list.querySelector("a") ?? document.getElementById("results")).focus();
    }
  }

  /** Who comes back from an incident finds it where it was left. */
  comeBack() {
    if (performance.getEntriesByType("navigation")[0]?.type !== "back_forward") return;
    this.showInList(this.own.chosen);
    document.querySelector("#list .chosen a")?.focus();
  }

  /** From one incident of the list to the next, over the end of its page too. */
  async step(event, by) {
    const code = event.target.closest("[data-code]")?.dataset.code ?? "";
    const entry = await neighbour(code, by, (search) => this.open(search));
    entry?.querySelector("a").focus();
  }

  /** The same while the map keeps the focus: the map shows the incident, and its title is announced. */
  async stepOnMap(by) {
    const entry = await neighbour(this.own.chosen, by, (search) => this.open(search));
    if (!entry) return;
    this.choose(entry.dataset.code);
    document.getElementById("announcement").textContent = entry.textContent.trim().replace(/\s+/g, " ");
    await this.layer.select(entry.dataset.code);
    const { chosen } = this.layer;
    if (chosen) this.map.panInside([chosen.latitude, chosen.longitude], { padding: [SYMBOL_ROOM, SYMBOL_ROOM] });
  }

  /** Moves the chosen days back or forth by their own length. */
  shift(by) {
    const { from, to } = this.form.elements;
    if (!from.value || !to.value) return;
    const [first, last] = [from.valueAsNumber, to.valueAsNumber];
    const length = last - first + 86_400_000;
    from.valueAsNumber = first + by * length;
    to.valueAsNumber = last + by * length;
    this.ask(this.formQuery());
  }

  formQuery() {
    return new URLSearchParams([...new FormData(this.form)].filter(([, value]) => value !== ""));
  }

  ask(params) {
    const query = params.toString();
    this.open(query ? `?${query}` : "");
  }

  chooseArea(chosen) {
    const params = this.formQuery();
    for (const key of AREA_KEYS) params.delete(key);
    for (const [key, value] of Object.entries(chosen)) params.set(key, value);
    this.ask(params);
  }

  /**
   * Shows another query: what the engine answers at once, address and page where the hand rests.
   * @param {string} search with its question mark, or ""
   */
  async open(search, { push = true } = {}) {
    this.fetching?.abort();
    this.fetching = new AbortController();
    const { signal } = this.fetching;
    if (!this.domain(search)) this.own.span = "";
    const answer = this.answer(search);
    this.map.closePopup();
    this.area.show(search);
    if (this.engine && !isSameSet(search, location.search)) await rest();
    if (signal.aborted) return;
    const address = location.pathname + search;
    if (push) history.pushState(null, "", address + writePageState(this.own));
    document.body.setAttribute("aria-busy", "true");
    try {
      const [page, answered] = await Promise.all([fetchPage(address, signal), answer]);
      if (signal.aborted) return;
      this.take(page);
      if (!answered || this.engine.stale) this.renew(page);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.status.textContent = this.config.labels.failed;
    }
    document.body.removeAttribute("aria-busy");
  }

  /** Takes over the live parts of a page and what its form holds, and says what has become of the count. */
  take(page) {
    const before = document.activeElement;
    const wasLive = Boolean(before?.closest("[data-live]"));
    const opened = new Set([...document.querySelectorAll("[data-live] details[open]")].map(({ id }) => id));
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(part.id);
      if (fresh) takeOver(part, fresh, this.engine && this.bars);
      for (const details of part.querySelectorAll("details")) details.open ||= opened.has(details.id);
    }
    for (const field of page.querySelectorAll(
      "#filters input[type=search], #filters input[type=text], #filters input[type=number], #filters input[type=date]",
    )) {
      const own = document.getElementById(field.id);
      if (own && own !== document.activeElement) own.value = field.value;
    }
    // The element that had the focus is gone: its successor of the same name gets it, else the results.
    if (wasLive && !before.isConnected) {
      (document.getElementById(before.id) ?? document.getElementById("results")).focus({ preventScroll: true });
    }
    document.getElementById("announcement").textContent = document.querySelector("#results .status").textContent;
    document.title = page.title;
    this.mountTimeline();
    this.nameTimeline();
  }

  mountTimeline() {
    const chart = document.getElementById("chart");
    if (!chart) this.bars = null;
    else if (this.bars?.chart !== chart) {
      this.bars = new HistogramChart(chart, this.families);
      this.tools = new TimelineTools(document.getElementById("chart-tools"), this.config.labels, {
        days: () => this.days(),
        onSpan: (span) => this.showSpan(span),
        onDays: (since, until) => this.moveDays(since, until),
        onRest: () => this.ask(this.formQuery()),
      });
    }
    this.mountBrush();
  }

  /** The chosen days, "" where they are open. */
  days() {
    const { from, to } = this.form.elements;
    return [from.value, to.value];
  }

  moveDays(since, until) {
    const { from, to } = this.form.elements;
    [from.value, to.value] = [since, until];
    this.mountBrush();
    return this.answer(this.formQuery().toString());
  }

  /** The timeline closer, or all of it again. @param {string} span "first,last" day, or "" */
  showSpan(span) {
    this.remember({ span });
    this.answer(this.formQuery().toString());
  }

  /** The days that the timeline shows; null for all, also where a query's days lie outside the span chosen before. */
  domain(search) {
    const asked = new URLSearchParams(search);
    return domainOf(this.own.span, asked.get("from") ?? "", asked.get("to") ?? "");
  }

  /** The bars' unit follows the span; the server's page names that of the whole. */
  nameTimeline(unit = this.unit) {
    this.unit = unit;
    this.tools?.show(this.own.span);
    const heading = document.querySelector("#timeline h2");
    if (unit && heading) heading.textContent = this.config.labels[`by-${unit}`];
  }

  mountBrush() {
    const chart = document.getElementById("chart");
    if (!chart) return;
    const { from, to } = this.form.elements;
    [chart.dataset.since, chart.dataset.until] = [from.value, to.value];
    const choose = (since, until) => {
      [from.value, to.value] = [since, until];
      return this.formQuery();
    };
    mountBrush(
      chart,
      this.config.labels,
      (since, until) => this.ask(choose(since, until)),
      (since, until) => this.answer(choose(since, until).toString()),
    );
  }

  /** One incident, in list, on the map and in the address. */
  choose(code) {
    this.showInList(code);
    this.remember({ chosen: code });
  }

  /** Writes what only this page knows into the address, without a step to go back to. */
  remember(changes) {
    Object.assign(this.own, changes);
    history.replaceState(null, "", location.pathname + location.search + writePageState(this.own));
  }

  goBack() {
    const { view } = this.own;
    this.own = readPageState(location.hash);
    if (this.own.view && this.own.view !== view) setView(this.map, this.own.view);
    this.layer.select(this.own.chosen);
    this.open(location.search, { push: false });
  }

  showInList(code) {
    for (const entry of document.querySelectorAll("#list [data-code]")) {
      const chosen = entry.dataset.code === code;
      entry.classList.toggle("chosen", chosen);
      if (chosen) entry.scrollIntoView({ block: "nearest" });
    }
  }

  /** From now on the address holds the map's view, and a moved map offers to search what it shows. */
  keepView() {
    const button = searchButton(this.config.labels.searchArea, () => {
      const bounds = this.map.getBounds();
      const edges = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
      const params = this.formQuery();
      params.set("bbox", edges.map((edge, index) => clamped(edge, index).toFixed(4)).join(","));
      for (const key of ["near", "area"]) params.delete(key);
      this.ask(params);
      button.remove();
    });
    let resting = 0;
    this.map.on("moveend", () => {
      this.own.view = viewOf(this.map);
      clearTimeout(resting);
      resting = setTimeout(() => this.remember({}), REST_MS);
    });
    this.map.on("dragend zoomend", () => button.addTo(this.map));
  }
}

/** The chart that the engine draws stays: of its part only what stands around it is taken over. */
function takeOver(part, fresh, bars) {
  const [own, other] = [part.querySelector("#chart"), fresh.querySelector("#chart")];
  if (!bars || !own || !other) {
    part.replaceChildren(...fresh.childNodes);
    return;
  }
  part.querySelector("header").replaceWith(fresh.querySelector("header"));
  part.querySelector(":scope > .aside")?.remove();
  const aside = fresh.querySelector(":scope > .aside");
  if (aside) part.append(aside);
}

function rest() {
  return new Promise((resolve) => setTimeout(resolve, REST_MS));
}

/** Whether two queries find the same incidents: the page and order of the list are no filters. */
function isSameSet(...searches) {
  const [one, other] = searches.map((search) => {
    const params = new URLSearchParams(search);
    for (const key of ["page", "sort"]) params.delete(key);
    return params.toString();
  });
  return one === other;
}

/** Pixels of the map's left edge under the legend; none where the legend lies below the map. */
function coveredByLegend(map) {
  const [frame, legend] = [map.getContainer(), document.getElementById("legend")].map((element) =>
    element.getBoundingClientRect(),
  );
  return legend.top < frame.bottom - legend.height / 2 ? legend.right - frame.left : 0;
}

/** Latitudes end at the poles; longitudes go on round the world. */
function clamped(edge, index) {
  return index % 2 ? Math.max(-90, Math.min(90, edge)) : edge;
}

function searchButton(label, onPress) {
  const control = L.control({ position: "topleft" });
  control.onAdd = () => {
    const button = L.DomUtil.create("button", "search-area");
    button.type = "button";
    button.textContent = label;
    L.DomEvent.disableClickPropagation(button);
    button.addEventListener("click", onPress);
    return button;
  };
  return control;
}
