"""From the duties of a policy, by themselves and in bands, and its rules in Python to what is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from procure.policy.climbing import BuiltLadder
from procure.policy.conditions import Conditions
from procure.policy.declarations import Band, Duty
from procure.policy.expressions import NEVER, Expression, InBand, both, either, not_, under
from procure.policy.own import own_rule
from procure.policy.rules import Rule, Ruling
from procure.values.faults import Faults, names, unknown
from procure.values.words import ProcureError, Words

_DUTY = Words("义务", "duty")

#: The expressions under which each duty is due, by its name, as the bands it stands in say.
_Stands = Mapping[str, list[Expression]]


def rules_of(conditions: Conditions, ladders: Sequence[BuiltLadder]) -> tuple[Ruling, ...]:
    """All rules in their order; what is wrong with one is added to the faults."""
    policy, faults = conditions.policy, conditions.faults
    stands: _Stands = {id: [] for id in policy.duties}
    for number, (id, ladder) in enumerate(policy.ladders.items()):
        for at, band in enumerate(ladder.bands):
            built = ladders[number]
            binds = both([built.when, InBand(number, at), not_(built.unless)])
            with faults.at("ladder", id, "band", band.id, "duties"):
                _stand(conditions, stands, band, binds)
    rules: list[Ruling] = []
    for id, duty in policy.duties.items():
        with faults.at("duty", id):
            rules.append(_rule(conditions, id, duty, stands[id]))
    for own in policy.rules:
        with faults.at("rules", own.id):
            rules.append(own_rule(conditions, own))
    return tuple(rules)


def _stand(conditions: Conditions, stands: _Stands, band: Band, binds: Expression) -> None:
    """The duties of a band stand where it binds."""
    wrong = Faults()
    for duties, when in conditions.alternatives(band.duties):
        for duty in names(duties):
            with wrong.at():
                if duty not in stands:
                    raise unknown(_DUTY, duty, stands)
                stands[duty].append(under(when, binds) if conditions.every - when else binds)
    wrong.raise_nested()


def _rule(conditions: Conditions, id: str, duty: Duty, stands: Sequence[Expression]) -> Rule:
    _one_place(duty, stands)
    wrong = Faults()
    due: Expression = either(stands)
    unless: Expression = NEVER
    met: Expression = NEVER
    when = conditions.every
    with wrong.at("when"):
        due = due if stands else conditions.condition(duty.when)
    with wrong.at("unless"):
        unless = conditions.condition(duty.unless)
    with wrong.at("only-if"):
        when = conditions.every if duty.only_if is None else conditions.only_if(duty.only_if)
    with wrong.at("met-by"):
        met = conditions.condition(duty.met_by)
    with wrong.at("clause"):
        clauses = conditions.policy.clauses(duty.clause)
    shows = conditions.shows(met)
    for name in duty.shows or ():
        with wrong.at("shows"):
            conditions.column(name)
    wrong.raise_nested()
    due = both([due, not_(unless)])
    due = due if duty.only_if is None else under(when, due)
    shows = shows if duty.shows is None else tuple(duty.shows)
    return Rule(id, duty.title or duty.required, clauses, duty.required, due, met, shows, duty.waivable)


def _one_place(duty: Duty, stands: Sequence[Expression]) -> None:
    """Raises for a duty that is due by two ways, or by none."""
    if stands and duty.when is not None:
        raise ProcureError(
            Words(
                "既列于某档又有 when；二者只能居其一（从该档的 duties 中去掉，在 when 中写明分档与档名）",
                "stands in a band and has `when`: it may have only one of the two (take it out of the band's duties, "
                'and say the band in `when`: { LADDER = "BAND", … })',
            )
        )
    if not stands and duty.when is None:
        raise ProcureError(Words("不列于任何档，也没有 when", "stands in no band and has no `when`"))
