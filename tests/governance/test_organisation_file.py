"""An organisation file that says something wrong is refused with the file, the line and the reason."""

from __future__ import annotations

import pytest

from engine.commands.import_organisation import read_organisation
from engine.errors import DeploymentRefused

FILE = """documents:
- {key: manual, th: คู่มือ, en: Manual}
units:
- {key: center, th: ศูนย์, en: Center}
committees:
- {key: board, th: คณะกรรมการ, en: Board}
positions:
- {key: director, th: ผู้อำนวยการ, en: Director, unit: center, head: true}
external:
- {key: vendor, th: ผู้ขาย, en: Seller}
roles:
  boss: director
  some-process:
    seller: vendor
demo:
- {account: both1, groups: [center, board]}
"""


def test_a_good_one_is_read() -> None:
    found = read_organisation(FILE)
    assert [(g.key, g.kind, g.parent, g.head_of) for g in found.groups] == [
        ("center", "unit", None, None), ("board", "committee", None, None), ("director", "position", "center", "center"),
    ]  # fmt: skip
    assert (found.documents["manual"], found.outside) == ({"th": "คู่มือ", "en": "Manual"}, {"vendor"})
    assert found.roles == {"": {"boss": "director"}, "some-process": {"seller": "vendor"}}
    assert found.demo == (("both1", ("center", "board")),)


@pytest.mark.parametrize(
    ("right", "wrong", "place", "said"),
    [
        ("units:", "unitz:", "organisation.yaml:3", "there is no unitz"),
        ("head: true", "heda: true", "organisation.yaml:8", "there is no heda"),
        ("unit: center", "unit: centre", "organisation.yaml:8", "there is no unit centre"),
        ("boss: director", "boss: nobody", "organisation.yaml:12", "there is no group nobody"),
        ("seller: vendor", "seller: nobody", "organisation.yaml:14", "there is no group nobody"),
        ("roles:\n  boss: director", "roles:\n- boss", "organisation.yaml:13", "the file cannot be read"),
        ("[center, board]", "[center, bored]", "organisation.yaml:16", "there is no group bored"),
        ("account:", "acount:", "organisation.yaml:16", "there is no acount"),
        ("{key: manual, ", "{", "organisation.yaml:2", "key, th and en are needed"),
        (", en: Seller", "", "organisation.yaml:10", "key, th and en are needed"),
        ("en: Board", "en: ''", "organisation.yaml:6", "th and en are both needed"),
        ("key: board", "key: center", "organisation.yaml:6", "the key is used twice"),
        ("key: board", "key: คณะ", "organisation.yaml:6", "a key has Latin letters, digits, _ and -"),
    ],
)
def test_what_is_wrong_is_named(right: str, wrong: str, place: str, said: str) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        read_organisation(FILE.replace(right, wrong, 1))
    assert any(fault.file == place and said in fault.en and fault.th for fault in refused.value.faults), [
        (fault.file, fault.en) for fault in refused.value.faults
    ]
