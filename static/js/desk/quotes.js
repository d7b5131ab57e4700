/** The words behind a field: focusing a field shows them in the text, clicking them leads to the field. */

const calm = matchMedia("(prefers-reduced-motion: reduce)");
/** Roles of an actor whose words are marked in the colour of another. */
const COLOUR_OF_ROLE = {
  perpetrator: "perpetrator",
  "alleged-perpetrator": "perpetrator",
  "claimed-by": "perpetrator",
  target: "target",
  victim: "target",
};

/** @param {HTMLElement} pane @param {string} name @returns {HTMLElement[]} */
function marksOf(pane, name) {
  return [...pane.querySelectorAll(`mark[data-quote="${CSS.escape(name)}"]`)].filter((mark) => mark.checkVisibility());
}

/** @param {HTMLElement} pane @param {string} name Scrolls the pane alone, never the page under the moderator's hands. */
function show(pane, name, scroll = true) {
  for (const mark of pane.querySelectorAll(".is-shown")) mark.classList.remove("is-shown");
  const marks = marksOf(pane, name);
  for (const mark of marks) mark.classList.add("is-shown");
  if (scroll && marks.length) reveal(pane, marks[0]);
}

/** @param {HTMLElement} pane @param {HTMLElement} mark @param {boolean} smooth */
function reveal(pane, mark, smooth = true) {
  const top = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  if (top > 60 && top < pane.clientHeight - 40) return;
  pane.scrollBy({ top: top - pane.clientHeight / 3, behavior: calm.matches || !smooth ? "auto" : "smooth" });
}

/** @param {Element} control @returns {string} the colour of the words behind a control of the form, "" for none */
function behind(control) {
  if (control instanceof HTMLElement && control.dataset.quotes) return control.dataset.quotes;
  const role = control.closest("tr")?.querySelector("select[name$='-role']");
  return role instanceof HTMLSelectElement ? (COLOUR_OF_ROLE[role.value] ?? "") : "";
}

/** @param {string} name @returns {HTMLElement | undefined} the first control that these words stand behind */
function controlOf(name) {
  const direct = document.querySelector(`.desk-work [data-quotes="${CSS.escape(name)}"]`);
  if (direct instanceof HTMLElement) return direct;
  const roles = [...document.querySelectorAll(".desk-work tr:not(.empty-form) select[name$='-role']")];
  return roles.find((select) => COLOUR_OF_ROLE[select.value] === name) ?? roles[0];
}

export function connectQuotes() {
  const pane = document.getElementById("evidence");
  if (!pane) return;
  document.querySelector(".desk-work")?.addEventListener("focusin", (event) => {
    const name = behind(event.target);
    if (name) show(pane, name);
  });
  // The words that made the candidate, not the top of a long article.
  const first = marksOf(pane, "kind")[0] ?? pane.querySelector("mark[data-quote]");
  if (first) reveal(pane, first, false);
  const turn = {};
  pane.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show-quote]");
    if (button) {
      const name = button.dataset.showQuote;
      const marks = marksOf(pane, name);
      show(pane, name, false);
      if (marks.length) {
        turn[name] = ((turn[name] ?? -1) + 1) % marks.length;
        reveal(pane, marks[turn[name]]);
      }
      return;
    }
    const mark = event.target.closest("mark[data-quote]");
    if (!mark || String(getSelection())) return;
    show(pane, mark.dataset.quote, false);
    controlOf(mark.dataset.quote)?.focus();
  });
}
