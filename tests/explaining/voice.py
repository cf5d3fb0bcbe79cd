"""What does not fit a voice: each once for each shape, and what its sentence has to hold."""

from privlib.refusals import ForbiddenPhrase, ForeignEmoji, TooLongForVoice, TooManyEmoji

SAMPLES = [
    (ForbiddenPhrase(persona="Lin", phrase="cheap", start=7, end=16), ["Lin", "cheap", "8", "16"]),
    (ForbiddenPhrase(persona="Lin", phrase="最", start=3, end=4), ["Lin", "最", "4"]),
    (
        ForeignEmoji(persona="Lin", emoji="🎉", allowed=["🍵", "🌿"], start=0, end=1),
        ["Lin", "🎉", "🍵", "🌿", "1"],
    ),
    (TooManyEmoji(persona="Lin", has=5, most=3, start=9, end=14), ["Lin", "5", "3"]),
    (TooManyEmoji(persona="Lin", has=5, most=0, start=2, end=14), ["Lin", "5"]),
    (TooLongForVoice(persona="Lin", has=71, longest=70, start=70, end=71), ["Lin", "71", "70"]),
]
