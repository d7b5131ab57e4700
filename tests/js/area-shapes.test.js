import assert from "node:assert/strict";
import { test } from "node:test";
import { ringsOf } from "../../static/js/area-rings.js";
import {
  circle,
  measure,
  moved,
  polygon,
  rectangle,
  resized,
  shapesOf,
  standFor,
  toParams,
  turnTo,
} from "../../static/js/area-shapes.js";
import { EARTH_KM, inBox, inCircle, inOutline } from "../../static/js/engine/geometry.js";
import { CORNERS_LIMIT, KM_LIMIT, readSearch } from "../../static/js/engine/reading.js";

const read = (search) => readSearch(search, { kinds: [], timePrecisions: [], precisions: [] });
const shapesIn = (search) => shapesOf(read(search));
const again = (params) => shapesIn(new URLSearchParams(params).toString());
const DEGREE_KM = (Math.PI / 180) * EARTH_KM;
const VIEW = { west: 20, south: 40, east: 40, north: 50, centre: [45, 30], edge: [47, 30] };

test("a rectangle is the same from whichever corner it is drawn", () => {
  const params = { bbox: "30.1235,44,36.5,48.25" };
  assert.deepEqual(toParams(rectangle([48.25, 30.123456], [44, 36.5])), params);
  assert.deepEqual(toParams(rectangle([44, 36.5], [48.25, 30.123456])), params);
  assert.deepEqual(toParams(rectangle([44, 30.123456], [48.25, 36.5])), params);
});

test("a rectangle may cross the 180th meridian, lie in another copy of the world or be as wide as it", () => {
  assert.deepEqual(toParams(rectangle([-10, 170], [10, 195])), { bbox: "170,-10,-165,10" });
  assert.deepEqual(toParams(rectangle([-10, -545], [10, -530])), { bbox: "175,-10,-170,10" });
  assert.deepEqual(toParams(rectangle([40, 390], [50, 400])), { bbox: "30,40,40,50" });
  assert.deepEqual(toParams(rectangle([-80, -200], [80, 250])), { bbox: "-180,-80,180,80" });
  assert.deepEqual(toParams(rectangle([-95, 0], [95, 10])), { bbox: "0,-90,10,90" });
});

test("a shape without extent is no area", () => {
  assert.equal(toParams(rectangle([45, 30], [45, 36])), null);
  assert.equal(toParams(rectangle([45, 30.00001], [46, 30.00002])), null);
  assert.equal(toParams(polygon([[1, 1], [2, 2], [2.00001, 2.00001], [1, 1]])), null); // biome-ignore format: one line
});

test("a circle reaches as far as it was drawn, in kilometres on the globe", () => {
  assert.deepEqual(toParams(circle([0, 0], [0, 1])), { near: `0,0,${Math.round(DEGREE_KM)}` });
  assert.deepEqual(toParams(circle([60, 395], [60.5, 395])), { near: "60,35,55.6" });
  assert.deepEqual(toParams(circle([-0.00001, -0.00001], [0, 180])), { near: "0,0,20015" });
  assert.deepEqual(toParams(circle([10, 10], [10, 10])), { near: "10,10,0.01" });
});

test("a polygon ends at the 180th meridian of the world it was begun in", () => {
  assert.deepEqual(toParams(polygon([[0, 170], [10, 190], [-10, 175]])), { area: "0,170;10,180;-10,175" }); // biome-ignore format: one line
  assert.deepEqual(toParams(polygon([[0, 530], [10, 550], [-95, 535]])), { area: "0,170;10,180;-90,175" }); // biome-ignore format: one line
});

test("corners that are the same are written once", () => {
  const corners = [[0, 0], [0, 1], [0, 1], [1, 1], [0, 0]]; // biome-ignore format: one line
  assert.deepEqual(toParams(polygon(corners)), { area: "0,1;1,1;0,0" });
});

test("keys move every shape by as much, and stop it whole at the edge of the world", () => {
  assert.deepEqual(toParams(moved(rectangle([0, 0], [10, 20]), 5, -30)), { bbox: "-30,5,-10,15" });
  assert.deepEqual(toParams(moved(rectangle([70, 0], [80, 20]), 50, 0)), { bbox: "0,80,20,90" });
  assert.equal(moved(circle([80, 0], [81, 0]), 20, 3).latitude, 90);
  let outline = polygon([[0, 175], [5, 170], [5, 160]]); // biome-ignore format: one line
  for (let press = 0; press < 9; press++) outline = moved(outline, 0, 4);
  assert.deepEqual(toParams(outline), { area: "0,180;5,175;5,165" });
  assert.deepEqual(toParams(moved(outline, 0, -5)), { area: "0,175;5,170;5,160" });
});

