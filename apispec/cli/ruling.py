"""Which rules a project has: ours, those of installed packages, and those that its configuration declares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from apispec.config import Config
from apispec.errors import ConfigError, FindingsError

if TYPE_CHECKING:
    from apispec.rules import Rule


def own_rules(config: Config) -> dict[str, Rule]:
    """Rules besides ours, by id.

    Raises:
        ConfigError: An assertion is wrong, a package's rules cannot be imported, or two rules have one name.
    """
    from apispec.rules import declared, installed

    found = installed()
    for name, rule in declared(config.assertions).items():
        if name in found:
            raise ConfigError(
                f"an installed package has a rule {name!r}", where=f"assertions.{name}", hint="call it otherwise"
            )
        found = {**found, name: rule}
    return found


def rule_settings(config: Config, own: Mapping[str, Rule]) -> dict[str, Any]:
    """The table `[rules]` without what it says to `apispec diff`: levels of kinds of changes."""
    from apispec.rules import GROUPS, OWN, rules

    known = {*rules(), *own, *GROUPS, OWN}
    others = {name: level for name, level in config.rules.items() if name not in known}
    if others:
        from apispec.changes import Policy, is_kind

        changes = {name: level for name, level in others.items() if is_kind(name)}
        Policy.of(changes)
        others = {name: level for name, level in others.items() if name not in changes}
    return {**{name: level for name, level in config.rules.items() if name in known}, **others}


def change_levels(config: Config) -> dict[str, Any]:
    """The table `[rules]` without rules of the project's own, which `apispec diff` does not know."""
    from apispec.rules import OWN

    if not config.rules:
        return {}
    own = own_rules(config)
    return {name: level for name, level in config.rules.items() if name not in own and name != OWN}


def list_rules(config: Config) -> None:
    """Print every rule with its group, its level under the presets, and its title."""
    from apispec.rules import GROUPS, OWN, choose, rules

    own = own_rules(config)
    levels = {rule.id: severity.value for rule, severity in choose({}, config.preset, own)}
    for group in (*GROUPS, OWN):
        chosen = [rule for rule in (*rules().values(), *own.values()) if rule.group == group]
        if chosen:
            click.echo(f"{group}:")
        for rule in chosen:
            click.echo(f"  {rule.id:32} {levels.get(rule.id, 'off'):8} {rule.title}")


def test_rules(config: Config) -> None:
    """Judge the examples of the project's own rules.

    Raises:
        FindingsError: A rule misses its wrong example, or finds something in its right one.
        ConfigError: There are no such rules.
    """
    from apispec.cli.reading import counted
    from apispec.rules import flaws_of_examples

    own = own_rules(config)
    if not own:
        raise ConfigError("there are no rules of your own", hint="declare some in `[assertions]`")
    failed = 0
    for rule in own.values():
        said = flaws_of_examples(rule)
        failed += bool(said)
        well = "as its examples say" if rule.wrong and rule.right else "`wrong` or `right` is missing"
        click.echo(f"{rule.id}: {'; '.join(said) or well}")
    if failed:
        raise FindingsError(f"{counted(failed, 'rule')} of {len(own)} not as the examples say")
