/**
 * What the page and the engine say to each other (worker.js). Nothing runs here: types, and the flags of an item.
 *
 * Every message to the worker is `{id, type, ...}`; each is answered once, by `{id, type: "answer", ...}` or by
 * `{id, type: "failed", reason}`. A day is a whole number of days since 1970-01-01, null for unknown. A row is an
 * incident's place in the engine's columns: it means nothing after another `open`.
 *
 * @typedef {"missing"|"cut-off"|"unreadable"|"offline"|"superseded"|"not-open"} Reason
 *   missing: the server has no such file; cut-off: it ended early; unreadable: it is no columns file of ours; offline:
 *   no answer; superseded: the items that `members` names are no longer the ones shown; not-open: nothing is open.
 *
 * @typedef {object} Open type "open": fetches and reads the columns, and what changed since.
 * @property {string} columns address of the Arrow file
 * @property {string|null} changes address of the changes since that file
 * @property {string|null} matches address of the bitset of q, weapon and place
 * @property {Object<string, number>} families index of the family of each kind
 * @property {number} familyCount
 *
 * @typedef {object} Opened
 * @property {number} count incidents, changes included
 * @property {number|null} newest the last day of all incidents
 * @property {string} built ISO time
 * @property {string} version
 * @property {boolean} stale whether the changes could not be had: the newest file should be opened instead
 *
 * @typedef {object} View the map's canvas. Pixels are those of the world at `zoom` (256 * 2 ** zoom wide).
 * @property {number} zoom
 * @property {number} x world pixel of the canvas' left edge (left of 0 or right of the world after a turn)
 * @property {number} y world pixel of the canvas' upper edge
 * @property {number} width of the canvas in pixels
 * @property {number} height
 * @property {number} centerLongitude every incident is drawn on the copy of the world nearest to it
 * @property {string[]} [marked] codes
 * @property {string} [selected] a code, marked too
 *
 * @typedef {object} Ask type "ask": everything that depends on the filters, for one of them or none.
 * @property {string} search the query string, as the server reads it; `?` in front or not
 * @property {View|null} view gives `items`
 * @property {{domain: [number, number]|null}|null} histogram gives `histogram`; the domain is a first and a last day
 * @property {{sort: string, page: number, size: number}|null} list gives `list`; sort as views/explorer.py: SORTS
 * @property {boolean} facets gives `facets`
 * @property {boolean} aim gives `bounds`
 *
 * @typedef {object} Answer what was not asked for is null
 * @property {number} count incidents found
 * @property {number} total all incidents
 * @property {number} unplaced found, without a point
 * @property {number} undated found, without a day
 * @property {number|null} first first day of the incidents found
 * @property {number|null} last
 * @property {Histogram|null} histogram
 * @property {Facets|null} facets
 * @property {Items|null} items
 * @property {Page|null} list
 * @property {[number, number, number, number]|null} bounds west, south, east, north of the points found; null for none
 *
 * @typedef {object} Histogram null when nothing has a day. As publishing/timeline.py: parts of incidents by bin.
 * @property {"day"|"week"|"month"|"year"} unit
 * @property {Int32Array} starts first day of each bin
 * @property {Int32Array} ends last day of each bin
 * @property {Float64Array} ghost what the other filters find, whatever its date
 * @property {Float64Array} certain bins * families, those of the first bin first
 * @property {Float64Array} guessed the same for incidents that may lie in another bin
 * @property {number} peak the largest ghost, at least 1
 * @property {[number, number]} domain first and last day that the bins are made for
 *
 * @typedef {object} Facets each count respects all other filters
 * @property {Object<string, number>} kinds with every kind
 * @property {number[]} families
 * @property {Object<string, number>} precisions of places, with every one
 * @property {Object<string, number>} credibility
 * @property {Choice[]} actors the chosen, then the most frequent, at most 12 unless more are chosen
 * @property {Choice[]} sources
 *
 * @typedef {object} Choice
 * @property {number|null} pk null for a chosen name that nobody knows
 * @property {string} name
 * @property {number} count
 * @property {boolean} chosen
 *
 * @typedef {object} Page
 * @property {Uint32Array} ids
 * @property {string[]} codes
 * @property {number} page from 1, at most `pages`
 * @property {number} pages at least 1
 *
 * @typedef {object} Items what stands on the map, arrays of one length: areas first, then by number, the fewest last
 * @property {number} number of this arrangement, for `members`
 * @property {Float32Array} x pixels from the canvas' left edge
 * @property {Float32Array} y
 * @property {Float32Array} radius of the symbol, ring or area in pixels
 * @property {Uint32Array} count members
 * @property {Uint32Array} families items * families
 * @property {Int32Array} row the only member; -1 where there are several
 * @property {Uint8Array} flags AREA, TOGETHER, SOLID, MARKED
 * @property {Float32Array} reach of a member's uncertainty in pixels, the widest; 0 for none known
 * @property {Uint8Array} precision of its place: index among `precisions` (extraction/types.py: PlacePrecision)
 * @property {string[]} place name where all members share the point, else ""
 *
 * @typedef {object} ViewMessage type "view": the map has moved, the filters have not. Answers `{items: Items}`.
 * @property {View} view
 *
 * @typedef {object} MembersMessage type "members": of one item, the newest first. Answers Members.
 * @property {number} number of the arrangement
 * @property {number} item index among the items
 * @property {number} limit
 *
 * @typedef {object} Members
 * @property {number} total
 * @property {Incident[]} members
 * @property {[number, number, number, number]} bounds west, south, east, north of the item's points
 *
 * @typedef {object} RowsMessage type "rows": incidents by code. Answers `{rows: (Incident|null)[]}`, null for unknown.
 * @property {string[]} codes
 *
 * @typedef {object} Incident
 * @property {number} id
 * @property {string} code
 * @property {number|null} latitude
 * @property {number|null} longitude
 * @property {number|null} radius in metres
 * @property {string} place
 * @property {string} precision
 * @property {boolean} isArea
 * @property {string} kind
 * @property {number} family
 * @property {number} credibility
 * @property {boolean} solid
 * @property {number|null} start
 * @property {number|null} end
 * @property {number|null} killed
 * @property {number|null} wounded
 * @property {boolean} found whether the filters let it through
 */

/** A district, province or area that is drawn as itself. */
export const AREA = 1;
/** All members share one point. */
export const TOGETHER = 2;
/** One member, which is held to be true. */
export const SOLID = 4;
/** A member is marked or selected. */
export const MARKED = 8;
