"""controlmap: dated, layered maps of who is reported to control which place."""

__version__ = "0.1.0"