test("keys resize every shape about its centre, within what a query may ask", () => {
  assert.deepEqual(toParams(resized(rectangle([0, 0], [10, 20]), 2)), { bbox: "-10,-5,30,15" });
  assert.deepEqual(toParams(resized(polygon([[0, 0], [0, 2], [2, 2], [2, 0]]), 0.5)), { area: "0.5,0.5;0.5,1.5;1.5,1.5;1.5,0.5" }); // biome-ignore format: one line
  assert.equal(resized(circle([0, 0], [0, 170]), 3).km, KM_LIMIT);
  assert.equal(resized(circle([0, 0], [0, 0]), 0.5).km, 0.01);
  assert.deepEqual(toParams(resized(rectangle([-80, -170], [80, 170]), 4)), { bbox: "-180,-90,180,90" });
});

test("a view has a shape of each kind", () => {
  assert.deepEqual(toParams(standFor("rectangle", VIEW)), { bbox: "20,40,40,50" });
  assert.deepEqual(toParams(standFor("circle", VIEW)), { near: "45,30,222" });
  const { corners } = standFor("polygon", VIEW);
  assert.equal(corners.length, 8);
  for (const corner of corners) assert.ok(inBox({ ...VIEW })(...corner), String(corner));
  const wide = standFor("polygon", { ...VIEW, west: -300, east: 360 });
  assert.equal(again(toParams(wide)).length, 1);
});

test("what a query asks is drawn, several areas at once, and nothing of what it cannot ask", () => {
  assert.deepEqual(shapesIn("?q=x"), []);
  assert.deepEqual(shapesIn("bbox=1,2,3&near=91,0,1&area=0,0;1,1"), []);
  assert.deepEqual(shapesIn("bbox=170,-10,-165,10"), [
    { kind: "rectangle", west: 170, south: -10, east: 195, north: 10 },
  ]);
  const kinds = shapesIn("area=0,0;0,1;1,1&near=1,2,3&bbox=0,0,1,1").map(({ kind }) => kind);
  assert.deepEqual(kinds, ["rectangle", "circle", "polygon"]);
});

test("every shape that can be drawn is read back as it was written", () => {
  let seed = 1;
  const random = (least, most) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return least + ((most - least) * seed) / 2_147_483_647;
  };
  const position = () => [random(-90, 90), random(-720, 720)];
  const makers = [
    () => rectangle(position(), position()),
    () => circle(position(), position()),
    () => polygon(Array.from({ length: 3 + Math.floor(random(0, CORNERS_LIMIT - 3)) }, position)),
  ];
  for (let round = 0; round < 600; round++) {
    const params = toParams(makers[round % 3]());
    const found = again(params);
    assert.equal(found.length, 1, JSON.stringify(params));
    assert.deepEqual(toParams(found[0]), params);
  }
});

test("an outline is drawn on the copy of the world next to the one in view", () => {
  const [shape] = shapesIn("bbox=170,0,-170,10");
  assert.ok(turnTo(shape, 0) === 0);
  assert.equal(turnTo(shape, -170), -360);
  assert.equal(turnTo(shape, 540), 360);
});

test("sizes are told in kilometres", () => {
  assert.deepEqual(measure(circle([45, 390], [46, 390])), { kind: "circle", centre: [45, 30], km: [111] });
  const { centre, km } = measure(rectangle([59, 0], [61, 2]));
  assert.deepEqual([centre, km], [[60, 1], [111, 222]]); // biome-ignore format: one line
});

/** Whether a position is in the rings, by the even-odd rule, on any copy of the world. */
function isDrawn(rings, latitude, longitude) {
  return [-720, -360, 0, 360, 720].some(
    (turn) => rings.filter((ring) => inOutline(ring)(latitude, longitude + turn)).length % 2 === 1,
  );
}

test("a circle's rings hold what the query finds, over the 180th meridian, a pole and both", () => {
  const near = ["48,35,300", "10,179,900", "85,20,1500", "-80,-170,3000", "10,40,12000", "-30,100,19000", "0,0,20038"];
  for (const value of near) {
    const [shape] = shapesIn(`near=${value}`);
    const rings = ringsOf(shape);
    // A little inside and outside of the edge: a ring has corners, a circle has none.
    const halfWay = Math.PI * EARTH_KM;
    const [inner, outer] = [0.99, 1.01].map((times) => inCircle({ ...shape, km: Math.min(halfWay, shape.km * times) }));
    for (let latitude = -88.5; latitude < 90; latitude += 6) {
      for (let longitude = -178.7; longitude < 180; longitude += 11) {
        const drawn = isDrawn(rings, latitude, longitude);
        if (inner(latitude, longitude)) assert.ok(drawn, `${value} holds ${latitude},${longitude}`);
        if (!outer(latitude, longitude)) assert.ok(!drawn, `${value} ends before ${latitude},${longitude}`);
      }
    }
  }
});
