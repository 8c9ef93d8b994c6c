from pipeline.model.adoption import CAUTION, CUT_OFF, Adoption, Refused


def test_what_was_cut_off_is_said_at_the_end() -> None:
    refused = Refused("", 7, "it names nobody")
    assert list(Adoption(refused=(refused,), is_cut_off=True).lines()) == [str(refused), CAUTION, CUT_OFF]
