"""The organisers' sheet as one tab of a Google spreadsheet: see `sheets.base.Sheet` and this package's own words.

One request reads, one writes and verifies, however many rows there are. A write without an answer may have been
carried out: it is never simply repeated, but read, compared, and what still differs is written.
"""

import logging
import secrets
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeAlias

from pipeline.model.controls import Glance
from pipeline.model.errors import ConveneError
from pipeline.model.settings import GoogleSettings
from pipeline.model.sheet import OWN_COLUMNS, Snapshot, Stamp
from pipeline.model.tab import Tab
from pipeline.model.text import fold
from pipeline.sheets.base import Project, SetUp
from pipeline.sheets.google.api import Api
from pipeline.sheets.google.failures import Passing, Refusal, refuse_protected, restless
from pipeline.sheets.google.grid import Grid
from pipeline.sheets.google.lease import GoogleLease, Holding, with_marks
from pipeline.sheets.google.metadata import TAB, put
from pipeline.sheets.google.own_controls import NOTHING_KEPT, Kept
from pipeline.sheets.google.own_tab import GoogleLinks, show_requests
from pipeline.sheets.google.patience import Patience, Timing
from pipeline.sheets.google.proof import Proof, proof_in, proof_mark
from pipeline.sheets.google.set_up import missing_columns, set_up_requests, told_marks
from pipeline.sheets.google.tab import ResponsesTab
from pipeline.sheets.google.trial import try_out
from pipeline.sheets.google.write import Update, find_positions, own_cells, refuse_locked

Json: TypeAlias = dict[str, Any]

log = logging.getLogger("convene")


