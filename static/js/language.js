/** The language switch leads to what the page shows now, which the scripts may have changed since it came. */
for (const link of document.querySelectorAll("a[data-language]")) {
  link.addEventListener("click", () => {
    const address = new URL(location.href);
    address.searchParams.set("lang", link.dataset.language);
    link.href = address.href;
  });
}
