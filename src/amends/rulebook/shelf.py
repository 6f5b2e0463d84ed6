"""Every file in a rules folder is a rule; nothing to register."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from amends.rulebook.rule import Rule


@cache
def rules_in(folder: ModuleType) -> tuple[Rule, ...]:
    """Return the rules of a folder, one a file, in the order of their names."""
    names = sorted(module.name for module in iter_modules(folder.__path__))
    return tuple(import_module(f"{folder.__name__}.{name}").rule for name in names)
