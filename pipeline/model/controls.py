"""What organisers set in the marked cells of the tab `Convene`; Convene reads these cells and never writes them."""

from pipeline.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Controls:
    """The organisers' cells as understood.

    `pause`: the run decides and shows, and sends nothing. `freeze`: no place that became free is offered to the waiting
    list. `approve` and `accept` are short codes: of what waits for approval, of the dangers shown. `run_now` asks for a
    run at once where it is another value than the one served last. `seen` are codes of needs, and references. `odd` has
    what was typed and cannot be understood, by the control's name.
    """

    pause: bool = False
    freeze: bool = False
    approve: str = ""
    accept: str = ""
    run_now: str = ""
    seen: tuple[str, ...] = ()
    odd: tuple[tuple[str, str], ...] = ()


NO_CONTROLS = Controls()


@dataclass(frozen=True, slots=True)
class Glance:
    """What organisers set, read between two runs; with what stands under Decision, where that was asked for."""

    controls: Controls = NO_CONTROLS
    words: tuple[str, ...] = ()


LABELS = {
    "pause": "Pause",
    "freeze": "Freeze promotion",
    "approve": "Approve all",
    "accept": "Accept danger",
    "run_now": "Run now",
    "seen": "Seen",
}
"""What stands beside each control, by the name of its field; in this order from the top."""
