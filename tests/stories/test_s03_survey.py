"""S3, first response (首次响应): the survey (基础调研).

Everyone who enters is surveyed; the answers become profile fields and tags; partial answers count;
a nudge, then peace; answers may suggest a plan, product or adviser, with the reason, as an
employee's task; tags that follow from them move a tie on in its lifecycle.
"""

import io
from itertools import permutations

import pendulum
import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from privlib import (
    AutomaticMove,
    ConsoleChannel,
    GivenAnswer,
    InMemory,
    InvalidValueError,
    Lifecycle,
    Masked,
    NewFriend,
    PrivateDomain,
    SecretMissingError,
    Stage,
    SurveyAnswer,
    SurveyAnswers,
    SurveyStart,
    program_from_toml,
    yuan,
)
from privlib.conditions import field
from privlib.errors import CurrencyMismatchError
from privlib.events import (
    MoveCause,
    ProfileFieldSet,
    QuestionAsked,
    StageMoved,
    SurveyAnswered,
    SurveyFinished,
    SurveyStarted,
    TagsChanged,
)
from privlib.refusals import (
    AnswerOfWrongKind,
    AnswerOutOfRange,
    ChoiceUnknown,
    QuestionUnknown,
    RelationUnknown,
    SurveyAlreadyAsked,
    SurveyAskedElsewhere,
    SurveyHasClosed,
    SurveyNotAsked,
    SurveyUnknown,
)
from privlib.requests import SendMessage, SuggestToEmployee
from privlib.values.money import Money
from privlib.values.personal import PersonalRef

pytestmark = pytest.mark.system("S3")

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
WEI = "console:mei:wei"
PROGRAM = program_from_toml(
    """
    [shop]
    name = "the tea house"
    [welcome]
    text = "Hi"
    [[lifecycles]]
    name = "customer"

    [[lifecycles.stages]]
    name = "new"

    [[surveys]]
    name = "basics"
    nudge_after_days = 2
    open_days = 14
    again_after_days = 365

    [[surveys.questions]]
    id = "drinks_tea"
    kind = "yes_no"
    text = "Welcome to {shop}, {name}! Do you drink tea?"

    [[surveys.questions]]
    id = "favourites"
    kind = "several_choices"
    text = "Which?"
    choices = [{ label = "green", tags = ["likes green"] }, { label = "black" }, "white"]
    most = 2
    field = "favourite teas"
    asked_when = { drinks_tea = true }

    [[surveys.questions]]
    id = "budget"
    kind = "money"
    text = "How much a month?"
    lowest = 10
    highest = 9999
    field = "monthly budget"
    asked_when = { drinks_tea = true }

    [[surveys.questions]]
    id = "why_not"
    kind = "text"
    text = "Why not?"
    field = "dislikes"
    asked_when = { drinks_tea = false }

    [[surveys.outcomes]]
    name = "gold"
    when = { budget = { at_least = 500 }, favourites = { contains_any = ["green"] } }
    suggests = "plan"
    what = "gold plan"
    reason = "he spends {budget} a month on {favourites}"
    tags = ["big spender"]
    """
)
SECRET = b"sixteen bytes or more"


def opened(program=PROGRAM):
    """A shop in which wei has just added mei."""
    console = io.StringIO()
    plugins = [InMemory(), ConsoleChannel(stream=console)]
    domain = PrivateDomain(program, plugins=plugins, clock=lambda: NOON, secret=SECRET)
    domain.accept_friend(
        NewFriend(customer="wei", employee="mei", carrier="console", added_at=NOON)
    )
    domain.deliver(at=NOON)
    console.truncate(0)
    console.seek(0)
    return domain, console


def started(domain, *, key="s-1", at=NOON, relation=WEI):
    start = SurveyStart(key=key, survey="basics", customer="wei", relation=relation)
    return domain.start_survey(start, at=at)


def asked(program=PROGRAM):
    domain, console = opened(program)
    started(domain)
    return domain, console


