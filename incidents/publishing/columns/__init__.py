"""The published set as one Arrow file (docs/columns.md), and what is answered from it. pyarrow's only home."""