class GoogleSheet:
    """A `sheets.base.Sheet` in a Google spreadsheet that is shared with a service account."""

    def __init__(self, settings: GoogleSettings, setup: SetUp, timing: Timing = Timing()) -> None:  # noqa: B008 - frozen
        self._settings, self._setup, self._timing = settings, setup, timing
        self._api = Api(settings, timing)
        self._tab = ResponsesTab(self._api, settings.tab, setup)
        self._holding = Holding(settings.lease, timing)
        self._grid: Grid | None = None
        self._proof: Proof | None = None
        self._sheet_id = 0
        self._links: GoogleLinks | None = None
        self._exchanges = False

    @property
    def calls(self) -> int:
        """How many requests to Google Sheets were made so far, those that failed included."""
        return self._api.calls

    def read(self) -> Snapshot:
        """Read the tab once, whole, with all that Convene has to know of it."""
        grid = self._keep(self._tab.look())
        self._holding.see(grid)
        return grid.snapshot

    def mark(self) -> str:
        """Return nothing: what stands in a spreadsheet is only known once it was read."""
        return ""

    def lease(self, stamp: Stamp | None = None, *, set_up: bool = False) -> GoogleLease:
        """Take the spreadsheet for one run, in one update with the stamp: see `sheets.base.Sheet.lease`.

        Two runs cannot both have it: the later update is refused. Raises SheetBusy while another run holds it, and
        where one left its stamp since this sheet was read; SheetError where a protection keeps Convene out.
        """
        known = self._known()
        refuse_locked(known, own_cells(known))
        if set_up:
            self.prove()
        self._holding.begin()
        try:
            self._take(stamp, set_up=set_up)
        except (ConveneError, Refusal):
            self._holding.end()
            raise
        return GoogleLease(self._release)

    def _take(self, stamp: Stamp | None, *, set_up: bool) -> None:
        trouble, refused = self._patience(), self._patience()
        while not self._holding.has_taken(
            self._known(), stamp
        ):  # an answer may be lost, and not what was asked
            grid = self._known()
            self._holding.raise_if_others_were_here(grid)
            marks, requests = self._holding.take_with(grid, stamp)
            new = set_up_requests(grid, find_positions(grid), self._setup) if set_up else []
            first = self._holding.clear_with(grid)
            done = self._has_done(first or [*requests, *new], trouble, refused)
            is_sure = done and grid.proof.exchanges
            self._grid = with_marks(grid, marks) if is_sure and not new else None
            if is_sure:
                break

    def _release(self) -> None:
        """Give the lease back in one attempt: whoever waits for Google here has waited for it before."""
        requests = self._holding.release(self._sheet_id)
        self._holding.end()
        self._grid = None
        if requests:
            self._api.update({"requests": requests}, "spreadsheetId")

    def set_up(self) -> bool:
        """Add the organisers' and Convene's columns where they are missing; return whether any was.

        Also marks the columns, so that one whose header somebody changes is known again.
        """
        trouble, refused, added, done = self._patience(), self._patience(), False, False
        self.prove()
        while not done:
            grid = self._known()
            self._holding.raise_if_lost(grid)
            positions = find_positions(grid)
            requests = set_up_requests(grid, positions, self._setup)
            added = added or bool(missing_columns(positions))
            if not requests:
                break
            done, self._grid = self._has_done(requests, trouble, refused) and grid.proof.exchanges, None
        return added

    def acknowledge(self) -> None:
        """Keep what was told of renamed columns and tabs: see `sheets.base.Sheet.acknowledge`. One attempt will do."""
        grid = self._grid
        if grid is None or not grid.snapshot.problems or TAB not in grid.marks:
            return  # a set-up since the sheet was read has kept it
        requests = told_marks(grid, self._setup)
        if requests:
            self._grid = None
            with suppress(ConveneError, Passing, Refusal):
                self._api.update({"requests": requests}, "spreadsheetId")

    def glance(self, *, words: bool = False) -> Glance:
        """Read only what organisers set; one request once tab and column are known, and none where nothing is."""
        return self._tab.glance(words=words)

    def show(self, tab: Tab) -> bool:
        """Let the tab `Convene` be as it should: see `sheets.base.Sheet.show`.

        No request where nothing differs from what was read with the responses. Raises SheetBusy as `write` does.
        """
        trouble, refused, changed, is_fresh = self._patience(), self._patience(), False, False
        kept = NOTHING_KEPT
        while (found := self._show_updates(tab, kept))[0]:
            if is_fresh or self._exchanges:
                changed, (updates, kept) = True, found
                done = all(self._has_done(update, trouble, refused) for update in updates)
                self._tab.forget_own()
                if done and self._exchanges:
                    break
            # Where no guard would stop a write beside rows that moved since, what is there is read before and after.
            self._tab.look_at_own()
            is_fresh = True
        return changed

    def _show_updates(self, tab: Tab, kept: Kept) -> tuple[list[list[Json]], Kept]:
        if self._links is None:
            self._read()
        own, titles = self._tab.known_own()
        fresh_id, links = secrets.randbelow(2**31 - 1) + 1, self._links
        assert links is not None  # noqa: S101 - just read
        return show_requests(own, tab, links, titles, fresh_id, kept, exchanges=self._exchanges)

    def prove(self, *, again: bool = False) -> tuple[str, ...]:
        """Try what Convene leans on, on a hidden tab that is taken away again: see `sheets.base.Sheet.prove`.

        Raises SheetError where two runs could not be kept apart.
        """
        if again or self._proved() is None:
            self._try_out()
            grid = self._known()
            if TAB in grid.marks:
                mark = put(grid.marks, proof_mark(grid.proof), grid.sheet_id, exchanges=False)
                self._has_done(mark, self._patience(), self._patience())
                self._grid = None
        proof = self._proved()
        return proof.sentences if proof else ()

    def _proved(self) -> Proof | None:
        return self._proof or proof_in(self._known().marks)

    def _try_out(self) -> None:
        patience, self._grid = self._patience(), None
        while True:
            try:
                self._proof = try_out(self._api)
                break
            except Passing as passing:
                patience.wait(str(passing))
            except Refusal as refusal:
                refuse_protected(refusal)
                patience.wait(restless(refusal))
        log.info("Google Sheets, tried out: %s", self._proof)

    def write(self, project: Project, closing: Stamp | None = None) -> int:
        """Read again, write the cells of Convene's columns that differ, verify; see `sheets.base.Sheet.write`.

        Raises SheetBusy when Google cannot be reached or people were in the way of every attempt, LeaseLost when
        another run took the spreadsheet.
        """
        update = Update(self._api, self._read, self._holding, self._patience, self._setup.known)
        try:
            return update.write(project, closing)
        finally:
            self._grid = None  # what was read is not what is there now

    def _read(self) -> Grid:
        return self._keep(self._tab.read())

    def _keep(self, grid: Grid) -> Grid:
        self._grid = replace(grid, proof=self._proof) if self._proof else grid
        self._sheet_id = self._grid.sheet_id
        self._exchanges = self._grid.proof.exchanges
        headers = [*map(fold, grid.snapshot.headers), fold(grid.ours.title(OWN_COLUMNS[0]))]
        column = (headers.index(headers[-1]) + 1) % len(headers)
        self._links = GoogleLinks(grid.sheet_id, grid.tab, column)
        return self._grid

    def _known(self) -> Grid:
        return self._grid or self._read()

    def _patience(self) -> Patience:
        return Patience(self._settings.retry_for, self._timing)

    def _has_done(self, requests: list[Json], trouble: Patience, refused: Patience) -> bool:
        """Whether an update was carried out for sure; what passes by itself is waited for."""
        try:
            self._api.update({"requests": requests}, "spreadsheetId")
        except Passing as passing:
            trouble.wait(str(passing))
            return False
        except Refusal as refusal:
            refuse_protected(refusal)
            refused.wait(restless(refusal))
            return False
        return True
