/** Numbers as the visitor's language writes them. */

const format = new Intl.NumberFormat(globalThis.document?.documentElement.lang || "en");

/** @param {number} number @returns {string} such as 10,000 */
export function written(number) {
  return format.format(number);
}
