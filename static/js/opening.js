/** The engine of this page, which its head has started (templates/incidents/_engine.html). */
import { openEngine } from "./engine-client.js";

const config = document.querySelector('script[type="application/json"][id$="-config"]');

/** Whoever awaits it learns why it failed. */
export const opening = openEngine(JSON.parse(config.textContent));
opening.catch(() => {});