def answer(question, value, *, minutes=1, **fields):
    told = {"survey": "basics", "customer": "wei", "relation": WEI}
    at = NOON.add(minutes=minutes)
    return SurveyAnswer(**(told | fields), question=question, value=value, answered_at=at)


def texts(decision):
    return [each.text for each in decision.requests if isinstance(each, SendMessage)]


def suggestions(decision):
    return [each for each in decision.requests if isinstance(each, SuggestToEmployee)]


def test_the_first_question_is_asked_at_once_in_the_name_of_his_employee():
    domain, console = opened()
    decision = started(domain)
    assert decision.events == (
        SurveyStarted(survey="basics", customer="wei", relation=WEI, at=NOON),
        QuestionAsked(survey="basics", customer="wei", question="drinks_tea", at=NOON),
    )
    domain.deliver(at=NOON)
    assert console.getvalue() == (
        "Send wei on console in the name of mei, by 2026-06-15 12:00 at the latest: "
        '"Welcome to the tea house, friend! Do you drink tea?\n1. yes\n2. no"\n'
    )


def test_an_answer_counts_at_once_and_brings_the_next_question():
    domain, _ = asked()
    domain.answer_survey(answer("drinks_tea", value=True))
    decision = domain.answer_survey(answer("favourites", ["black", "green"], minutes=2))
    at = NOON.add(minutes=2)
    assert decision.events == (
        SurveyAnswered(
            survey="basics",
            customer="wei",
            question="favourites",
            value=("green", "black"),
            at=at,
        ),
        QuestionAsked(survey="basics", customer="wei", question="budget", at=at),
        ProfileFieldSet(
            customer="wei",
            field="favourite teas",
            source="survey:basics:favourites",
            value=("green", "black"),
            at=at,
        ),
        TagsChanged(
            relation=WEI,
            customer="wei",
            cause="survey:basics:favourites",
            added=["likes green"],
            at=at,
        ),
    )
    assert texts(decision) == ["How much a month?"]
    assert decision.after.customer("wei").told("favourite teas") == ("green", "black")
    assert decision.after.relation(WEI).tags == {"likes green"}


def test_a_question_whose_condition_does_not_hold_is_skipped():
    domain, _ = asked()
    decision = domain.answer_survey(answer("drinks_tea", value=False))
    assert texts(decision) == ["Why not?"]


def test_the_end_brings_the_employee_a_suggestion_with_its_reason():
    domain, console = asked()
    domain.answer_survey(answer("drinks_tea", value=True))
    domain.answer_survey(answer("favourites", ["green"], minutes=2))
    decision = domain.answer_survey(answer("budget", yuan(500), minutes=3))
    assert SurveyFinished(survey="basics", customer="wei", at=NOON.add(minutes=3)) in (
        decision.events
    )
    [suggestion] = suggestions(decision)
    assert (suggestion.employee, suggestion.suggests, suggestion.what, suggestion.reason) == (
        "mei",
        "plan",
        "gold plan",
        "he spends 500 a month on green",
    )
    assert decision.after.relation(WEI).tags == {"likes green", "big spender"}
    domain.deliver(at=NOON.add(minutes=3))
    assert console.getvalue().splitlines()[-1] == (
        "Tell mei to suggest the plan gold plan to wei, by survey basics: "
        '"he spends 500 a month on green"'
    )


@pytest.mark.parametrize(("budget", "suggested"), [("499.99", 0), ("500", 1), ("500.01", 1)])
def test_an_outcome_follows_where_its_condition_holds(budget, suggested):
    domain, _ = asked()
    form = {"drinks_tea": True, "favourites": ["green"], "budget": yuan(budget)}
    decision = domain.answer_survey(told_at_once(form))
    assert len(suggestions(decision)) == suggested


def told_at_once(form, *, minutes=1):
    return SurveyAnswers(
        survey="basics",
        customer="wei",
        relation=WEI,
        answers=[GivenAnswer(question, value) for question, value in form.items()],
        answered_at=NOON.add(minutes=minutes),
    )


def test_a_form_asks_nothing_more():
    domain, _ = asked()
    form = {"drinks_tea": True, "favourites": ["white"], "budget": yuan(20)}
    decision = domain.answer_survey(told_at_once(form))
    assert texts(decision) == []
    assert decision.after.survey("basics", "wei").finished_at == NOON.add(minutes=1)


