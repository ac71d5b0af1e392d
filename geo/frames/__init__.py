"""Frames: a parsed, masked sentence in; who took or lost which place, in what mood and when, out.

`parsed` reads the tree, `slots` finds a verb's subject and objects, `phrases` turns noun phrases
into places and sides, `status` judges whether it happened, `rules` has one short rule per frame.
"""
