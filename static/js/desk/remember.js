/** "Always read these words as this place" takes the place as the form says it now, saved or not. */

const FIELDS = ["name", "country", "province", "latitude", "longitude", "radius_m", "level"];
/** What a field of the local place is called on the review page, where it is called something else. */
const CALLED = { name: "place_name", level: "place_precision" };
/** Precisions that are no level of a place. */
const NO_LEVEL = new Set(["near", "unknown"]);

export function connectRemember() {
  const link = document.getElementById("place-remember");
  if (!link) return;
  const { words } = link.dataset;
  const update = () => {
    const url = new URL(link.href);
    for (const name of FIELDS) {
      const value = document.getElementById(`id_${CALLED[name] ?? name}`)?.value.trim() ?? "";
      if (value && !(name === "level" && NO_LEVEL.has(value))) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    const name = url.searchParams.get("name") ?? words;
    url.searchParams.set("name", name);
    if (name.toLowerCase() === words.toLowerCase()) url.searchParams.delete("aliases");
    else url.searchParams.set("aliases", words);
    link.href = url.href;
  };
  // Just before it is followed, by whatever means.
  for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, update);
}
