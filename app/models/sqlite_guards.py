"""What the database itself refuses to change, delete or replace: the conditions of its triggers, in SQL of SQLite."""

from __future__ import annotations

_ERASED = (
    "NEW.entry_id = OLD.entry_id AND NEW.field = OLD.field"
    " AND NEW.before_digest IS OLD.before_digest AND NEW.after_digest IS OLD.after_digest"
    " AND NEW.before IS NULL AND NEW.before_salt IS NULL AND NEW.after IS NULL AND NEW.after_salt IS NULL"
)
_SAME_BATCH = (
    "NEW.id = OLD.id AND NEW.kind = OLD.kind AND NEW.at = OLD.at"
    " AND NEW.actor = OLD.actor AND NEW.account = OLD.account"
)

_SAME_FILE = (
    "NEW.id = OLD.id AND NEW.sha256 = OLD.sha256 AND NEW.size = OLD.size"
    " AND (NEW.content IS NULL OR OLD.content IS NULL)"
)


def there(table: str, *keys: str) -> str:
    """Is there a row already with the key of the new one?  REPLACE would take it away past the guard of DELETE."""
    same = (" AND ".join(f"{name} = NEW.{name}" for name in key.split(", ")) for key in keys)
    return f"EXISTS (SELECT 1 FROM {table} WHERE {' OR '.join(same)})"


GUARDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    # table -> what is forbidden, the condition under which it is, the sentence of the refusal
    "frozen_return": (
        ("UPDATE", "", "a frozen return is never changed"),
        ("DELETE", "", "a frozen return is never deleted"),
        ("INSERT", there("frozen_return", "id", "quarter, correction"), "a frozen return is never replaced"),
    ),
    "return_event": (
        ("UPDATE", "", "what happened to a return is never changed"),
        ("DELETE", "", "what happened to a return is never deleted"),
        ("INSERT", there("return_event", "id", "annuls_id"), "what happened to a return is never replaced"),
    ),
    "received_return": (
        ("UPDATE", "", "a received return is never changed"),
        ("DELETE", "", "a received return is never deleted"),
        ("INSERT", there("received_return", "id", "sha256", "oktmo, quarter, correction"),
         "a received return is never replaced"),
    ),
    "received_file": (
        ("UPDATE", "", "what was set aside is never changed"),
        ("DELETE", "", "what was set aside is never deleted"),
        ("INSERT", there("received_file", "id", "sha256, result"), "what was set aside is never replaced"),
    ),
    "region_answer": (
        ("UPDATE", "", "an answer that went out is never changed"),
        ("DELETE", "", "an answer that went out is never deleted"),
        ("INSERT", there("region_answer", "id"), "an answer that went out is never replaced"),
    ),
    "consolidated_return": (
        ("UPDATE", "", "a frozen consolidated return is never changed"),
        ("DELETE", "", "a frozen consolidated return is never deleted"),
        ("INSERT", there("consolidated_return", "id", "quarter, number"),
         "a frozen consolidated return is never replaced"),
    ),
    "issued_package": (
        ("UPDATE", "", "a package that was issued is never changed"),
        ("DELETE", "", "a package that was issued is never deleted"),
        ("INSERT", there("issued_package", "id", "number", "sha256"), "a package that was issued is never replaced"),
    ),
    "question": (
        ("UPDATE", "", "a question that was asked is never changed"),
        ("DELETE", "", "a question that was asked is never deleted"),
        ("INSERT", there("question", "id", "number", "key"), "a question that was asked is never replaced"),
    ),
    "question_answer": (
        ("UPDATE", "", "an answer that came is never changed"),
        ("DELETE", "", "an answer that came is never deleted"),
        ("INSERT", there("question_answer", "id", "question_id, sha256"), "an answer that came is never replaced"),
    ),
    "template_file": (
        ("UPDATE", "", "the file of a template is never changed"),
        ("DELETE", "", "the file of a template is never deleted"),
        ("INSERT", there("template_file", "id", "sha256"), "the file of a template is never replaced"),
    ),
    "erasure_act": (
        ("UPDATE", "", "what was erased is never changed"),
        ("DELETE", "", "what was erased is never forgotten"),
        ("INSERT", there("erasure_act", "id", "number"), "what was erased is never replaced"),
    ),
    "erasure": (
        ("UPDATE", "", "what was erased is never changed"),
        ("DELETE", "", "what was erased is never forgotten"),
        ("INSERT", there("erasure", "id"), "what was erased is never replaced"),
    ),
    "personal_export": (
        ("UPDATE", "", "what left the file is never changed"),
        ("DELETE", "", "what left the file is never deleted"),
        ("INSERT", there("personal_export", "id"), "what left the file is never replaced"),
    ),
    "document_blob": (
        ("UPDATE", f"NOT ({_SAME_FILE})", "the bytes of a document may be erased, never changed"),
        ("DELETE", "", "the file of a document is never deleted"),
        ("INSERT", there("document_blob", "id", "sha256"), "the file of a document is never replaced"),
    ),
    "journal": (
        ("UPDATE", "", "journal is not rewritten"),
        ("DELETE", "", "journal is not cut"),
        ("INSERT", there("journal", "id", "hash"), "journal is not rewritten"),
    ),
    "journal_value": (
        ("UPDATE", f"NOT ({_ERASED})", "journal values may be erased, never changed"),
        ("DELETE", "", "journal is not cut"),
        ("INSERT", there("journal_value", "entry_id, field"), "journal is not rewritten"),
    ),
    "batch": (
        ("UPDATE", f"NOT ({_SAME_BATCH})", "a batch keeps who and when"),
        ("DELETE", "", "journal is not cut"),
        ("INSERT", there("batch", "id"), "a batch keeps who and when"),
    ),
}
