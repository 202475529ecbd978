"""What the Content-Security-Policy of a page would refuse, read from its text as a browser does."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser

STRICT = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
DATA = "application/json"  # never run, so that no policy asks about it


class _Reader(HTMLParser):
    """Collects the policy, what stands before it, and everything that it has to allow."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.policy: str | None = None
        self.early: list[str] = []
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self.attributes: list[str] = []
        self._into: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and (given.get("http-equiv") or "").lower() == "content-security-policy":
            assert self.policy is None, "two policies"
            self.policy = given["content"]
        elif self.policy is None and tag not in ("html", "head", "meta"):
            self.early.append(tag)
        self.attributes += [
            f"{tag} {name}" for name in given if name == "style" or name.startswith("on")
        ]
        if tag == "style":
            self._into = self.styles
        elif tag == "script" and given.get("type") != DATA:
            self._into = self.scripts

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._into = None


ENGINE = {"script-src": "'wasm-unsafe-eval'", "worker-src": "blob:"}


def refused(text: str, *, frame: str = "", engine: bool = False) -> list[str]:
    """Why a page is not safe or not whole under its own policy, in words; empty if it is.

    `frame` is a page that it shows within itself; with `engine` it compiles code and has workers.
    """
    page = _Reader(text)
    if page.policy is None:
        return ["no policy"]
    rules = {
        name: words for name, _, words in (r.strip().partition(" ") for r in page.policy.split(";"))
    }
    within = _Reader(frame)
    faults = [f"{tag} before the policy" for tag in page.early]
    for name, word in ENGINE.items() if engine else ():
        if word not in rules.get(name, "").split():
            faults.append(f"{name} lacks {word}")
        rules[name] = " ".join(one for one in rules.get(name, "").split() if one != word)
    faults += [
        f"{name} is {rules.get(name)}, not {words}"
        for name, words in STRICT.items()
        if rules.get(name) != words
    ]
    faults += [f"{name} allows {w}" for name, w in rules.items() if "unsafe" in w or "http" in w]
    for name, found in (("style-src", page.styles), ("script-src", page.scripts)):
        allowed = rules.get(name, "").split()
        others = within.styles if name == "style-src" else within.scripts
        digests = [f"'sha256-{_digest(one)}'" for one in found]
        known = [*digests, *(f"'sha256-{_digest(one)}'" for one in others)]
        faults += [
            f"{name} refuses what begins {one[:40]!r}"
            for one, digest in zip(found, digests, strict=True)
            if digest not in allowed
        ]
        faults += [
            f"{name} allows {one}, which is not there" for one in allowed if one not in known
        ]
    return faults + [f"attribute {one}" for one in page.attributes]


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
