"""In which languages a call writes, and which answer says whose."""

from pipeline.config.call.letters_schema import LanguagesSection
from pipeline.config.call.names import Lookup
from pipeline.config.reading.file import ConfigFile
from pipeline.model.languages import Languages
from pipeline.model.suggest import did_you_mean
from pipeline.model.text import quote


def build_languages(file: ConfigFile, lookup: Lookup) -> Languages:
    """Make the languages of a call, noting an answer that there is not and a language that is not offered."""
    section = file.read("languages", LanguagesSection, usual=LanguagesSection())
    languages = Languages(section.default, section.others, section.answer, section.means)
    if section.answer:
        lookup.check_key(("languages", "answer"), section.answer)
    elif section.others:
        what = "nothing says who reads which of these languages"
        file.add(("languages", "others"), what, "Name the column that does, as `answer`.")
    for said, code in section.means.items():
        if code not in languages.codes:
            what = f"{quote(code)} is no language of this call"
            file.add(("languages", "means", said), what, did_you_mean(code, languages.codes))
    return languages
