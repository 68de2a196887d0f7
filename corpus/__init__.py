"""What is kept: sheets and everything around them, in values, in the database and in files.

Values, no I/O: ``sheetfile``, ``yearfacts``, ``city``, ``form``, ``places`` (a sheet by path), ``cells`` (its tables).
What a person types: ``typedfigures``, ``typednotes``, ``dates``, ``shares``, ``defining``, ``preferred``.
Stored, callers commit: ``store``, ``narratives``, ``editing`` (every change but texts, with its trail) and on it
``storednotes``, ``confirming``, ``making``; ``continuity`` (links) and ``citysettings`` have trails of their own.
"""

import os

# read when numpy loads: a product of a few thousand numbers on two threads leaves the other core spinning for 20 ms
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
