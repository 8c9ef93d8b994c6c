"""The reply form of a call: where its answers stand, and which of them are a yes."""

from pipeline.config.call.letters_schema import RepliesSection
from pipeline.config.reading.file import ConfigFile
from pipeline.model.question import Question
from pipeline.model.replies import ReplyForm
from pipeline.model.text import fold, quote


def build_replies(file: ConfigFile) -> ReplyForm | None:
    """Make the reply form of a call, noting an answer that is a yes and a no; None where the call has no such form."""
    if file.value(("replies",)) is None:
        return None
    section = file.read("replies", RepliesSection)
    if section is None:
        return None
    yes, no = (frozenset(map(fold, said)) for said in (section.answer.yes, section.answer.no))
    for said in section.answer.no:
        if fold(said) in yes:
            what = f"{quote(said)} is a yes and a no"
            file.add(("replies", "answer", "no"), what, "Leave it in one of the two lists.")
    headers = {
        "timestamp": section.timestamp,
        "email": section.address,
        "reference": section.reference,
        "answer": section.answer.column,
    }
    questions = {key: Question(header) for key, header in headers.items()}
    return ReplyForm(section.tab, questions, yes, no, section.link)
