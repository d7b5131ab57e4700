/** Titles of incidents, fetched when they are looked at: a million of them are no part of the columns. */

const known = new Map();

/**
 * @param {string} address of the server's titles
 * @param {string[]} codes
 * @returns {Promise<Map<string, string>>} without those that could not be had
 */
export async function titlesOf(address, codes) {
  const missing = codes.filter((code) => !known.has(code));
  if (missing.length) {
    const answer = await fetch(`${address}?codes=${missing.join(",")}`).catch(() => null);
    const found = answer?.ok ? await answer.json() : {};
    for (const [code, title] of Object.entries(found)) known.set(code, title);
  }
  return new Map(codes.filter((code) => known.has(code)).map((code) => [code, known.get(code)]));
}
