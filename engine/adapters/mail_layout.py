"""How a mail looks, in text and in HTML: readable in light and dark, on a telephone, and without anything from outside.

The texts of the notifications are escaped; the styles stand in the elements, because many programs drop a style sheet,
and what depends on the reader's theme stands in one besides.
"""

from __future__ import annotations

from html import escape

from engine.ports import Item, Parcel

_WORDS = {
    "th": {
        "many": "การแจ้งเตือน {} เรื่อง", "intro": "มีการแจ้งเตือน {} เรื่องสำหรับคุณ", "open": "เปิดดูในระบบ",
        "foot": "ระบบส่งข้อความนี้โดยอัตโนมัติ โปรดอย่าตอบกลับ คุณเลือกวิธีรับการแจ้งเตือนได้ที่หน้าบัญชีของคุณในระบบ",
    },
    "en": {
        "many": "{} notifications", "intro": "There are {} notifications for you", "open": "Open",
        "foot": "This message was sent automatically; please do not reply. You can choose how you are notified on your "
                "account page.",
    },
}  # fmt: skip
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_STYLE = (
    ":root{color-scheme:light dark;supported-color-schemes:light dark}"
    "@media (prefers-color-scheme:dark){"
    ".k-page{background:#14191f!important;color:#e8edf2!important}"
    ".k-card{background:#1e262e!important;border-color:#3a4652!important}"
    ".k-foot{color:#b3bfca!important}"
    ".k-link{background:#9cc7ff!important;color:#0b1a2b!important}}"
)
_FONT = "font-family:Sarabun,'Noto Sans Thai',Tahoma,'Segoe UI',sans-serif;font-size:16px;line-height:1.6"


def subject_of(parcel: Parcel) -> str:
    """Of one notification its own; of more, how many there are."""
    if len(parcel.items) == 1:
        return parcel.items[0].subject
    return _counted("many", parcel)


def text_of(parcel: Parcel) -> str:
    """The mail for those who read plain text."""
    words, several = _WORDS[parcel.language], len(parcel.items) > 1
    parts = [_counted("intro", parcel)] if several else []
    for number, item in enumerate(parcel.items, 1):
        lines = [f"{number}. {item.subject}"] if several else []
        lines += [item.text.strip()] if item.text.strip() else []
        lines += [f"{words['open']}: {item.link}"] if item.link else []
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, f"-- \n{words['foot']}"]) + "\n"


def html_of(parcel: Parcel) -> str:
    """The same as HTML, whole."""
    words, items = _WORDS[parcel.language], "".join(_item(item, parcel.language) for item in parcel.items)
    title = escape(subject_of(parcel))
    intro = f'<p style="margin:0 0 16px">{_counted("intro", parcel)}</p>'
    return (
        f'<!DOCTYPE html>\n<html lang="{parcel.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f'<body class="k-page" style="margin:0;padding:16px;background:#f2f4f7;color:#1a2129;{_FONT}">'
        f'<main style="max-width:600px;margin:0 auto">{intro if len(parcel.items) > 1 else ""}{items}'
        f'<p class="k-foot" style="margin:16px 0 0;font-size:14px;color:#4a5560">{words["foot"]}</p>'
        "</main></body></html>\n"
    )


def _counted(word: str, parcel: Parcel) -> str:
    """With how many there are, in the digits of the language."""
    number = str(len(parcel.items))
    return _WORDS[parcel.language][word].format(number.translate(_THAI_DIGITS) if parcel.language == "th" else number)


def _item(item: Item, language: str) -> str:
    text = escape(item.text.strip()).replace("\r\n", "\n").replace("\n", "<br>\n")
    link = ""
    if item.link:
        link = (
            f'<p style="margin:16px 0 0"><a class="k-link" href="{escape(item.link)}" style="display:inline-block;'
            "padding:8px 20px;border-radius:6px;background:#1d4f91;color:#ffffff;text-decoration:none\">"
            f"{_WORDS[language]['open']}</a></p>"
        )
    return (
        '<article class="k-card" style="margin:0 0 16px;padding:20px;border:1px solid #c9d1d9;border-radius:8px;'
        'background:#ffffff;overflow-wrap:anywhere">'
        f'<h1 style="margin:0 0 8px;font-size:18px;line-height:1.5">{escape(item.subject)}</h1>'
        f'<p style="margin:0">{text}</p>{link}</article>\n'
    )
