/** One key for each decision. Keys are silent while something is typed. */

const TYPED = "input:not([type=checkbox], [type=range]), textarea, select, [contenteditable], .select2-container";

/** @param {Element} element Presses what a key stands for. */
function press(element) {
  if (element.tagName !== "SUMMARY") {
    element.click();
    return;
  }
  const panel = element.parentElement;
  panel.open = !panel.open;
  if (panel.open) panel.querySelector("button, input:not([type=hidden])")?.focus();
}

function toDuplicates() {
  const other = document.querySelector("#duplicates .desk-other");
  if (other && !document.querySelector("#duplicates .desk-merge")) other.open = true;
  const first = document.querySelector("#duplicates .desk-merge") ?? document.getElementById("merge-code");
  first?.scrollIntoView({ block: "center" });
  first?.focus();
}

/** @param {HTMLDetailsElement} panel @param {number} number */
function pressReason(panel, number) {
  panel.querySelectorAll(".desk-reasons button")[number - 1]?.click();
}

/** @param {(number: number) => void} choosePlace what 1 to 9 do while no panel is open */
export function connectKeys(choosePlace) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const panel = document.querySelector(".desk-act[open]");
    if (event.key === "Escape") {
      if (panel) panel.open = false;
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      return;
    }
    if (event.target instanceof Element && event.target.closest(TYPED)) return;
    if (/^[1-9]$/.test(event.key)) {
      if (panel) pressReason(panel, Number(event.key));
      else choosePlace(Number(event.key));
      return;
    }
    if (event.key === "?") {
      document.querySelector(".desk-keys > summary")?.click();
      document.querySelector(".desk-keys")?.scrollIntoView({ block: "nearest" });
      return;
    }
    const element = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (element) {
      event.preventDefault();
      press(element);
    }
  });
  document.querySelector("a[href='#duplicates']")?.addEventListener("click", (event) => {
    // Without the fragment in the address, which would follow through every redirect.
    event.preventDefault();
    toDuplicates();
  });
  document.addEventListener("click", (event) => {
    for (const panel of document.querySelectorAll(".desk-act[open]")) {
      if (!panel.contains(event.target)) panel.open = false;
    }
  });
}
