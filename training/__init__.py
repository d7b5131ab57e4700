"""From gold and our own corpus to the weight files that the site reads: `make train` (docs/training.md)."""