def test_one_nudge_names_the_open_question_and_then_there_is_peace():
    domain, _ = asked()
    domain.answer_survey(answer("drinks_tea", value=True))
    domain.answer_survey(answer("favourites", ["white"], minutes=2))
    domain.deliver(at=NOON.add(minutes=2))
    due = NOON.add(days=2, minutes=2)
    assert domain.run_due(at=due.subtract(microseconds=1)) == ()
    [decision] = domain.run_due(at=due)
    assert texts(decision) == ["How much a month?"]
    assert domain.run_due(at=NOON.add(days=13)) == ()
    late = domain.answer_survey(answer("favourites", ["green"], minutes=5 * 1_440))
    assert texts(late) == []
    assert domain.run_due(at=NOON.add(days=13)) == ()


def test_who_has_finished_is_not_nudged():
    domain, _ = asked()
    domain.answer_survey(answer("drinks_tea", value=False))
    domain.answer_survey(answer("why_not", Masked("Too bitter"), minutes=2))
    assert domain.run_due(at=NOON.add(days=13)) == ()


def test_a_survey_left_half_done_closes_and_what_was_answered_counts():
    domain, _ = asked()
    domain.answer_survey(answer("drinks_tea", value=True))
    domain.answer_survey(answer("budget", yuan(700), minutes=2))
    closed = domain.run_due(at=NOON.add(days=14))[-1]
    assert closed.after.survey("basics", "wei").closed_at == NOON.add(days=14)
    assert suggestions(closed) == []
    domain.answer_survey(answer("favourites", ["green"], minutes=14 * 1_440 - 1))
    late = domain.answer_survey(answer("drinks_tea", value=True, minutes=14 * 1_440))
    assert late.refusals == (
        SurveyHasClosed(
            survey="basics", closed_at=NOON.add(days=14), answered_at=NOON.add(days=14)
        ),
    )


def test_an_answer_given_in_time_counts_however_late_it_arrives():
    domain, _ = asked()
    domain.run_due(at=NOON.add(days=20))
    form = {"drinks_tea": True, "favourites": ["green"], "budget": yuan(800)}
    decision = domain.answer_survey(told_at_once(form, minutes=14 * 1_440 - 1))
    assert len(suggestions(decision)) == 1
    assert texts(decision) == []


def test_a_changed_mind_takes_back_what_had_followed():
    domain, _ = asked()
    form = {"drinks_tea": True, "favourites": ["green"], "budget": yuan(800)}
    domain.answer_survey(told_at_once(form))
    decision = domain.answer_survey(answer("drinks_tea", value=False, minutes=2))
    after = decision.after
    assert after.customer("wei").profile == ()
    assert after.relation(WEI).tags == frozenset()
    assert after.survey("basics", "wei").asking == "why_not"
    assert after.survey("basics", "wei").answer("budget").value == yuan(800)
    again = domain.answer_survey(answer("drinks_tea", value=True, minutes=3))
    assert again.after.customer("wei").told("monthly budget") == yuan(800)
    assert again.after.relation(WEI).tags == {"likes green", "big spender"}
    assert suggestions(again) == []


def test_what_is_personal_travels_as_a_reference():
    domain, _ = asked()
    domain.answer_survey(answer("drinks_tea", value=False))
    decision = domain.answer_survey(answer("why_not", Masked("my ulcer"), minutes=2))
    ref = decision.after.customer("wei").told("dislikes")
    assert isinstance(ref, PersonalRef)
    assert "ulcer" not in repr(decision)
    assert domain.storage.personal([ref])[ref].reveal() == "my ulcer"
    domain.storage.erase_personal("wei")
    assert domain.storage.personal([ref]) == {}


def test_what_is_personal_is_not_taken_in_plain_text_or_without_a_secret():
    domain, _ = asked()
    with pytest.raises(InvalidValueError, match="why_not is personal: it must be Masked"):
        domain.answer_survey(answer("why_not", "my ulcer"))
    bare = PrivateDomain(PROGRAM)
    with pytest.raises(SecretMissingError):
        bare.answer_survey(answer("why_not", Masked("my ulcer")))


