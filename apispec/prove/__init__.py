"""Proving the pages: every snippet is run as it is shown, and every tool is called, against a running server.

`cases` makes what is to be run, `host` is the server that writes down what arrives, `running` runs one snippet as a
process, `tools` calls the tools, `checking` judges, `proving` ties them together, `reporting` says how it went.
"""
