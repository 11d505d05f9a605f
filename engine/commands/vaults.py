"""The vault that secrets are sealed in before they go into the database."""

from __future__ import annotations

from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.ports import Vault


class NoVault(InvalidState):
    """This service keeps no key to seal secrets with."""

    code = "no-vault"
    th = "ระบบนี้ไม่ได้ตั้งกุญแจสำหรับปกปิดข้อมูลลับ"


def vault_of(tx: Transaction) -> Vault:
    """The vault of the service. Raises NoVault."""
    if tx.services.vault is None:
        raise NoVault()
    return tx.services.vault