def test_what_is_no_answer_is_refused_with_all_reasons():
    domain, _ = asked()
    form = {
        "drinks_tea": "yes",
        "favourites": ["green", "blue"],
        "budget": yuan("9.99"),
        "age": 30,
    }
    decision = domain.answer_survey(told_at_once(form))
    assert decision.refusals == (
        AnswerOfWrongKind(question="drinks_tea", needs="yes_no"),
        ChoiceUnknown(question="favourites", known=["green", "black", "white"]),
        AnswerOutOfRange(question="budget", lowest=yuan(10), highest=yuan(9_999), has=yuan("9.99")),
        QuestionUnknown(
            survey="basics",
            question="age",
            known=["drinks_tea", "favourites", "budget", "why_not"],
        ),
    )
    assert decision.changes_nothing


@pytest.mark.parametrize("budget", ["9.99", "9999.01"])
def test_an_amount_outside_its_bounds_is_refused(budget):
    domain, _ = asked()
    [refusal] = domain.answer_survey(answer("budget", yuan(budget))).refusals
    assert isinstance(refusal, AnswerOutOfRange)


@pytest.mark.parametrize("budget", [10, 9_999])
def test_an_amount_at_its_bounds_is_taken(budget):
    domain, _ = asked()
    assert domain.answer_survey(answer("budget", yuan(budget))).refusals == ()


def test_an_amount_in_another_currency_is_an_error():
    domain, _ = asked()
    with pytest.raises(CurrencyMismatchError):
        domain.answer_survey(answer("budget", Money(50_00, "USD")))


def test_who_was_never_asked_has_no_answer():
    domain, _ = opened()
    decision = domain.answer_survey(answer("drinks_tea", value=True))
    assert decision.refusals == (SurveyNotAsked(survey="basics", customer="wei"),)


def test_a_survey_that_there_is_not_is_refused():
    domain, _ = opened()
    start = SurveyStart(key="s-1", survey="basic", customer="wei", relation=WEI)
    unknown = SurveyUnknown(survey="basic", known=["basics"])
    assert domain.start_survey(start).refusals == (unknown,)
    assert domain.answer_survey(answer("drinks_tea", value=True, survey="basic")).refusals == (
        unknown,
    )


def test_a_survey_is_asked_over_a_relation_of_the_customer():
    domain, _ = opened()
    nobody = "console:mei:lan"
    assert started(domain, relation=nobody).refusals == (RelationUnknown(relation=nobody),)
    started(domain, key="s-2")
    [refusal] = domain.answer_survey(answer("drinks_tea", value=True, relation=nobody)).refusals
    assert refusal == SurveyAskedElsewhere(survey="basics", relation=WEI, told=nobody)


def test_who_was_asked_is_asked_again_after_a_year():
    domain, _ = asked()
    domain.answer_survey(answer("drinks_tea", value=False))
    later = NOON.add(days=365)
    early = started(domain, key="s-2", at=later.subtract(microseconds=1))
    assert early.refusals == (
        SurveyAlreadyAsked(survey="basics", customer="wei", since=NOON, again_at=later),
    )
    again = started(domain, key="s-3", at=later)
    assert again.after.survey("basics", "wei").answers == ()
    assert texts(again) == ["Welcome to {shop}, {name}! Do you drink tea?\n1. yes\n2. no"]
    old = domain.answer_survey(answer("drinks_tea", value=True, minutes=5))
    assert [type(refusal) for refusal in old.refusals] == [SurveyHasClosed]


def test_without_again_after_days_nobody_is_asked_twice():
    [survey] = PROGRAM.surveys
    domain, _ = asked(evolve(PROGRAM, surveys=[evolve(survey, again_after_days=None)]))
    again = started(domain, key="s-2", at=NOON.add(years=50))
    assert again.refusals == (SurveyAlreadyAsked(survey="basics", customer="wei", since=NOON),)


