"""What the library would lose of a workbook when it saves it whole, found without loading it.

Only setting a sheet up saves the whole workbook; writing changes single cells and loses nothing. The list
is of what was seen to be lost (openpyxl 3.1.5); a part that is on no list counts as lost.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app|custom)\.xml|docProps/thumbnail\.\w+"
    r"|xl/([\w]+\.xml|_rels/\w+\.xml\.rels|theme/theme\d*\.xml(\.rels)?|worksheets/\w+\.xml"
    r"|worksheets/_rels/\w+\.xml\.rels|tables/\w+\.xml|(comments/)?comments?\d*\.xml"
    r"|drawings/\w+\.vml|printerSettings/.*|persons/.*"
    r"|externalLinks/(_rels/)?\w+\.xml(\.rels)?)"
)
_PARTS = (
    (re.compile(r"xl/charts|xl/chartsheets"), "charts"),
    (re.compile(r"xl/media"), "pictures"),
    (re.compile(r"xl/drawings/(drawing|_rels/drawing)"), "drawings"),
    (re.compile(r"xl/diagrams"), "diagrams"),
    (re.compile(r"xl/pivot"), "pivot tables"),
    (re.compile(r"xl/(slicer|timeline)"), "slicers or timelines"),
    (re.compile(r"xl/(ctrlProps|activeX)"), "form controls"),
    (re.compile(r"xl/embeddings"), "embedded documents"),
    (re.compile(r"xl/(vbaProject|macrosheets)"), "macros"),
    (re.compile(r"xl/threadedComments"), "comments with replies"),
    (re.compile(r"xl/(queryTables|connections|model)|customXml"), "data connections or document properties"),
    (re.compile(r"xl/(metadata|richData)"), "formulas that spill, or linked data types"),
    (re.compile(r"docMetadata"), "a sensitivity label"),
)
_SHEET_ELEMENTS = (
    (b"extLst", "newer conditional formats, drop-downs or sparklines"),
    (b"legacyDrawingHF", "pictures in page headers"),
    (b"protectedRanges", "ranges that named people may edit"),
    (b"customSheetViews", "custom views"),
    (b"oleObjects", "embedded documents"),
    (b"controls", "form controls"),
)
_ELSEWHERE = (
    (re.compile(r"xl/workbook\.xml"), re.compile(rb"<(\w+:)?fileSharing\b"), "a write reservation"),
    (re.compile(r"xl/sharedStrings\.xml"), re.compile(rb"<(\w+:)?rPh\b"), "phonetic guides"),
    (re.compile(r"xl/.*\.xml"), re.compile(rb"_x005F_"), "texts such as “_x0041_”"),
    (
        re.compile(r".*\.vml"),
        re.compile(rb"ObjectType=[\"'](?!Note)", re.IGNORECASE),
        "form controls or shapes",
    ),
)


def find_losses(data: bytes) -> tuple[str, ...]:
    """Name what saving the whole workbook would lose, each thing once; empty when nothing would be lost."""
    with ZipFile(BytesIO(data)) as package:
        names = [name for name in package.namelist() if not name.endswith("/")]
        found = [loss for name in names for loss in _losses_of(name, package.read(name))]
    return tuple(dict.fromkeys(found))


def _losses_of(name: str, part: bytes) -> Iterator[str]:
    named = [words for pattern, words in _PARTS if pattern.match(name)]
    yield from named
    if not named and not _KEPT.fullmatch(name):
        yield f"the part “{name}”"
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        for tag, words in _SHEET_ELEMENTS:
            if re.search(rb"<(\w+:)?" + tag + rb"\b", part):
                yield words
    for names, content, words in _ELSEWHERE:
        if names.fullmatch(name) and content.search(part):
            yield words
