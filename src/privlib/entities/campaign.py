"""The campaign as it runs: its settings stand in the program, its pause here."""

from __future__ import annotations

from typing import ClassVar

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.entities.entity import IndexKey, Referable, foreign_event, impossible
from privlib.events import CampaignPaused, CampaignResumed, Event
from privlib.values.frozen import frozen, replace
from privlib.values.ids import CampaignName, campaign_name
from privlib.values.moment import moment

__all__ = ["Campaign"]


@frozen(kw_only=True)
class Campaign(Referable):
    """Whether a campaign is paused. It is shared by all, so decisions read but do not guard it."""

    kind: ClassVar[str] = "campaign"
    shared: ClassVar[bool] = True

    id: CampaignName = field(converter=campaign_name)
    version: int = 0
    paused_since: pendulum.DateTime | None = field(default=None, converter=optional(moment))

    @property
    def index_keys(self) -> tuple[IndexKey, ...]:
        return ()

    def apply(self, event: Event) -> Campaign:
        """The campaign after what happened."""
        match event:
            case CampaignPaused():
                if self.paused_since is not None:
                    raise impossible(self, event, "it is paused already")
                return replace(self, version=self.version + 1, paused_since=event.at)
            case CampaignResumed():
                if self.paused_since is None:
                    raise impossible(self, event, "it is running")
                return replace(self, version=self.version + 1, paused_since=None)
            case _:
                raise foreign_event(self, event)
