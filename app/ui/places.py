"""Which page stands behind a key of the rail or of a link; made when first asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.records import REGISTERS
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.register_page import RegisterPage
from app.usecases.undoing import undo_batch


def make_page(key: str, desk: Desk, window: MainWindow) -> QWidget:
    """The page of a key; KeyError for an unknown one."""
    if key in ("appeal", "reminder", "calendar_entry"):
        from app.ui.pages import week_registers

        return week_registers.PAGES[key](key, desk, window)
    if key in REGISTERS:
        return RegisterPage(key, desk, window)
    match key:
        case "summary":
            from app.ui.pages.summary import SummaryPage

            return SummaryPage(desk, window)
        case "calendar":
            from app.ui.pages.calendar_page import CalendarPage

            return CalendarPage(desk, window)
        case "calling":
            from app.ui.pages.calling_page import CallingPage

            return CallingPage(desk, window)
        case "merge":
            from app.ui.pages.merge_page import MergePage

            return MergePage(desk, window)
        case "import":
            from app.ui.pages.import_page import ImportPage

            return ImportPage(desk, window)
        case "regional":
            from app.ui.pages.package_page import PackagePage

            return PackagePage(desk, window)
        case "recipients":
            from app.ui.pages.recipients_page import RecipientsPage

            return RecipientsPage(desk, window)
        case "contacts":
            from app.ui.pages.contacts_page import ContactsPage

            return ContactsPage(desk, window)
        case "personal_exports":
            from app.ui.pages.personal_exports_page import PersonalExportsPage

            return PersonalExportsPage(desk, window)
        case "returns":
            from app.ui.pages.returns_list import ReturnsPage

            return ReturnsPage(desk, window)
        case "differences":
            from app.ui.pages.differences_page import DifferencesPage

            return DifferencesPage(desk, window)
        case "return":
            from app.ui.pages.return_page import ReturnPage

            return ReturnPage(desk, window)
        case "templates":
            from app.ui.pages.templates_page import TemplatesPage

            return TemplatesPage(desk, window)
        case "settings":
            from app.ui.pages.settings_page import SettingsPage

            return SettingsPage(desk, window)
        case "who":
            from app.ui.pages.who_page import SwitchPage

            return SwitchPage(desk, window)
        case "packet":
            from app.ui.pages.packet_page import PacketPage

            return PacketPage(desk, window)
        case "history":
            from app.ui.pages.history_page import HistoryPage

            return HistoryPage(desk, window)
        case "about":
            from app.ui.pages.about_page import AboutPage

            return AboutPage(desk, window)
        case "story":
            from app.ui.pages.story_page import StoryPage

            return StoryPage(desk, window)
        case "states":
            from app.ui.pages.states_page import StatesPage

            return StatesPage(desk, window)
        case "document":
            from app.ui.pages.document_page import DocumentPage

            return DocumentPage(desk, window)
        case "help":
            from app.ui.pages.manual_page import ManualPage

            return ManualPage(desk, window)
    raise KeyError(key)


def undo_with(desk: Desk):
    """The deed of Ctrl+Z: undoes a batch and returns the batch that did it."""

    def undo(batch_id: int) -> int:
        done = desk.write("undo", "Отменено изменение", undo_batch, batch_id, changed={"*"}, undoable=False)
        return done.batch_id

    return undo
