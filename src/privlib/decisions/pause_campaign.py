"""Pause a campaign, and let it run on."""

from __future__ import annotations

import pendulum

from privlib.commands import CampaignPause, CampaignResumption
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.state import State
from privlib.events import CampaignPaused, CampaignResumed
from privlib.program.program import Program
from privlib.refusals import CampaignAlreadyPaused, CampaignNotPaused, CampaignUnknown
from privlib.values.actor import SYSTEM, Actor

__all__ = ["pause_campaign", "resume_campaign"]


def pause_campaign(
    state: State,
    pause: CampaignPause,
    program: Program,
    *,
    at: pendulum.DateTime,
    by: Actor = SYSTEM,
) -> Decision:
    """Stop a campaign for now: it gives out no coupons; those given out stay good."""
    draft = Draft(state, pause, program, at=at, by=by)
    if program.campaign(pause.campaign) is None:
        return draft.refuse(CampaignUnknown(campaign=pause.campaign))
    since = state.campaign(pause.campaign).paused_since
    if since is not None:
        return draft.refuse(CampaignAlreadyPaused(campaign=pause.campaign, since=since))
    draft.record(CampaignPaused(campaign=pause.campaign, at=draft.at))
    return draft.decision()


def resume_campaign(
    state: State,
    resumption: CampaignResumption,
    program: Program,
    *,
    at: pendulum.DateTime,
    by: Actor = SYSTEM,
) -> Decision:
    """Let a paused campaign run on."""
    draft = Draft(state, resumption, program, at=at, by=by)
    if program.campaign(resumption.campaign) is None:
        return draft.refuse(CampaignUnknown(campaign=resumption.campaign))
    if state.campaign(resumption.campaign).paused_since is None:
        return draft.refuse(CampaignNotPaused(campaign=resumption.campaign))
    draft.record(CampaignResumed(campaign=resumption.campaign, at=draft.at))
    return draft.decision()
