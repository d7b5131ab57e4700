"""The query string that every door shares: explorer, list, exports, embed and API give the same incidents for it."""

from incidents.query.query import Query
from incidents.query.reading import Box, Circle, QueryError

__all__ = ["Box", "Circle", "Query", "QueryError"]
