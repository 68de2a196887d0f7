"""Writing with a language model, where no figure passes through it (design.md).

The composer's draft is the plan in words: each of its items goes to the model with figures, years and names of persons
as slots, and comes back in other words. ``slots`` (what is masked, and put back), ``personal`` (data of persons),
``wire`` (what is sent, and how the answer is read), ``judge`` (what is wrong with a line before its slots are filled),
``loop`` (write, check, send back, at most twice, else the composer's words), ``speaking`` (a model's answer piece by
piece, within limits), ``choosing`` (a request that the rules do not understand), ``selection`` (a passage that a person
has marked). What is handed between them is in ``values``.
"""
