/** A claim lasts while the page is open, and what is typed is not lost by leaving it. */

export function connectClaim() {
  const form = document.getElementById("incident_form");
  const claim = document.getElementById("claim");
  let deciding = false;
  // A form that came back with a refusal holds what nobody has saved yet.
  let typed = form?.querySelector(".errornote, .errorlist") !== null;
  form?.addEventListener("input", () => {
    typed = true;
  });
  document.addEventListener("submit", (event) => {
    deciding = true;
    if (event.target === form) typed = false;
  });
  addEventListener("beforeunload", (event) => {
    if (form && typed) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    if (!claim || deciding) return;
    const data = new FormData();
    data.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    navigator.sendBeacon(claim.dataset.release, data);
  });
  addEventListener("pageshow", (event) => {
    // The browser kept the page; the claim was given back when it was left.
    if (claim && event.persisted) location.reload();
  });
}
