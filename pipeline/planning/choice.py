"""What a person releases by a command, of all that waits."""

from pipeline.model.effect import Effect, hash_of
from pipeline.model.errors import EffectsChanged
from pipeline.model.frozen import dataclass
from pipeline.model.short_code import read_code
from pipeline.planning.effects import code_of_set, effects_hash
from pipeline.planning.plan import Plan


@dataclass(frozen=True, slots=True)
class Pick:
    """What a person releases by a command: some people, a kind, or all; as far as it is what has this hash or code.

    It is about what waits now; `early` about what is proposed before selection day, and waits by then.
    """

    references: tuple[str, ...] = ()
    kind: str = ""
    effects: str = ""
    early: bool = False

    def fits(self, effect: Effect) -> bool:
        """Whether it is about this effect."""
        return effect.reference in (self.references or (effect.reference,)) and self.kind in ("", effect.kind)


def choose_effects(plan: Plan, choice: Pick) -> tuple[Effect, ...]:
    """Return what of all that waits is released. Raises EffectsChanged where nothing has the hash that is named.

    Of a set that the sheet showed a while ago, what is still the same is released.
    """
    return tuple(effect for effect in _named(plan, choice) if choice.fits(effect))


def _named(plan: Plan, choice: Pick) -> tuple[Effect, ...]:
    waiting = plan.early if choice.early else plan.unreleased
    asked, code, now = choice.effects, read_code(choice.effects), code_of_set(waiting)
    shown = (each.effects for each in plan.history.proposals if each.code == code and code)
    if not asked or asked in {effects_hash(plan), hash_of(waiting)} or code == now:
        return waiting
    if before := tuple({effect for effects in shown for effect in effects}):
        return tuple(effect for effect in waiting if effect in before)
    raise EffectsChanged(asked, now)
