"""Drafting a section from stored figures, the facts of the year and last year's text, without a language model.

``pipeline`` (what others call) → ``plan`` (what goes where) → ``compose`` → ``verify`` (the checker's last look).
Last year's text: ``source_lines``, ``turns`` (what became of them), ``carry``, ``years``, ``stale``, ``events``,
``proposals``, ``remnants``, put together by ``weave``; ``measures`` (plans that serve a target ahead).
What is asked of a person: ``asking``.
Figures: ``statements``, ``outlook``, ``telling``. Notes: ``jotted``, ``raised``, ``outcomes`` (as sentences),
``note_lines`` (which notes a section tells), ``restating`` (what says the same), ``note_places`` (where they go).
How it is written: ``manner`` (the division's or the city's), ``wording`` (preferred words).
"""
