"""What web frameworks know of their apps, as OpenAPI documents: their own, or one made of their routes and hints.

This package stands alone: it imports the standard library and the framework of the app that it is given, and nothing of
`apispec`, so that the interpreter of any environment can run it. What is left for whoever reads the document is under
`x-apispec-…` (`building`): docstrings as they stand, and places.
"""
