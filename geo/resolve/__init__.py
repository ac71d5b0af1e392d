"""Resolving: which place each mention of an article means, and why; or that nobody can tell.

Mentions of one article come in together with the country it is about; one Resolution for each goes out, in
order. The certain ones are settled first and then help to tell namesakes apart. A name that fits two places
about equally well is AMBIGUOUS and gets no point; a name that fits none is UNRESOLVED and lists what is spelt
like it. docs/resolving.md has the rules in words.
"""

from geo.resolve.article import resolve_all
from geo.resolve.judged import judged
from geo.resolve.model import PlaceMention, Resolution

__all__ = ["PlaceMention", "Resolution", "judged", "resolve_all"]
