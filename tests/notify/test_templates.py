"""Templates of mails: what may be written, what comes out, and that nothing else can be done with them."""

from __future__ import annotations

import pytest

from engine.model.telling import LANGUAGES, TOPICS
from engine.notify.templates import LONGEST_TEXT, TemplateRefused, built_in, check, rendered, sample


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_built_in_text_can_be_written_again(topic: str, language: str) -> None:
    subject, text = built_in(topic, language)
    check(subject, text)
    assert sample(language)["body"] in rendered(text, sample(language))


def test_values_conditions_and_filters() -> None:
    text = "เรียน {{ person }}{% if due %} ภายใน {{ due }}{% elif not case %} -{% else %}!{% endif %} {{ task | upper | truncate(5) }}"
    check("{{ subject }} {{ 'x' if process == 'y' else 'z' }}", text)
    assert rendered(text, {**sample("en"), "person": "สมศรี"}) == "เรียน สมศรี ภายใน 2026-04-10 16:00 VE..."


def test_a_value_is_a_text_and_not_a_template() -> None:
    assert rendered("{{ body }}", {**sample("th"), "body": "{{ person }} {% for %}"}) == "{{ person }} {% for %}"


HOSTILE = [
    "{{ password }}", "{{ body.__class__ }}", "{{ body['__class__'] }}", "{{ body.format(body) }}", "{{ ''.join(body) }}",
    "{% for i in range(10) %}x{% endfor %}", "{% for c in body %}{{ c }}{% endfor %}", "{{ range(9) }}", "{{ body * 100 }}",
    "{{ body ~ body }}", "{{ 9 ** 9 }}", "{% set x = body %}", "{% macro m() %}{% endmacro %}", "{% include 'x' %}",
    "{% extends 'x' %}", "{% import 'x' as y %}", "{% block b %}{% endblock %}", "{{ body | replace('', body) }}",
    "{{ body | map('upper') }}", "{{ body | attr('x') }}", "{{ body | center(999999999) }}", "{{ body | indent(9999999) }}",
    "{{ body | tojson }}", "{{ body is callable }}", "{{ body", "{% if body %}", "{{ self }}", "{{ loop }}",
    "{{ cycler }}", "{{ body | truncate(1, 2, 3, 4, 5, 6) }}", "{{ body | truncate('x') }}", "{{ unknown | default('x') }}",
    "{% call body() %}{% endcall %}", "{% filter upper %}x{% endfilter %}", "{% with x = 1 %}{% endwith %}", "{% autoescape true %}{% endautoescape %}",
    "{{ [1, 2] }}", "{{ {'a': 1} }}", "{{ (1, 2) }}", "{{ body[0:1] }}", "{{ lipsum() }}", "{% debug %}",
    "{{ " + "(" * 400 + "body" + ")" * 400 + " }}", "{% if body %}" * 300 + "{% endif %}" * 300, "   ", "x" * (LONGEST_TEXT + 1),
]  # fmt: skip


@pytest.mark.parametrize("template", HOSTILE, ids=range(len(HOSTILE)))
def test_what_could_do_more_than_show_values_is_refused(template: str) -> None:
    with pytest.raises(TemplateRefused) as refused:
        check("{{ subject }}", template)
    errors = refused.value.members["errors"]
    assert errors[0]["field"] == "text" and errors[0]["th"] and errors[0]["en"]


@pytest.mark.parametrize("subject", ["", "a\nb", "x" * 301, "{{ nobody }}"])
def test_a_subject_is_one_short_line(subject: str) -> None:
    with pytest.raises(TemplateRefused) as refused:
        check(subject, "{{ body }}")
    assert refused.value.members["errors"][0]["field"] == "subject"
