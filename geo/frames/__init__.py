"""Frames: a parsed, masked sentence in; who took or lost which place, in what mood and when, out.

`parsed` reads the tree and `slots` finds a verb's subject and objects. `nouns`, `phrases` and `lists`
turn noun phrases into places (`refs`), with `items` for lists that locate their names and `seats` for units'
bases; `parties` into sides. `mood` and `status` judge whether it
happened. Each family of rules has a room (`take`, `lose`, `give`, `enter`, `control`, `nominal`,
`states`, `gains`), `frame` is what they build, `shared` parts verbs told of two sides, and `rules` asks
them all.
"""
