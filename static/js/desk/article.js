/** An article's record: the legend leads through the quoted words. */

import { connectQuotes } from "./quotes.js";

connectQuotes();
