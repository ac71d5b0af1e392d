"""Names of places: how two spellings of one name are recognised as one.

Text comes in as written; out come folded forms (for scanning and for the index), variants, and keys
that put the romanisations of one Arabic, Kurdish or Turkish name into one bucket. Nothing here knows
a place: `gazetteer` holds those. The same functions serve the index and the mention.
"""

from geo.names.arabic import ArabicKey, arabic_cost, arabic_keys, is_arabic
from geo.names.cost import cap_for, latin_cost
from geo.names.folding import fold, plain, strip_article, strip_articles, variants
from geo.names.latin import LatinKey, key, latin_keys

__all__ = [
    "ArabicKey",
    "LatinKey",
    "arabic_cost",
    "arabic_keys",
    "cap_for",
    "fold",
    "is_arabic",
    "key",
    "latin_cost",
    "latin_keys",
    "plain",
    "strip_article",
    "strip_articles",
    "variants",
]
