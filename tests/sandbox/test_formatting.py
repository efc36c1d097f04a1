"""HTML as Telegram reads it: text, entities in UTF-16 units, refusals with its words."""

from __future__ import annotations

import pytest

from bot.sandbox.entities import styled
from bot.sandbox.errors import RefusalError
from bot.sandbox.wire import JSON


def entity(kind: str, offset: int, length: int, **more: object) -> JSON:
    return {"type": kind, "offset": offset, "length": length, **more}


READ = {
    "plain &lt;text&gt; &amp; &quot;more&quot;": ('plain <text> & "more"', []),
    "a &nbsp; stays, so does & alone": ("a &nbsp; stays, so does & alone", []),
    "&#65;&#x42; &#0; &#12345678;": ("AB &#0; &#12345678;", []),
    "&lt no semicolon": ("< no semicolon", []),
    "<b>bold</b> <strong>too</strong>": ("bold too", [entity("bold", 0, 4), entity("bold", 5, 3)]),
    "<i>a<em>b</em></i>": ("ab", [entity("italic", 0, 2), entity("italic", 1, 1)]),
    "<u>a</u><ins>b</ins>": ("ab", [entity("underline", 0, 1), entity("underline", 1, 1)]),
    "<s>a</s><strike>b</strike><del>c</del>": ("abc", [entity("strikethrough", at, 1) for at in range(3)]),
    '<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>': (
        "ab",
        [entity("spoiler", 0, 1), entity("spoiler", 1, 1)],
    ),
    "🎓 <b>🎓</b>!": ("🎓 🎓!", [entity("bold", 3, 2)]),
    "<b>x</>": ("x", [entity("bold", 0, 1)]),
    "<B>x</b >": ("x", [entity("bold", 0, 1)]),
    "<b></b>nothing": ("nothing", []),
    '<a href="https://unnes.ac.id?a=1&amp;b=2">page</a>': (
        "page",
        [entity("text_link", 0, 4, url="https://unnes.ac.id/?a=1&b=2")],
    ),
    "<a href='unnes.ac.id/x'>page</a>": ("page", [entity("text_link", 0, 4, url="http://unnes.ac.id/x")]),
    "<a href='nonsense'>page</a>": ("page", []),
    "<a>unnes.ac.id</a>": ("unnes.ac.id", [entity("text_link", 0, 11, url="http://unnes.ac.id/")]),
    "<blockquote>q</blockquote>": ("q", [entity("blockquote", 0, 1)]),
    "<blockquote expandable>q</blockquote>": ("q", [entity("expandable_blockquote", 0, 1)]),
    '<pre><code class="language-yaml">a: 1</code></pre>': ("a: 1", [entity("pre", 0, 4, language="yaml")]),
    "<code>a <b>b</b></code>": ("a b", [entity("code", 0, 3)]),
    '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>': (
        "👍",
        [entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")],
    ),
    '<tg-time unix="1797526740" format="wDT">17 Dec</tg-time>': (
        "17 Dec",
        [entity("date_time", 0, 6, unix_time=1797526740, date_time_format="wDT")],
    ),
    " \n <b> trimmed</b> \n": ("trimmed", [entity("bold", 0, 7)]),
    "/start and /help@lintas_bot, not 1/2": (
        "/start and /help@lintas_bot, not 1/2",
        [entity("bot_command", 0, 6), entity("bot_command", 11, 16)],
    ),
    "see https://unnes.ac.id/io. Or io@mail.unnes.ac.id, @lintas_bot #visa": (
        "see https://unnes.ac.id/io. Or io@mail.unnes.ac.id, @lintas_bot #visa",
        [entity("url", 4, 22), entity("email", 31, 19), entity("mention", 52, 11), entity("hashtag", 64, 5)],
    ),
    "<code>/start</code>": ("/start", [entity("code", 0, 6)]),
}

REFUSED = {
    "🎓&lt;<br>": 'Unsupported start tag "br" at byte offset 8',
    "1 < 2": 'Unsupported start tag "" at byte offset 2',
    "<p class='x'>a</p>": 'Unsupported start tag "p" at byte offset 0',
    "<b": "Unclosed start tag at byte offset 0",
    "<b>never closed": 'Can\'t find end tag corresponding to start tag "b"',
    "<b>a</i>": 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
    "<b>a</b": "Unclosed end tag at byte offset 4",
    "a</b>": "Unexpected end tag at byte offset 1",
    "<i =x>a</i>": 'Empty attribute name in the tag "i" at byte offset 0',
    "<i x>a</i>": 'Expected equal sign in declaration of an attribute of the tag "i" at byte offset 0',
    "<i x=": 'Unclosed start tag "i" at byte offset 0',
    "<a href='x>a</a>": "Unclosed start tag at byte offset 0",
    "<a href=x/y>a</a>": "Unexpected end of name token at byte offset 8",
    "<span>a</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "<blockquote>a<blockquote>b</blockquote></blockquote>": "Nested blockquote at byte offset 13",
    '<tg-emoji emoji-id="x">👍</tg-emoji>': "Invalid custom emoji identifier specified",
    "&#xD83C;": (
        "Text contains invalid Unicode characters after decoding HTML entities, "
        "check for unmatched surrogate code units"
    ),
}


@pytest.mark.parametrize("source", READ)
def test_html_becomes_text_and_entities(source: str) -> None:
    assert styled(source, "HTML", None) == READ[source]


@pytest.mark.parametrize("source", REFUSED)
def test_broken_html_is_refused_in_telegrams_words(source: str) -> None:
    with pytest.raises(RefusalError) as refused:
        styled(source, "html", None)
    assert refused.value.description == f"Bad Request: can't parse entities: {REFUSED[source]}"


def test_only_the_first_hundred_entities_are_shown() -> None:
    text, entities = styled("<b>a</b> " * 120, "HTML", None)
    assert len(text) == 239
    assert len(entities) == 100


def test_entities_can_be_given_instead_of_markup() -> None:
    assert styled("<b>", "", [entity("bold", 0, 3)]) == ("<b>", [entity("bold", 0, 3)])