def test_told_twice_it_is_asked_once():
    domain, _ = asked()
    assert started(domain).replayed
    domain.answer_survey(answer("drinks_tea", value=True))
    assert domain.answer_survey(answer("drinks_tea", value=True)).replayed


def test_a_field_that_several_surveys_fill_holds_the_newest_answer():
    [survey] = PROGRAM.surveys
    other = evolve(survey, name="autumn")
    domain, _ = asked(evolve(PROGRAM, surveys=[survey, other]))
    start = SurveyStart(key="s-2", survey="autumn", customer="wei", relation=WEI)
    domain.start_survey(start, at=NOON)
    told = [("basics", 3, yuan(30)), ("autumn", 2, yuan(20))]
    for name, minutes, budget in told:
        domain.answer_survey(answer("drinks_tea", value=True, survey=name))
        domain.answer_survey(answer("budget", budget, minutes=minutes, survey=name))
    [customer] = domain.storage.get([("customer", "wei")])
    assert customer.told("monthly budget") == yuan(30)


VALUES = {
    "drinks_tea": st.booleans(),
    "favourites": st.sampled_from([["green"], ["green", "white"], ["black"]]),
    "budget": st.sampled_from([yuan(10), yuan(500), yuan(900)]),
    "why_not": st.sampled_from(["too bitter", "too dear"]).map(Masked),
}


@st.composite
def histories(draw):
    """Answers with moments of their own, some changed; some are told together."""
    count = draw(st.integers(1, 6))
    told = []
    for minutes in range(1, count + 1):
        names = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=3, unique=True))
        form = {name: draw(VALUES[name]) for name in names}
        if len(form) > 1:
            told.append(told_at_once(form, minutes=minutes))
        else:
            told += [answer(name, value, minutes=minutes) for name, value in form.items()]
    return told


def end_of(told):
    domain, _ = asked()
    for each in told:
        assert domain.answer_survey(each, at=NOON.add(hours=1)).refusals == ()
    refs = [("customer", "wei"), ("relation", WEI), ("survey", "basics:wei")]
    customer, relation, record = domain.storage.get(refs)
    return (
        customer.profile,
        relation.tagged,
        evolve(record, version=0, suggested=()),
        domain.storage.due(NOON.add(years=1), limit=10),
    )


@given(histories(), st.data())
def test_whatever_the_order_of_arrival_the_end_is_the_same(told, data):
    shuffled = data.draw(st.permutations([*told, *told]))
    assert end_of(told) == end_of(shuffled)


@given(st.booleans(), st.data())
def test_of_answers_that_nobody_changes_the_suggestions_too_are_the_same(drinks, data):
    form = {name: data.draw(values) for name, values in VALUES.items()} | {"drinks_tea": drinks}
    told = [answer(name, value, minutes=at) for at, (name, value) in enumerate(form.items(), 1)]
    made = {suggested_by(order) for order in permutations(told)}
    assert len(made) == 1


def suggested_by(told):
    domain, _ = asked()
    found = [suggestions(domain.answer_survey(each)) for each in told]
    return tuple((each.what, each.reason) for some in found for each in some)


def test_an_answer_moves_the_tie_on_by_the_tag_that_it_brings():
    green = field("tags").contains_any("likes green")
    stages = [
        Stage(name="new", moves=[AutomaticMove(to="green tea", when=green)]),
        Stage(name="green tea", role="terminal"),
    ]
    life = Lifecycle(name="customer", stages=stages)
    domain, _ = asked(evolve(PROGRAM, lifecycles=[life]))
    domain.answer_survey(answer("drinks_tea", value=True))
    decision = domain.answer_survey(answer("favourites", ["green"], minutes=2))
    [moved] = [event for event in decision.events if isinstance(event, StageMoved)]
    assert (moved.came_from, moved.to, moved.cause) == ("new", "green tea", MoveCause.BY_ITSELF)
    again = domain.answer_survey(answer("favourites", ["black"], minutes=3))
    assert again.after.relation(WEI).tags == frozenset()
    assert not [event for event in again.events if isinstance(event, StageMoved)]
