"""The kinds of changes, declared by what they change; `apispec.changes.kind` has the table of all.

No comparing happens here: what differs is found by the modules of `apispec.changes`, which name a kind by its id.
"""
