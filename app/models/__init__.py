"""What is kept: one aggregate a file.  Importing this package registers every table."""

from app.models.base import Base, archive_mark
from app.models.business import (
    AgreementParty,
    Contribution,
    NgoRequest,
    Offer,
    Partner,
    PartnerAgreement,
    Practice,
    PracticeState,
)
from app.models.centre import (
    CentreAgreement,
    CentreDistrict,
    CentrePlan,
    CentreService,
    PackageCode,
    PackageVolume,
    ResourceCentre,
    ServicePackage,
    ServiceRecipient,
)
from app.models.dictionary import Activity, LegalForm, NeedCategory, NeedCategoryService, ServiceCode
from app.models.document import Document, DocumentBlob
from app.models.down import IssuedPackage, Question, QuestionAnswer, QuestionWithdrawal, RegionPlan
from app.models.erasure import Erasure, ErasureAct
from app.models.form_template import FormTemplate, TemplateFile
from app.models.journal_tables import Batch, JournalEntry, JournalValue
from app.models.need import Need, NeedCode, NeedService
from app.models.ngo import Contact, Ngo, NgoActivity, NgoInterval, NgoMark, NgoStatus, NgoYear, NotDuplicate
from app.models.person import Person
from app.models.quarter_return import (
    Explanation,
    FrozenReturn,
    OpeningFigure,
    OpeningKey,
    ReturnEvent,
    ReturnText,
    RowPlan,
)
from app.models.received import ReceivedFile, ReceivedReturn, RegionAnswer
from app.models.region import ConsolidatedReturn, DuplicateReason
from app.models.region_call import RegionCall
from app.models.region_digest import REGION_DIGEST, REGION_FOUND, REGION_NAME
from app.models.search_text import SEARCH_STATE, SEARCH_TEXT
from app.models.support import (
    Event,
    GrantApplication,
    GrantContest,
    Programme,
    ProgrammeExecution,
    ProgrammeYear,
    Support,
    SupportDocument,
    Violation,
)
from app.models.territory import CalendarDay, Setting, Settlement, Territory, Unit
from app.models.view import PersonalExport, SavedView
from app.models.week import Appeal, CalendarEntry, CallAttempt, Reminder

__all__ = [
    "REGION_DIGEST", "REGION_FOUND", "REGION_NAME", "SEARCH_STATE", "SEARCH_TEXT", "Activity", "AgreementParty",
    "Appeal", "Base",
    "Batch", "CalendarDay", "CalendarEntry", "CallAttempt", "CentreAgreement", "CentreDistrict", "CentrePlan",
    "CentreService", "ConsolidatedReturn", "Contact", "Contribution", "Document", "DocumentBlob", "DuplicateReason",
    "Erasure", "ErasureAct", "Event", "Explanation", "FormTemplate", "FrozenReturn", "GrantApplication", "GrantContest",
    "IssuedPackage", "JournalEntry", "JournalValue", "LegalForm", "Need", "NeedCategory", "NeedCategoryService",
    "NeedCode", "NeedService", "Ngo", "NgoActivity", "NgoInterval", "NgoMark", "NgoRequest", "NgoStatus", "NgoYear",
    "NotDuplicate", "Offer", "OpeningFigure", "OpeningKey", "PackageCode", "PackageVolume", "Partner",
    "PartnerAgreement", "Person", "PersonalExport", "Practice", "PracticeState", "Programme", "ProgrammeExecution",
    "ProgrammeYear", "Question", "QuestionAnswer", "QuestionWithdrawal",
    "ReceivedFile", "ReceivedReturn", "RegionAnswer", "RegionCall",
    "RegionPlan", "Reminder", "ResourceCentre", "ReturnEvent", "ReturnText", "RowPlan", "SavedView", "ServiceCode",
    "ServicePackage", "ServiceRecipient", "Setting", "Settlement", "Support", "SupportDocument", "TemplateFile",
    "Territory", "Unit", "Violation",
]  # fmt: skip

for _table in Base.metadata.tables.values():
    archive_mark(_table)
