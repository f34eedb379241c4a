"""What may be kept, when a flow file changes while someone is in it."""

from datetime import UTC, datetime

from bot.core.content import Closing, Flow, Library, Phrases, Step
from bot.core.events import Said
from bot.core.state import FlowState, Session
from bot.features.scene import Scene, kept_answers

AT = datetime(2026, 3, 1, 18, tzinfo=UTC)


def test_words_whose_question_is_gone_are_still_the_persons_own() -> None:
    flow = Flow(
        id="sleep",
        version=2,
        steps=(Step("hours", "number"), Step("rest", "choice", options=("good", "bad"))),
        closings=(Closing("done"),),
        records="sleep",
    )
    state = FlowState(
        flow="sleep",
        version=1,
        run="run",
        day="2026-03-01",
        started=AT,
        answers={"hours": 7, "rest": "good", "dream": "of the sea", "times": 3},
    )
    session = Session(person=1, lang="en", welcomed=True, keep_checkins=True, keep_words=False)
    scene = Scene(session, Said("1", AT, bytes(16), "x"), Library({}, Phrases(), ("en",)))

    assert kept_answers(scene, flow, state) == {
        "day": "2026-03-01",
        "hours": 7,
        "rest": "good",
        "times": 3,
    }
