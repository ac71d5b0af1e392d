"""Evaluation: claims and a gold corpus in, figures and the errors behind them out.

What counts as found is told in docs/evaluation.md. Nothing here reads an article: the claims come from
`reading` or from the claims.jsonl of a build.
"""

from geo.evaluation.articles import ArticleReport, evaluate_articles
from geo.evaluation.gold import GoldArticle, GoldClaim, SuiteItem, load_gold, load_suite, suite_articles
from geo.evaluation.names import SideNames
from geo.evaluation.suite import SuiteReport, evaluate_suite
from geo.evaluation.tally import Share

__all__ = [
    "ArticleReport",
    "GoldArticle",
    "GoldClaim",
    "Share",
    "SideNames",
    "SuiteItem",
    "SuiteReport",
    "evaluate_articles",
    "evaluate_suite",
    "load_gold",
    "load_suite",
    "suite_articles",
]
