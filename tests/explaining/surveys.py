"""Surveys: each thing once for each shape, and what its sentence has to hold."""

from datetime import date

import pendulum

from privlib import events, refusals, requests
from privlib.values.money import yuan
from privlib.values.personal import PersonalRef

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
EVENING = pendulum.datetime(2026, 6, 3, 20, 15, 30, tz="Asia/Shanghai")
WEI = "wecom:mei:wei"
ABOUT = {"survey": "basics", "customer": "wei", "at": NOON}
FIELD = {"customer": "wei", "field": "monthly budget", "source": "survey:basics:spends", "at": NOON}
TAGS = {"relation": WEI, "customer": "wei", "cause": "survey:basics:tea", "at": NOON}
REF = PersonalRef("answer:basics:why:1:wei")
SAMPLES = [
    (events.SurveyStarted(**ABOUT, relation=WEI), ["wei", "basics", WEI]),
    (events.QuestionAsked(**ABOUT, question="spends"), ["wei", "basics", "spends"]),
    (events.SurveyAnswered(**ABOUT, question="spends", value=yuan(500)), ["spends", "500"]),
    (events.SurveyAnswered(**ABOUT, question="tea", value=("green", "black")), ["green", "black"]),
    (events.SurveyAnswered(**ABOUT, question="why", value=REF), ["wei", "basics", "why"]),
    (events.SurveyNudged(**ABOUT, question="spends"), ["wei", "basics", "spends"]),
    (events.SurveyFinished(**ABOUT), ["wei", "basics", "2026-06-01 12:00"]),
    (events.SurveyReopened(**ABOUT), ["wei", "basics"]),
    (events.SurveyClosed(**ABOUT), ["wei", "basics"]),
    (
        events.SuggestionMade(**ABOUT, outcome="gold", suggests="plan", what="yearly plan"),
        ["wei", "basics", "gold", "yearly plan"],
    ),
    (events.ProfileFieldSet(**FIELD, value=yuan(500)), ["wei", "monthly budget", "500"]),
    (events.ProfileFieldSet(**FIELD, value=REF), ["wei", "monthly budget"]),
    (events.ProfileFieldCleared(**FIELD), ["wei", "monthly budget"]),
    (events.TagsChanged(**TAGS, added=["vip"]), [WEI, "vip"]),
    (events.TagsChanged(**TAGS, removed=["vip", "new"]), [WEI, "vip", "new"]),
    (events.TagsChanged(**TAGS, added=["vip"], removed=["new"]), [WEI, "vip", "new"]),
    (
        requests.SuggestToEmployee(
            key="k",
            customer="wei",
            relation=WEI,
            employee="mei",
            survey="basics",
            suggests="plan",
            what="yearly plan",
            reason="he spends 500 a month",
        ),
        ["wei", "mei", "basics", "yearly plan", "he spends 500 a month"],
    ),
    (refusals.SurveyUnknown(survey="basic", known=["basics", "autumn"]), ["basic", "autumn"]),
    (refusals.SurveyNotAsked(survey="basics", customer="wei"), ["basics", "wei"]),
    (
        refusals.SurveyAlreadyAsked(survey="basics", customer="wei", since=NOON, again_at=EVENING),
        ["basics", "wei", "2026-06-01 12:00", "2026-06-03 20:15:30"],
    ),
    (
        refusals.SurveyAlreadyAsked(survey="basics", customer="wei", since=NOON),
        ["basics", "wei", "2026-06-01 12:00"],
    ),
    (
        refusals.SurveyAskedElsewhere(survey="basics", relation=WEI, told="wecom:lin:wei"),
        ["basics", WEI, "wecom:lin:wei"],
    ),
    (
        refusals.SurveyHasClosed(survey="basics", closed_at=NOON, answered_at=EVENING),
        ["basics", "2026-06-01 12:00", "2026-06-03 20:15:30"],
    ),
    (
        refusals.QuestionUnknown(survey="basics", question="spend", known=["spends", "tea"]),
        ["basics", "spend", "tea"],
    ),
    (refusals.AnswerOfWrongKind(question="spends", needs="money"), ["spends"]),
    (
        refusals.AnswerOutOfRange(
            question="spends", lowest=yuan(10), highest=yuan(900), has=yuan("9.99")
        ),
        ["spends", "10", "900", "9.99"],
    ),
    (refusals.AnswerOutOfRange(question="born", highest=date(2026, 6, 1)), ["born", "2026-06-01"]),
    (refusals.AnswerOutOfRange(question="age", lowest=18, has=17), ["age", "18", "17"]),
    (refusals.AnswerTooLong(question="why", longest=200, has=201), ["why", "200", "201"]),
    (refusals.ChoiceUnknown(question="tea", known=["green", "black"]), ["tea", "green", "black"]),
    (
        refusals.ChoicesOutOfRange(question="tea", fewest=1, most=2, has=3),
        ["tea", "1", "2", "3"],
    ),
]
