"""Surveys in simplified Chinese: what was asked and answered, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from privlib import events, refusals, requests
from privlib.explaining.wording import Sentence
from privlib.values.personal import PersonalRef

__all__ = ["SURVEYS"]


_KINDS: Final = {
    "one_choice": "一个选项",
    "several_choices": "若干选项",
    "number": "整数",
    "money": "金额",
    "yes_no": "是或否",
    "date": "日期（如 2026-06-01）",
    "text": "文字",
}
_SUGGESTED: Final = {"plan": "方案", "product": "商品", "adviser": "顾问"}


def _answered(event: events.SurveyAnswered) -> str:
    if isinstance(event.value, PersonalRef):
        return "{customer} 回答了调研 {survey} 的问题 {question}。"
    return "{customer} 回答了调研 {survey} 的问题 {question}：{value}。"


def _profile(event: events.ProfileFieldSet) -> str:
    if isinstance(event.value, PersonalRef):
        return "已获知 {customer} 的 {field}，来源：{source}。"
    return "{customer} 的 {field} 为 {value}，来源：{source}。"


def _tags(event: events.TagsChanged) -> str:
    changes = ["增加标签 {added}"] if event.added else []
    changes += ["去除标签 {removed}"] if event.removed else []
    return f"{{relation}} {'，'.join(changes)}，原因：{{cause}}。"


def _asked_before(refusal: refusals.SurveyAlreadyAsked) -> str:
    again = "{again_at} 起可再次调研" if refusal.again_at else "只调研一次"
    return f"{{customer}} 已于 {{since}} 接受调研 {{survey}}，{again}。"


def _wrong_kind(refusal: refusals.AnswerOfWrongKind) -> str:
    return f"问题 {{question}} 需要的回答是{_KINDS.get(refusal.needs, '{needs}')}。"


def _out_of_range(refusal: refusals.AnswerOutOfRange) -> str:
    bounds = [] if refusal.lowest is None else ["不低于 {lowest}"]
    bounds += [] if refusal.highest is None else ["不高于 {highest}"]
    has = "" if refusal.has is None else "；所答为 {has}"
    return f"问题 {{question}} 的回答应{'、'.join(bounds)}{has}。"


def _made(event: events.SuggestionMade) -> str:
    suggests = _SUGGESTED.get(event.suggests, "{suggests}")
    return f"按调研 {{survey}} 的结论 {{outcome}}，建议 {{customer}} 的{suggests}：{{what}}。"


def _suggestion(request: requests.SuggestToEmployee) -> str:
    suggests = _SUGGESTED.get(request.suggests, "{suggests}")
    return (
        f"请 {{employee}} 向 {{customer}} 推荐{suggests} {{what}}（调研 {{survey}}）：“{{reason}}”"
    )


SURVEYS: Final[Mapping[type, Sentence]] = {
    events.SurveyStarted: "通过 {relation} 向 {customer} 发起调研 {survey}。",
    events.QuestionAsked: "已向 {customer} 提出调研 {survey} 的问题 {question}。",
    events.SurveyAnswered: _answered,
    events.SurveyNudged: "已再次向 {customer} 提出调研 {survey} 的问题 {question}。",
    events.SurveyFinished: "{customer} 已于 {at} 完成调研 {survey}。",
    events.SurveyReopened: "{customer} 修改了回答，调研 {survey} 又有待答的问题。",
    events.SurveyClosed: "{customer} 的调研 {survey} 已截止。",
    events.SuggestionMade: _made,
    events.ProfileFieldSet: _profile,
    events.ProfileFieldCleared: "{source} 所述 {customer} 的 {field} 不再有效。",
    events.TagsChanged: _tags,
    requests.SuggestToEmployee: _suggestion,
    refusals.SurveyUnknown: "不存在调研 {survey}；现有调研：{known}。",
    refusals.SurveyNotAsked: "未向 {customer} 发起过调研 {survey}。",
    refusals.SurveyAlreadyAsked: _asked_before,
    refusals.SurveyAskedElsewhere: "调研 {survey} 通过 {relation} 发起，而回答来自 {told}。",
    refusals.SurveyHasClosed: "调研 {survey} 于 {closed_at} 截止；此回答的时间为 {answered_at}。",
    refusals.QuestionUnknown: "调研 {survey} 没有问题 {question}；现有问题：{known}。",
    refusals.AnswerOfWrongKind: _wrong_kind,
    refusals.AnswerOutOfRange: _out_of_range,
    refusals.AnswerTooLong: "问题 {question} 的回答有 {has} 个字符；最多 {longest} 个。",
    refusals.ChoiceUnknown: "问题 {question} 的选项：{known}。",
    refusals.ChoicesOutOfRange: "问题 {question} 须选 {fewest} 至 {most} 项；所答为 {has} 项。",
}
