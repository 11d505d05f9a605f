"""Cases as an event log in XES (IEEE 1849-2016): a trace for each case, an event for each step begun or ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from api.csv_table import LANGUAGES
from engine.queries.event_log import CaseLog, Work

XML = "application/xml"
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace">
<string key="concept:name" value=""/>
<string key="processDefinitionId" value=""/>
</global>
<global scope="event">
<string key="concept:name" value=""/>
<string key="lifecycle:transition" value="complete"/>
<date key="time:timestamp" value="1970-01-01T00:00:00Z"/>
<string key="org:resource" value=""/>
<string key="elementId" value=""/>
</global>
<classifier name="Activity" keys="elementId"/>
<classifier name="Activity and transition" keys="elementId lifecycle:transition"/>
<string key="lifecycle:model" value="standard"/>
"""


def xes(cases: Iterable[CaseLog], language: str) -> bytes:
    """The whole log; names of steps are in a language of LANGUAGES."""
    return "".join(_pieces(cases, LANGUAGES.index(language))).encode()


def _pieces(cases: Iterable[CaseLog], n: int) -> Iterator[str]:
    yield _HEAD
    for log in cases:
        case = log.case
        key = str(case["processInstanceKey"])
        yield "<trace>\n" + _string("concept:name", key)
        if case["businessId"]:
            yield _string("businessId", case["businessId"])
        yield _string("processDefinitionId", case["processDefinitionId"])
        yield f'<int key="processDefinitionVersion" value="{case["processDefinitionVersion"]}"/>\n'
        yield _string("state", case["state"])
        for event in log.events:
            yield _event(event, n)
        yield "</trace>\n"
    yield "</log>\n"


def _event(event: Work, n: int) -> str:
    said = [
        "<event>\n", _string("concept:name", event.name[n]), _string("concept:instance", event.instance),
        _string("lifecycle:transition", event.transition),
        f'<date key="time:timestamp" value={quoteattr(event.at)}/>\n',
        _string("org:resource", event.resource), _string("elementId", event.element_id),
        _string("elementType", event.element_type),
    ]  # fmt: skip
    if event.groups:
        said.append(_string("org:group", event.groups[0]))
    if event.on_behalf_of is not None:
        said.append(_string("onBehalfOf", event.on_behalf_of))
    return "".join([*said, "</event>\n"])


def _string(key: str, value: str) -> str:
    return f'<string key="{key}" value="{_text(value)}"/>\n'


def _text(value: str) -> str:
    """As the value of an attribute; characters that XML 1.0 cannot hold become U+FFFD."""
    shown = "".join(
        c if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff" else "\ufffd"
        for c in value
    )
    return escape(shown, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
