"""Why a Git source, or something in it, is not read. What to do about each stands in docs/reference/git-source.md."""

from __future__ import annotations

from engine.errors import InvalidState


class GitRefused(InvalidState):
    """The Git source cannot be used. Tell the administrator of the service."""

    code = "git-refused"
    th = "ใช้แหล่งไฟล์ Git นี้ไม่ได้ โปรดแจ้งผู้ดูแลระบบ"


class GitMissing(GitRefused):
    """The folder that is named as the Git source is not there, or the service may not read it."""

    code = "git-missing"
    th = "ไม่พบโฟลเดอร์ที่กำหนดเป็นแหล่งไฟล์ Git หรือระบบไม่มีสิทธิ์อ่าน โปรดแจ้งผู้ดูแลระบบ"


class GitHooks(GitRefused):
    """The Git source has hooks, or settings that start programs. None is run, and the source is not used with them."""

    code = "git-hooks"
    th = "แหล่งไฟล์ Git มีฮุกหรือการตั้งค่าที่สั่งให้โปรแกรมทำงาน ระบบไม่เรียกใช้ และไม่รับแหล่งไฟล์นี้จนกว่าผู้ดูแลระบบจะนำออก"


class GitForeignLink(GitRefused):
    """The Git source leads out of its folder, by a link, another folder of objects, or settings from elsewhere."""

    code = "git-foreign-link"
    th = "แหล่งไฟล์ Git มีลิงก์หรือการตั้งค่าที่ชี้ออกไปนอกโฟลเดอร์ ระบบจึงไม่รับ โปรดแจ้งผู้ดูแลระบบ"


class GitLinkInside(GitRefused):
    """This folder of the Git source has a symbolic link or a submodule in it. Put the files themselves there."""

    code = "git-link-inside"
    th = "โฟลเดอร์นี้ในแหล่งไฟล์ Git มีลิงก์หรือซับโมดูล โปรดใส่ไฟล์จริงแทน"


class GitName(GitRefused):
    """Something in the Git source has a name that no file may have."""

    code = "git-name"
    th = "แหล่งไฟล์ Git มีชื่อที่ไม่อนุญาตให้ใช้เป็นชื่อไฟล์"


class GitTooLarge(GitRefused):
    """Something in the Git source is larger, or there is more of it, than is read."""

    code = "git-too-large"
    th = "ข้อมูลในแหล่งไฟล์ Git ใหญ่หรือมีจำนวนมากเกินกว่าที่ระบบจะอ่าน"


class GitDamaged(GitRefused):
    """The Git source is damaged or incomplete, or was changed just now. Try again; if it stays so, have it checked."""

    code = "git-damaged"
    th = "แหล่งไฟล์ Git เสียหายหรือไม่ครบ หรือเพิ่งถูกแก้ไข โปรดลองใหม่ หากยังเป็นอยู่โปรดแจ้งผู้ดูแลระบบให้ตรวจสอบ"


class GitFormat(GitRefused):
    """The Git source is kept in a format that is not read here."""

    code = "git-format"
    th = "แหล่งไฟล์ Git เก็บในรูปแบบที่ระบบยังอ่านไม่ได้ โปรดแจ้งผู้ดูแลระบบ"
