"""Places: where a price holds, or where something is sold."""

from __future__ import annotations

from attrs import field, frozen

from privlib.values.goods import names

__all__ = ["Places"]


@frozen(kw_only=True)
class Places:
    """Everywhere, unless something is named.

    Of each kind that is named (channels, platforms) the place must be one. A basket that does not
    say where it is bought is in no place that is named.

    >>> Places(channels=["mini program"]).include("mini program", None)
    True
    """

    channels: tuple[str, ...] = field(default=(), converter=names)
    platforms: tuple[str, ...] = field(default=(), converter=names)

    @property
    def is_everywhere(self) -> bool:
        """Whether no place is left out."""
        return not (self.channels or self.platforms)

    def include(self, channel: str | None, platform: str | None) -> bool:
        """Whether what is bought over this channel, on this platform, is bought there."""
        return (not self.channels or channel in self.channels) and (
            not self.platforms or platform in self.platforms
        )
