/** Buttons that copy the text of another element: `<button hidden data-copy="id" data-copied="Copied">Copy</button>`. */

/** How long a button says that it has copied. */
const SHOWN_MS = 2000;

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

/** Where the clipboard is refused (no HTTPS), the text is selected: the visitor's own keys copy it. */
async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
  } catch {
    getSelection().selectAllChildren(source);
    return;
  }
  const before = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => {
    button.textContent = before;
  }, SHOWN_MS);
}
