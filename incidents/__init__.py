"""Incident Atlas."""

import os

# A site reads articles in several processes; numpy's threads inside one would only fight over the cores. numpy looks at
# this once, when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
