CREATE TABLE activity (
	code VARCHAR(8) NOT NULL,
	title VARCHAR NOT NULL,
	origin VARCHAR NOT NULL,
	valid_from DATE,
	valid_to DATE,
	CONSTRAINT pk_activity PRIMARY KEY (code),
	CONSTRAINT ck_activity_origin CHECK (origin IN ('federal', 'oblast', 'municipal')),
	CONSTRAINT ck_activity_term CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from),
	CONSTRAINT ck_activity_as_declared CHECK (typeof("code") IN ('text', 'null') AND typeof("title") IN ('text', 'null') AND typeof("origin") IN ('text', 'null') AND ("valid_from" IS NULL OR "valid_from" = date("valid_from", '+0 days')) AND ("valid_to" IS NULL OR "valid_to" = date("valid_to", '+0 days')))
)

CREATE TABLE agreement (
	partner_id INTEGER NOT NULL,
	number VARCHAR NOT NULL,
	subject VARCHAR NOT NULL,
	starts_on DATE NOT NULL,
	account VARCHAR(7) NOT NULL,
	before_records BOOLEAN NOT NULL,
	ends_on DATE,
	ended_early_on DATE,
	early_end_reason VARCHAR NOT NULL,
	end_account VARCHAR(7),
	promised BIGINT NOT NULL,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_agreement PRIMARY KEY (id),
	CONSTRAINT ck_agreement_term CHECK (ends_on IS NULL OR ends_on >= starts_on),
	CONSTRAINT ck_agreement_early_end CHECK (ended_early_on IS NULL OR (early_end_reason <> '' AND ended_early_on >= starts_on AND (ends_on IS NULL OR ended_early_on <= ends_on))),
	CONSTRAINT ck_agreement_end_account CHECK ((ends_on IS NULL AND ended_early_on IS NULL) = (end_account IS NULL)),
	CONSTRAINT ck_agreement_promised CHECK (promised >= 0),
	CONSTRAINT fk_agreement_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) ON DELETE RESTRICT,
	CONSTRAINT uq_agreement_uuid UNIQUE (uuid),
	CONSTRAINT ck_agreement_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_agreement_as_declared CHECK (typeof("partner_id") IN ('integer', 'null') AND typeof("number") IN ('text', 'null') AND typeof("subject") IN ('text', 'null') AND ("starts_on" IS NULL OR "starts_on" = date("starts_on", '+0 days')) AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND ("before_records" IS NULL OR "before_records" IN (0, 1)) AND ("ends_on" IS NULL OR "ends_on" = date("ends_on", '+0 days')) AND ("ended_early_on" IS NULL OR "ended_early_on" = date("ended_early_on", '+0 days')) AND typeof("early_end_reason") IN ('text', 'null') AND ("end_account" IS NULL OR "end_account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("promised") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE agreement_party (
	agreement_id INTEGER NOT NULL,
	ngo_id INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_agreement_party_agreement_id_ngo_id UNIQUE (agreement_id, ngo_id),
	CONSTRAINT fk_agreement_party_agreement_id FOREIGN KEY(agreement_id) REFERENCES agreement (id) ON DELETE RESTRICT,
	CONSTRAINT fk_agreement_party_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT ck_agreement_party_as_declared CHECK (typeof("agreement_id") IN ('integer', 'null') AND typeof("ngo_id") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE appeal (
	ngo_id INTEGER,
	sender VARCHAR NOT NULL,
	subject VARCHAR NOT NULL,
	received_on DATE NOT NULL,
	number VARCHAR NOT NULL,
	channel VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	due_on DATE,
	responsible VARCHAR NOT NULL,
	answered_on DATE,
	answer_no VARCHAR NOT NULL,
	answer VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_appeal PRIMARY KEY (id),
	CONSTRAINT ck_appeal_channel CHECK (channel IN ('letter', 'email', 'call', 'visit', 'medo', 'site', 'other')),
	CONSTRAINT ck_appeal_sender CHECK (ngo_id IS NOT NULL OR sender <> ''),
	CONSTRAINT ck_appeal_due_on CHECK (due_on IS NULL OR due_on >= received_on),
	CONSTRAINT ck_appeal_answered_on CHECK (answered_on IS NULL OR answered_on >= received_on),
	CONSTRAINT fk_appeal_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT uq_appeal_uuid UNIQUE (uuid),
	CONSTRAINT ck_appeal_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_appeal_as_declared CHECK (typeof("ngo_id") IN ('integer', 'null') AND typeof("sender") IN ('text', 'null') AND typeof("subject") IN ('text', 'null') AND ("received_on" IS NULL OR "received_on" = date("received_on", '+0 days')) AND typeof("number") IN ('text', 'null') AND typeof("channel") IN ('text', 'null') AND typeof("text") IN ('text', 'null') AND ("due_on" IS NULL OR "due_on" = date("due_on", '+0 days')) AND typeof("responsible") IN ('text', 'null') AND ("answered_on" IS NULL OR "answered_on" = date("answered_on", '+0 days')) AND typeof("answer_no") IN ('text', 'null') AND typeof("answer") IN ('text', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE batch (
	id INTEGER NOT NULL,
	kind VARCHAR(16) NOT NULL,
	title VARCHAR NOT NULL,
	at DATETIME NOT NULL,
	actor VARCHAR NOT NULL,
	account VARCHAR NOT NULL,
	undone_by_id INTEGER,
	CONSTRAINT pk_batch PRIMARY KEY (id),
	CONSTRAINT fk_batch_undone_by_id FOREIGN KEY(undone_by_id) REFERENCES batch (id) ON DELETE RESTRICT,
	CONSTRAINT ck_batch_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("kind") IN ('text', 'null') AND typeof("title") IN ('text', 'null') AND typeof("at") IN ('text', 'null') AND typeof("actor") IN ('text', 'null') AND typeof("account") IN ('text', 'null') AND typeof("undone_by_id") IN ('integer', 'null'))
)

CREATE TABLE calendar_day (
	day DATE NOT NULL,
	working BOOLEAN NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_calendar_day PRIMARY KEY (day),
	CONSTRAINT ck_calendar_day_as_declared CHECK (("day" IS NULL OR "day" = date("day", '+0 days')) AND ("working" IS NULL OR "working" IN (0, 1)) AND typeof("note") IN ('text', 'null'))
)

CREATE TABLE calendar_entry (
	kind VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	starts_on DATE NOT NULL,
	ends_on DATE,
	at VARCHAR NOT NULL,
	place VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_calendar_entry PRIMARY KEY (id),
	CONSTRAINT ck_calendar_entry_kind CHECK (kind IN ('contest', 'council', 'event', 'term', 'other')),
	CONSTRAINT ck_calendar_entry_term CHECK (ends_on IS NULL OR ends_on >= starts_on),
	CONSTRAINT uq_calendar_entry_uuid UNIQUE (uuid),
	CONSTRAINT ck_calendar_entry_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_calendar_entry_as_declared CHECK (typeof("kind") IN ('text', 'null') AND typeof("title") IN ('text', 'null') AND ("starts_on" IS NULL OR "starts_on" = date("starts_on", '+0 days')) AND ("ends_on" IS NULL OR "ends_on" = date("ends_on", '+0 days')) AND typeof("at") IN ('text', 'null') AND typeof("place") IN ('text', 'null') AND typeof("note") IN ('text', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE call_attempt (
	ngo_id INTEGER NOT NULL,
	called_on DATE NOT NULL,
	outcome VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_call_attempt_outcome CHECK (outcome IN ('verified', 'not_reached', 'closed', 'note')),
	CONSTRAINT ck_call_attempt_note CHECK (outcome <> 'note' OR note <> ''),
	CONSTRAINT fk_call_attempt_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT ck_call_attempt_as_declared CHECK (typeof("ngo_id") IN ('integer', 'null') AND ("called_on" IS NULL OR "called_on" = date("called_on", '+0 days')) AND typeof("outcome") IN ('text', 'null') AND typeof("note") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE centre (
	name VARCHAR NOT NULL,
	ogrn VARCHAR(13),
	inn VARCHAR(10),
	ngo_id INTEGER,
	phone VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_centre PRIMARY KEY (id),
	CONSTRAINT ck_centre_ogrn CHECK (ogrn IS NULL OR length(ogrn) = 13),
	CONSTRAINT ck_centre_inn CHECK (inn IS NULL OR length(inn) = 10),
	CONSTRAINT fk_centre_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT uq_centre_uuid UNIQUE (uuid),
	CONSTRAINT ck_centre_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_centre_as_declared CHECK (typeof("name") IN ('text', 'null') AND typeof("ogrn") IN ('text', 'null') AND typeof("inn") IN ('text', 'null') AND typeof("ngo_id") IN ('integer', 'null') AND typeof("phone") IN ('text', 'null') AND typeof("note") IN ('text', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE centre_agreement (
	centre_id INTEGER NOT NULL,
	number VARCHAR NOT NULL,
	starts_on DATE NOT NULL,
	ends_on DATE NOT NULL,
	subsidy BIGINT NOT NULL,
	competition VARCHAR NOT NULL,
	year_won INTEGER,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_centre_agreement_term CHECK (ends_on >= starts_on),
	CONSTRAINT ck_centre_agreement_subsidy CHECK (subsidy >= 0),
	CONSTRAINT ck_centre_agreement_year_won CHECK (year_won BETWEEN 1900 AND 2100),
	CONSTRAINT fk_centre_agreement_centre_id FOREIGN KEY(centre_id) REFERENCES centre (id) ON DELETE RESTRICT,
	CONSTRAINT ck_centre_agreement_as_declared CHECK (typeof("centre_id") IN ('integer', 'null') AND typeof("number") IN ('text', 'null') AND ("starts_on" IS NULL OR "starts_on" = date("starts_on", '+0 days')) AND ("ends_on" IS NULL OR "ends_on" = date("ends_on", '+0 days')) AND typeof("subsidy") IN ('integer', 'null') AND typeof("competition") IN ('text', 'null') AND typeof("year_won") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE centre_district (
	centre_id INTEGER NOT NULL,
	territory_code VARCHAR(8) NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_centre_district_centre_id_territory_code UNIQUE (centre_id, territory_code),
	CONSTRAINT fk_centre_district_centre_id FOREIGN KEY(centre_id) REFERENCES centre (id) ON DELETE RESTRICT,
	CONSTRAINT fk_centre_district_territory_code FOREIGN KEY(territory_code) REFERENCES territory (code) ON DELETE RESTRICT,
	CONSTRAINT ck_centre_district_as_declared CHECK (typeof("centre_id") IN ('integer', 'null') AND typeof("territory_code") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE centre_plan (
	centre_id INTEGER NOT NULL,
	territory_code VARCHAR(8) NOT NULL,
	service_code VARCHAR(8) NOT NULL,
	year INTEGER NOT NULL,
	volume BIGINT NOT NULL,
	capacity BIGINT,
	unit_cost BIGINT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_centre_plan_centre_id_territory_code_service_code_year UNIQUE (centre_id, territory_code, service_code, year),
	CONSTRAINT ck_centre_plan_volume CHECK (volume >= 0 AND capacity >= 0 AND unit_cost >= 0),
	CONSTRAINT ck_centre_plan_year CHECK (year BETWEEN 1900 AND 2100),
	CONSTRAINT fk_centre_plan_centre_id FOREIGN KEY(centre_id) REFERENCES centre (id) ON DELETE RESTRICT,
	CONSTRAINT fk_centre_plan_territory_code FOREIGN KEY(territory_code) REFERENCES territory (code) ON DELETE RESTRICT,
	CONSTRAINT fk_centre_plan_service_code FOREIGN KEY(service_code) REFERENCES service_code (code) ON DELETE RESTRICT,
	CONSTRAINT ck_centre_plan_as_declared CHECK (typeof("centre_id") IN ('integer', 'null') AND typeof("territory_code") IN ('text', 'null') AND typeof("service_code") IN ('text', 'null') AND typeof("year") IN ('integer', 'null') AND typeof("volume") IN ('integer', 'null') AND typeof("capacity") IN ('integer', 'null') AND typeof("unit_cost") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE consolidated_return (
	id INTEGER NOT NULL,
	quarter VARCHAR(7) NOT NULL,
	number INTEGER NOT NULL,
	form_version VARCHAR(16) NOT NULL,
	frozen_at DATETIME NOT NULL,
	frozen_by VARCHAR NOT NULL,
	data VARCHAR NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	sources VARCHAR NOT NULL,
	pdf BLOB NOT NULL,
	xlsx BLOB NOT NULL,
	html BLOB NOT NULL,
	CONSTRAINT pk_consolidated_return PRIMARY KEY (id),
	CONSTRAINT uq_consolidated_return_quarter_number UNIQUE (quarter, number),
	CONSTRAINT ck_consolidated_return_number CHECK (number >= 1),
	CONSTRAINT ck_consolidated_return_sha256 CHECK (length(sha256) = 64),
	CONSTRAINT ck_consolidated_return_as_declared CHECK (typeof("id") IN ('integer', 'null') AND ("quarter" IS NULL OR "quarter" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("number") IN ('integer', 'null') AND typeof("form_version") IN ('text', 'null') AND typeof("frozen_at") IN ('text', 'null') AND typeof("frozen_by") IN ('text', 'null') AND typeof("data") IN ('text', 'null') AND typeof("sha256") IN ('text', 'null') AND typeof("sources") IN ('text', 'null') AND typeof("pdf") IN ('blob', 'null') AND typeof("xlsx") IN ('blob', 'null') AND typeof("html") IN ('blob', 'null'))
)

CREATE TABLE contact (
	uuid VARCHAR(36) NOT NULL,
	ngo_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	post VARCHAR NOT NULL,
	phone VARCHAR NOT NULL,
	email VARCHAR NOT NULL,
	basis VARCHAR NOT NULL,
	purpose VARCHAR NOT NULL,
	consent VARCHAR NOT NULL,
	consent_on DATE,
	withdrawn_on DATE,
	keep_until DATE,
	erased_on DATE,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_contact_basis CHECK (basis <> ''),
	CONSTRAINT ck_contact_consent CHECK (consent = '' OR consent_on IS NOT NULL),
	CONSTRAINT ck_contact_erased CHECK (erased_on IS NULL OR (post = '' AND phone = '' AND email = '' AND consent = '')),
	CONSTRAINT uq_contact_uuid UNIQUE (uuid),
	CONSTRAINT fk_contact_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT ck_contact_as_declared CHECK (typeof("uuid") IN ('text', 'null') AND typeof("ngo_id") IN ('integer', 'null') AND typeof("name") IN ('text', 'null') AND typeof("post") IN ('text', 'null') AND typeof("phone") IN ('text', 'null') AND typeof("email") IN ('text', 'null') AND typeof("basis") IN ('text', 'null') AND typeof("purpose") IN ('text', 'null') AND typeof("consent") IN ('text', 'null') AND ("consent_on" IS NULL OR "consent_on" = date("consent_on", '+0 days')) AND ("withdrawn_on" IS NULL OR "withdrawn_on" = date("withdrawn_on", '+0 days')) AND ("keep_until" IS NULL OR "keep_until" = date("keep_until", '+0 days')) AND ("erased_on" IS NULL OR "erased_on" = date("erased_on", '+0 days')) AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE contribution (
	agreement_id INTEGER NOT NULL,
	given_on DATE NOT NULL,
	account VARCHAR(7) NOT NULL,
	kind VARCHAR NOT NULL,
	amount BIGINT NOT NULL,
	hours BIGINT NOT NULL,
	people INTEGER NOT NULL,
	area BIGINT NOT NULL,
	ends_on DATE,
	note VARCHAR NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_contribution_kind CHECK (kind IN ('money', 'goods', 'pro_bono', 'volunteers', 'premises')),
	CONSTRAINT ck_contribution_volumes CHECK (amount >= 0 AND hours >= 0 AND people >= 0 AND area >= 0),
	CONSTRAINT ck_contribution_measure CHECK (CASE kind WHEN 'pro_bono' THEN hours WHEN 'volunteers' THEN people WHEN 'premises' THEN area ELSE amount END > 0),
	CONSTRAINT ck_contribution_term CHECK (ends_on IS NULL OR ends_on >= given_on),
	CONSTRAINT fk_contribution_agreement_id FOREIGN KEY(agreement_id) REFERENCES agreement (id) ON DELETE RESTRICT,
	CONSTRAINT ck_contribution_as_declared CHECK (typeof("agreement_id") IN ('integer', 'null') AND ("given_on" IS NULL OR "given_on" = date("given_on", '+0 days')) AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("kind") IN ('text', 'null') AND typeof("amount") IN ('integer', 'null') AND typeof("hours") IN ('integer', 'null') AND typeof("people") IN ('integer', 'null') AND typeof("area") IN ('integer', 'null') AND ("ends_on" IS NULL OR "ends_on" = date("ends_on", '+0 days')) AND typeof("note") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE document (
	register VARCHAR(32) NOT NULL,
	record_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	kind VARCHAR(16) NOT NULL,
	dated_on DATE,
	note VARCHAR NOT NULL,
	size INTEGER NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	attached_on DATE NOT NULL,
	attached_by VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_document PRIMARY KEY (id),
	CONSTRAINT ck_document_name CHECK (name <> ''),
	CONSTRAINT ck_document_size CHECK (size > 0),
	CONSTRAINT fk_document_sha256 FOREIGN KEY(sha256) REFERENCES document_blob (sha256) ON DELETE RESTRICT,
	CONSTRAINT uq_document_uuid UNIQUE (uuid),
	CONSTRAINT ck_document_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_document_as_declared CHECK (typeof("register") IN ('text', 'null') AND typeof("record_id") IN ('integer', 'null') AND typeof("name") IN ('text', 'null') AND typeof("kind") IN ('text', 'null') AND ("dated_on" IS NULL OR "dated_on" = date("dated_on", '+0 days')) AND typeof("note") IN ('text', 'null') AND typeof("size") IN ('integer', 'null') AND typeof("sha256") IN ('text', 'null') AND ("attached_on" IS NULL OR "attached_on" = date("attached_on", '+0 days')) AND typeof("attached_by") IN ('text', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE document_blob (
	id INTEGER NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	size INTEGER NOT NULL,
	content BLOB,
	CONSTRAINT pk_document_blob PRIMARY KEY (id),
	CONSTRAINT ck_document_blob_sha256 CHECK (length(sha256) = 64),
	CONSTRAINT ck_document_blob_size CHECK (size > 0),
	CONSTRAINT uq_document_blob_sha256 UNIQUE (sha256),
	CONSTRAINT ck_document_blob_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("sha256") IN ('text', 'null') AND typeof("size") IN ('integer', 'null') AND typeof("content") IN ('blob', 'null'))
)

CREATE TABLE duplicate_reason (
	quarter VARCHAR(7) NOT NULL,
	"key" VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	given_on DATE NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_duplicate_reason_reason CHECK (length(reason) > 0),
	CONSTRAINT uq_duplicate_reason_key UNIQUE ("key"),
	CONSTRAINT ck_duplicate_reason_as_declared CHECK (("quarter" IS NULL OR "quarter" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("key") IN ('text', 'null') AND typeof("reason") IN ('text', 'null') AND typeof("by") IN ('text', 'null') AND ("given_on" IS NULL OR "given_on" = date("given_on", '+0 days')) AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE erasure (
	act_id INTEGER NOT NULL,
	register VARCHAR NOT NULL,
	contact_uuid VARCHAR(36) NOT NULL,
	contact_no INTEGER NOT NULL,
	ngo_uuid VARCHAR(36) NOT NULL,
	reason VARCHAR NOT NULL,
	categories VARCHAR NOT NULL,
	journal_values INTEGER NOT NULL,
	papers VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	CONSTRAINT pk_erasure PRIMARY KEY (id),
	CONSTRAINT uq_erasure_act_id_contact_uuid UNIQUE (act_id, contact_uuid),
	CONSTRAINT ck_erasure_reason CHECK (reason IN ('withdrawn', 'expired', 'baseless', 'demanded', 'dropped')),
	CONSTRAINT ck_erasure_register CHECK (register IN ('contact', 'appeal')),
	CONSTRAINT fk_erasure_act_id FOREIGN KEY(act_id) REFERENCES erasure_act (id) ON DELETE RESTRICT,
	CONSTRAINT ck_erasure_as_declared CHECK (typeof("act_id") IN ('integer', 'null') AND typeof("register") IN ('text', 'null') AND typeof("contact_uuid") IN ('text', 'null') AND typeof("contact_no") IN ('integer', 'null') AND typeof("ngo_uuid") IN ('text', 'null') AND typeof("reason") IN ('text', 'null') AND typeof("categories") IN ('text', 'null') AND typeof("journal_values") IN ('integer', 'null') AND typeof("papers") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE erasure_act (
	id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	happened_on DATE NOT NULL,
	repeats INTEGER,
	actor VARCHAR NOT NULL,
	copies VARCHAR NOT NULL,
	CONSTRAINT pk_erasure_act PRIMARY KEY (id),
	CONSTRAINT ck_erasure_act_number CHECK (number >= 1 AND (repeats IS NULL OR repeats >= 1)),
	CONSTRAINT uq_erasure_act_number UNIQUE (number),
	CONSTRAINT ck_erasure_act_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("number") IN ('integer', 'null') AND ("happened_on" IS NULL OR "happened_on" = date("happened_on", '+0 days')) AND typeof("repeats") IN ('integer', 'null') AND typeof("actor") IN ('text', 'null') AND typeof("copies") IN ('text', 'null'))
)

CREATE TABLE event (
	kind VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	held_on DATE NOT NULL,
	account VARCHAR(7) NOT NULL,
	hours BIGINT NOT NULL,
	participants INTEGER NOT NULL,
	place VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_event PRIMARY KEY (id),
	CONSTRAINT ck_event_kind CHECK (kind IN ('training', 'meeting', 'business')),
	CONSTRAINT ck_event_volumes CHECK (hours >= 0 AND participants >= 0),
	CONSTRAINT uq_event_uuid UNIQUE (uuid),
	CONSTRAINT ck_event_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_event_as_declared CHECK (typeof("kind") IN ('text', 'null') AND typeof("title") IN ('text', 'null') AND ("held_on" IS NULL OR "held_on" = date("held_on", '+0 days')) AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("hours") IN ('integer', 'null') AND typeof("participants") IN ('integer', 'null') AND typeof("place") IN ('text', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE explanation (
	quarter VARCHAR(7) NOT NULL,
	check_code VARCHAR(8) NOT NULL,
	cell VARCHAR(64) NOT NULL,
	text VARCHAR NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_explanation_quarter_check_code_cell UNIQUE (quarter, check_code, cell),
	CONSTRAINT ck_explanation_as_declared CHECK (("quarter" IS NULL OR "quarter" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("check_code") IN ('text', 'null') AND typeof("cell") IN ('text', 'null') AND typeof("text") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE form_template (
	name VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	file_id INTEGER NOT NULL,
	added_at DATETIME NOT NULL,
	added_by VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_form_template PRIMARY KEY (id),
	CONSTRAINT fk_form_template_file_id FOREIGN KEY(file_id) REFERENCES template_file (id) ON DELETE RESTRICT,
	CONSTRAINT uq_form_template_uuid UNIQUE (uuid),
	CONSTRAINT ck_form_template_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_form_template_as_declared CHECK (typeof("name") IN ('text', 'null') AND typeof("note") IN ('text', 'null') AND typeof("file_id") IN ('integer', 'null') AND typeof("added_at") IN ('text', 'null') AND typeof("added_by") IN ('text', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE frozen_return (
	id INTEGER NOT NULL,
	quarter VARCHAR(7) NOT NULL,
	oktmo VARCHAR(8) NOT NULL,
	correction INTEGER NOT NULL,
	reason VARCHAR NOT NULL,
	form_version VARCHAR(16) NOT NULL,
	frozen_at DATETIME NOT NULL,
	frozen_by VARCHAR NOT NULL,
	data VARCHAR NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	envelope VARCHAR NOT NULL,
	pdf BLOB NOT NULL,
	xlsx BLOB NOT NULL,
	CONSTRAINT pk_frozen_return PRIMARY KEY (id),
	CONSTRAINT uq_frozen_return_quarter_correction UNIQUE (quarter, correction),
	CONSTRAINT ck_frozen_return_correction CHECK (correction >= 0),
	CONSTRAINT ck_frozen_return_reason CHECK (correction = 0 OR length(reason) > 0),
	CONSTRAINT ck_frozen_return_sha256 CHECK (length(sha256) = 64),
	CONSTRAINT fk_frozen_return_oktmo FOREIGN KEY(oktmo) REFERENCES territory (code) ON DELETE RESTRICT,
	CONSTRAINT ck_frozen_return_as_declared CHECK (typeof("id") IN ('integer', 'null') AND ("quarter" IS NULL OR "quarter" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("oktmo") IN ('text', 'null') AND typeof("correction") IN ('integer', 'null') AND typeof("reason") IN ('text', 'null') AND typeof("form_version") IN ('text', 'null') AND typeof("frozen_at") IN ('text', 'null') AND typeof("frozen_by") IN ('text', 'null') AND typeof("data") IN ('text', 'null') AND typeof("sha256") IN ('text', 'null') AND typeof("envelope") IN ('text', 'null') AND typeof("pdf") IN ('blob', 'null') AND typeof("xlsx") IN ('blob', 'null'))
)

CREATE TABLE grant_application (
	contest_id INTEGER NOT NULL,
	ngo_id INTEGER NOT NULL,
	project VARCHAR NOT NULL,
	applied_on DATE NOT NULL,
	account VARCHAR(7) NOT NULL,
	asked BIGINT NOT NULL,
	decision VARCHAR,
	decision_on DATE,
	decision_account VARCHAR(7),
	granted BIGINT NOT NULL,
	reported_on DATE,
	report_account VARCHAR(7),
	beneficiaries INTEGER NOT NULL,
	events INTEGER NOT NULL,
	publications INTEGER NOT NULL,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_grant_application PRIMARY KEY (id),
	CONSTRAINT ck_grant_application_amounts CHECK (asked >= 0 AND granted >= 0),
	CONSTRAINT ck_grant_application_granted CHECK ((coalesce(decision, '') = 'supported') = (granted > 0)),
	CONSTRAINT ck_grant_application_report CHECK (beneficiaries >= 0 AND events >= 0 AND publications >= 0),
	CONSTRAINT ck_grant_application_decided CHECK (decision_on IS NULL OR decision_on >= applied_on),
	CONSTRAINT ck_grant_application_reported CHECK (reported_on IS NULL OR (coalesce(decision, '') = 'supported' AND reported_on >= decision_on)),
	CONSTRAINT ck_grant_application_decision CHECK (decision IS NULL OR decision IN ('supported', 'refused')),
	CONSTRAINT ck_grant_application_decision_on CHECK ((decision IS NULL) = (decision_on IS NULL)),
	CONSTRAINT ck_grant_application_decision_account CHECK ((decision_on IS NULL) = (decision_account IS NULL)),
	CONSTRAINT ck_grant_application_report_account CHECK ((reported_on IS NULL) = (report_account IS NULL)),
	CONSTRAINT fk_grant_application_contest_id FOREIGN KEY(contest_id) REFERENCES grant_contest (id) ON DELETE RESTRICT,
	CONSTRAINT fk_grant_application_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT uq_grant_application_uuid UNIQUE (uuid),
	CONSTRAINT ck_grant_application_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_grant_application_as_declared CHECK (typeof("contest_id") IN ('integer', 'null') AND typeof("ngo_id") IN ('integer', 'null') AND typeof("project") IN ('text', 'null') AND ("applied_on" IS NULL OR "applied_on" = date("applied_on", '+0 days')) AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("asked") IN ('integer', 'null') AND typeof("decision") IN ('text', 'null') AND ("decision_on" IS NULL OR "decision_on" = date("decision_on", '+0 days')) AND ("decision_account" IS NULL OR "decision_account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("granted") IN ('integer', 'null') AND ("reported_on" IS NULL OR "reported_on" = date("reported_on", '+0 days')) AND ("report_account" IS NULL OR "report_account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("beneficiaries") IN ('integer', 'null') AND typeof("events") IN ('integer', 'null') AND typeof("publications") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE grant_contest (
	year INTEGER NOT NULL,
	title VARCHAR NOT NULL,
	grant_limit BIGINT NOT NULL,
	total_limit BIGINT NOT NULL,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_grant_contest PRIMARY KEY (id),
	CONSTRAINT ck_grant_contest_limits CHECK (grant_limit > 0 AND total_limit >= grant_limit),
	CONSTRAINT ck_grant_contest_year CHECK (year BETWEEN 1900 AND 2100),
	CONSTRAINT uq_grant_contest_uuid UNIQUE (uuid),
	CONSTRAINT ck_grant_contest_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_grant_contest_as_declared CHECK (typeof("year") IN ('integer', 'null') AND typeof("title") IN ('text', 'null') AND typeof("grant_limit") IN ('integer', 'null') AND typeof("total_limit") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE issued_package (
	id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	issued_on DATE NOT NULL,
	previous INTEGER,
	sha256 VARCHAR(64) NOT NULL,
	file BLOB NOT NULL,
	at DATETIME NOT NULL,
	"by" VARCHAR NOT NULL,
	CONSTRAINT pk_issued_package PRIMARY KEY (id),
	CONSTRAINT ck_issued_package_number CHECK (number >= 1 AND (previous IS NULL OR previous < number)),
	CONSTRAINT ck_issued_package_sha256 CHECK (length(sha256) = 64),
	CONSTRAINT uq_issued_package_number UNIQUE (number),
	CONSTRAINT uq_issued_package_sha256 UNIQUE (sha256),
	CONSTRAINT ck_issued_package_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("number") IN ('integer', 'null') AND ("issued_on" IS NULL OR "issued_on" = date("issued_on", '+0 days')) AND typeof("previous") IN ('integer', 'null') AND typeof("sha256") IN ('text', 'null') AND typeof("file") IN ('blob', 'null') AND typeof("at") IN ('text', 'null') AND typeof("by") IN ('text', 'null'))
)

CREATE TABLE journal (
	id INTEGER NOT NULL,
	batch_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	actor VARCHAR NOT NULL,
	account VARCHAR NOT NULL,
	op VARCHAR(6) NOT NULL,
	table_name VARCHAR(32) NOT NULL,
	record_id VARCHAR(36) NOT NULL,
	owner_table VARCHAR(32) NOT NULL,
	owner_id VARCHAR(36) NOT NULL,
	previous_hash VARCHAR(64) NOT NULL,
	hash VARCHAR(64) NOT NULL,
	CONSTRAINT pk_journal PRIMARY KEY (id),
	CONSTRAINT fk_journal_batch_id FOREIGN KEY(batch_id) REFERENCES batch (id) ON DELETE RESTRICT,
	CONSTRAINT uq_journal_hash UNIQUE (hash),
	CONSTRAINT ck_journal_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("batch_id") IN ('integer', 'null') AND typeof("at") IN ('text', 'null') AND typeof("actor") IN ('text', 'null') AND typeof("account") IN ('text', 'null') AND typeof("op") IN ('text', 'null') AND typeof("table_name") IN ('text', 'null') AND typeof("record_id") IN ('text', 'null') AND typeof("owner_table") IN ('text', 'null') AND typeof("owner_id") IN ('text', 'null') AND typeof("previous_hash") IN ('text', 'null') AND typeof("hash") IN ('text', 'null'))
)

CREATE TABLE journal_value (
	entry_id INTEGER NOT NULL,
	field VARCHAR(32) NOT NULL,
	"before" VARCHAR,
	before_salt VARCHAR(32),
	before_digest VARCHAR(64),
	"after" VARCHAR,
	after_salt VARCHAR(32),
	after_digest VARCHAR(64),
	CONSTRAINT pk_journal_value PRIMARY KEY (entry_id, field),
	CONSTRAINT fk_journal_value_entry_id FOREIGN KEY(entry_id) REFERENCES journal (id) ON DELETE RESTRICT,
	CONSTRAINT ck_journal_value_as_declared CHECK (typeof("entry_id") IN ('integer', 'null') AND typeof("field") IN ('text', 'null') AND typeof("before") IN ('text', 'null') AND typeof("before_salt") IN ('text', 'null') AND typeof("before_digest") IN ('text', 'null') AND typeof("after") IN ('text', 'null') AND typeof("after_salt") IN ('text', 'null') AND typeof("after_digest") IN ('text', 'null'))
)

CREATE TABLE legal_form (
	code VARCHAR(5) NOT NULL,
	title VARCHAR NOT NULL,
	short VARCHAR NOT NULL,
	"row" VARCHAR(3) NOT NULL,
	may_be_sonko BOOLEAN NOT NULL,
	hidden BOOLEAN NOT NULL,
	warning VARCHAR NOT NULL,
	valid_from DATE,
	valid_to DATE,
	CONSTRAINT pk_legal_form PRIMARY KEY (code),
	CONSTRAINT ck_legal_form_row CHECK ("row" IN ('111','112','113','114','115','116')),
	CONSTRAINT ck_legal_form_term CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from),
	CONSTRAINT ck_legal_form_as_declared CHECK (typeof("code") IN ('text', 'null') AND typeof("title") IN ('text', 'null') AND typeof("short") IN ('text', 'null') AND typeof("row") IN ('text', 'null') AND ("may_be_sonko" IS NULL OR "may_be_sonko" IN (0, 1)) AND ("hidden" IS NULL OR "hidden" IN (0, 1)) AND typeof("warning") IN ('text', 'null') AND ("valid_from" IS NULL OR "valid_from" = date("valid_from", '+0 days')) AND ("valid_to" IS NULL OR "valid_to" = date("valid_to", '+0 days')))
)

CREATE TABLE need (
	ngo_id INTEGER NOT NULL,
	category_code VARCHAR(16) NOT NULL,
	opened_on DATE NOT NULL,
	account VARCHAR(7) NOT NULL,
	before_records BOOLEAN NOT NULL,
	priority VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	status VARCHAR NOT NULL,
	closed_on DATE,
	closed_account VARCHAR(7),
	closed_by VARCHAR NOT NULL,
	appeal_id INTEGER,
	reopens_id INTEGER,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_need PRIMARY KEY (id),
	CONSTRAINT ck_need_status CHECK (status IN ('open', 'closed_centre', 'closed_other', 'withdrawn')),
	CONSTRAINT ck_need_closed_on CHECK ((status = 'open') = (closed_on IS NULL)),
	CONSTRAINT ck_need_closed_account CHECK ((closed_on IS NULL) = (closed_account IS NULL)),
	CONSTRAINT ck_need_priority CHECK (priority IN ('normal', 'high')),
	CONSTRAINT ck_need_term CHECK (closed_on IS NULL OR closed_on >= opened_on),
	CONSTRAINT ck_need_closed_by CHECK (status NOT IN ('closed_other', 'withdrawn') OR closed_by <> ''),
	CONSTRAINT ck_need_reopens CHECK (reopens_id IS NULL OR reopens_id <> id),
	CONSTRAINT fk_need_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT fk_need_category_code FOREIGN KEY(category_code) REFERENCES need_category (code) ON DELETE RESTRICT,
	CONSTRAINT fk_need_appeal_id FOREIGN KEY(appeal_id) REFERENCES appeal (id) ON DELETE RESTRICT,
	CONSTRAINT fk_need_reopens_id FOREIGN KEY(reopens_id) REFERENCES need (id) ON DELETE RESTRICT,
	CONSTRAINT uq_need_uuid UNIQUE (uuid),
	CONSTRAINT ck_need_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_need_as_declared CHECK (typeof("ngo_id") IN ('integer', 'null') AND typeof("category_code") IN ('text', 'null') AND ("opened_on" IS NULL OR "opened_on" = date("opened_on", '+0 days')) AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND ("before_records" IS NULL OR "before_records" IN (0, 1)) AND typeof("priority") IN ('text', 'null') AND typeof("text") IN ('text', 'null') AND typeof("status") IN ('text', 'null') AND ("closed_on" IS NULL OR "closed_on" = date("closed_on", '+0 days')) AND ("closed_account" IS NULL OR "closed_account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("closed_by") IN ('text', 'null') AND typeof("appeal_id") IN ('integer', 'null') AND typeof("reopens_id") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE need_category (
	code VARCHAR(16) NOT NULL,
	title VARCHAR NOT NULL,
	sort INTEGER NOT NULL,
	valid_from DATE,
	valid_to DATE,
	CONSTRAINT pk_need_category PRIMARY KEY (code),
	CONSTRAINT ck_need_category_term CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from),
	CONSTRAINT ck_need_category_as_declared CHECK (typeof("code") IN ('text', 'null') AND typeof("title") IN ('text', 'null') AND typeof("sort") IN ('integer', 'null') AND ("valid_from" IS NULL OR "valid_from" = date("valid_from", '+0 days')) AND ("valid_to" IS NULL OR "valid_to" = date("valid_to", '+0 days')))
)

CREATE TABLE need_category_service (
	category_code VARCHAR(16) NOT NULL,
	service_code VARCHAR(8) NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_need_category_service_category_code_service_code UNIQUE (category_code, service_code),
	CONSTRAINT fk_need_category_service_category_code FOREIGN KEY(category_code) REFERENCES need_category (code) ON DELETE RESTRICT,
	CONSTRAINT fk_need_category_service_service_code FOREIGN KEY(service_code) REFERENCES service_code (code) ON DELETE RESTRICT,
	CONSTRAINT ck_need_category_service_as_declared CHECK (typeof("category_code") IN ('text', 'null') AND typeof("service_code") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE need_code (
	need_id INTEGER NOT NULL,
	service_code VARCHAR(8) NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_need_code_need_id_service_code UNIQUE (need_id, service_code),
	CONSTRAINT fk_need_code_need_id FOREIGN KEY(need_id) REFERENCES need (id) ON DELETE RESTRICT,
	CONSTRAINT fk_need_code_service_code FOREIGN KEY(service_code) REFERENCES service_code (code) ON DELETE RESTRICT,
	CONSTRAINT ck_need_code_as_declared CHECK (typeof("need_id") IN ('integer', 'null') AND typeof("service_code") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE need_service (
	need_id INTEGER NOT NULL,
	service_id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	account VARCHAR(7) NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_need_service_need_id_service_id UNIQUE (need_id, service_id),
	CONSTRAINT ck_need_service_kind CHECK (kind IN ('closes', 'partly')),
	CONSTRAINT fk_need_service_need_id FOREIGN KEY(need_id) REFERENCES need (id) ON DELETE RESTRICT,
	CONSTRAINT fk_need_service_service_id FOREIGN KEY(service_id) REFERENCES service (id) ON DELETE RESTRICT,
	CONSTRAINT ck_need_service_as_declared CHECK (typeof("need_id") IN ('integer', 'null') AND typeof("service_id") IN ('integer', 'null') AND typeof("kind") IN ('text', 'null') AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE ngo (
	kind VARCHAR(5) NOT NULL,
	name VARCHAR NOT NULL,
	short_name VARCHAR NOT NULL,
	called VARCHAR NOT NULL,
	folded VARCHAR NOT NULL,
	folded_name VARCHAR NOT NULL,
	okopf VARCHAR(5),
	ogrn VARCHAR(13),
	inn VARCHAR(10),
	kpp VARCHAR(9) NOT NULL,
	registered_on DATE,
	legal_account VARCHAR(7),
	minjust_number VARCHAR(10),
	okved VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	settlement_id INTEGER,
	primary_here BOOLEAN NOT NULL,
	primary_where VARCHAR NOT NULL,
	head_id INTEGER,
	is_branch BOOLEAN NOT NULL,
	liquidated_on DATE,
	director VARCHAR NOT NULL,
	phone VARCHAR NOT NULL,
	email VARCHAR NOT NULL,
	site VARCHAR NOT NULL,
	verified_on DATE,
	verified_by VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	merged_into_id INTEGER,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_ngo PRIMARY KEY (id),
	CONSTRAINT ck_ngo_kind CHECK (kind IN ('legal', 'body')),
	CONSTRAINT ck_ngo_body_without_ogrn CHECK (kind = 'legal' OR (ogrn IS NULL AND inn IS NULL)),
	CONSTRAINT ck_ngo_ogrn CHECK (ogrn IS NULL OR length(ogrn) = 13),
	CONSTRAINT ck_ngo_inn CHECK (inn IS NULL OR length(inn) = 10),
	CONSTRAINT ck_ngo_kpp CHECK (length(kpp) IN (0, 9) AND (kind = 'legal' OR kpp = '')),
	CONSTRAINT ck_ngo_minjust_number CHECK (minjust_number IS NULL OR length(minjust_number) = 10),
	CONSTRAINT ck_ngo_head CHECK (head_id IS NULL OR (is_branch AND head_id <> id)),
	CONSTRAINT ck_ngo_life CHECK (registered_on IS NULL OR liquidated_on IS NULL OR liquidated_on >= registered_on),
	CONSTRAINT ck_ngo_primary_record CHECK (primary_where = '' OR NOT primary_here),
	CONSTRAINT ck_ngo_merged CHECK (merged_into_id IS NULL OR merged_into_id <> id),
	CONSTRAINT fk_ngo_okopf FOREIGN KEY(okopf) REFERENCES legal_form (code) ON DELETE RESTRICT,
	CONSTRAINT fk_ngo_settlement_id FOREIGN KEY(settlement_id) REFERENCES settlement (id) ON DELETE RESTRICT,
	CONSTRAINT fk_ngo_head_id FOREIGN KEY(head_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT fk_ngo_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT uq_ngo_uuid UNIQUE (uuid),
	CONSTRAINT ck_ngo_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_ngo_as_declared CHECK (typeof("kind") IN ('text', 'null') AND typeof("name") IN ('text', 'null') AND typeof("short_name") IN ('text', 'null') AND typeof("called") IN ('text', 'null') AND typeof("folded") IN ('text', 'null') AND typeof("folded_name") IN ('text', 'null') AND typeof("okopf") IN ('text', 'null') AND typeof("ogrn") IN ('text', 'null') AND typeof("inn") IN ('text', 'null') AND typeof("kpp") IN ('text', 'null') AND ("registered_on" IS NULL OR "registered_on" = date("registered_on", '+0 days')) AND ("legal_account" IS NULL OR "legal_account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("minjust_number") IN ('text', 'null') AND typeof("okved") IN ('text', 'null') AND typeof("address") IN ('text', 'null') AND typeof("settlement_id") IN ('integer', 'null') AND ("primary_here" IS NULL OR "primary_here" IN (0, 1)) AND typeof("primary_where") IN ('text', 'null') AND typeof("head_id") IN ('integer', 'null') AND ("is_branch" IS NULL OR "is_branch" IN (0, 1)) AND ("liquidated_on" IS NULL OR "liquidated_on" = date("liquidated_on", '+0 days')) AND typeof("director") IN ('text', 'null') AND typeof("phone") IN ('text', 'null') AND typeof("email") IN ('text', 'null') AND typeof("site") IN ('text', 'null') AND ("verified_on" IS NULL OR "verified_on" = date("verified_on", '+0 days')) AND typeof("verified_by") IN ('text', 'null') AND typeof("note") IN ('text', 'null') AND typeof("merged_into_id") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE ngo_activity (
	ngo_id INTEGER NOT NULL,
	activity_code VARCHAR(8) NOT NULL,
	account VARCHAR(7) NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_ngo_activity_ngo_id_activity_code UNIQUE (ngo_id, activity_code),
	CONSTRAINT fk_ngo_activity_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT fk_ngo_activity_activity_code FOREIGN KEY(activity_code) REFERENCES activity (code) ON DELETE RESTRICT,
	CONSTRAINT ck_ngo_activity_as_declared CHECK (typeof("ngo_id") IN ('integer', 'null') AND typeof("activity_code") IN ('text', 'null') AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE ngo_interval (
	ngo_id INTEGER NOT NULL,
	taken_on DATE NOT NULL,
	taken_account VARCHAR(7) NOT NULL,
	before_records BOOLEAN NOT NULL,
	removed_on DATE,
	removed_account VARCHAR(7),
	removal VARCHAR,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_ngo_interval_term CHECK (removed_on IS NULL OR removed_on >= taken_on),
	CONSTRAINT ck_ngo_interval_removal CHECK (removal IS NULL OR removal IN ('liquidated', 'excluded', 'moved', 'merged', 'mistake')),
	CONSTRAINT ck_ngo_interval_reason CHECK ((removed_on IS NULL) = (removal IS NULL)),
	CONSTRAINT ck_ngo_interval_removed_account CHECK ((removed_on IS NULL) = (removed_account IS NULL)),
	CONSTRAINT fk_ngo_interval_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT ck_ngo_interval_as_declared CHECK (typeof("ngo_id") IN ('integer', 'null') AND ("taken_on" IS NULL OR "taken_on" = date("taken_on", '+0 days')) AND ("taken_account" IS NULL OR "taken_account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND ("before_records" IS NULL OR "before_records" IN (0, 1)) AND ("removed_on" IS NULL OR "removed_on" = date("removed_on", '+0 days')) AND ("removed_account" IS NULL OR "removed_account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("removal") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE ngo_mark (
	ngo_id INTEGER NOT NULL,
	mark VARCHAR NOT NULL,
	since DATE NOT NULL,
	account VARCHAR(7) NOT NULL,
	valid_to DATE,
	end_account VARCHAR(7),
	basis VARCHAR NOT NULL,
	services VARCHAR NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_ngo_mark_mark CHECK (mark IN ('sonko', 'federal_register', 'iopu', 'social_provider')),
	CONSTRAINT ck_ngo_mark_term CHECK (valid_to IS NULL OR valid_to >= since),
	CONSTRAINT fk_ngo_mark_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT ck_ngo_mark_as_declared CHECK (typeof("ngo_id") IN ('integer', 'null') AND typeof("mark") IN ('text', 'null') AND ("since" IS NULL OR "since" = date("since", '+0 days')) AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND ("valid_to" IS NULL OR "valid_to" = date("valid_to", '+0 days')) AND ("end_account" IS NULL OR "end_account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("basis") IN ('text', 'null') AND typeof("services") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE ngo_status (
	ngo_id INTEGER NOT NULL,
	since DATE NOT NULL,
	account VARCHAR(7) NOT NULL,
	status VARCHAR NOT NULL,
	basis VARCHAR NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_ngo_status_status CHECK (status IN ('active', 'unverified', 'inactive', 'liquidating')),
	CONSTRAINT uq_ngo_status_ngo_id_since UNIQUE (ngo_id, since),
	CONSTRAINT fk_ngo_status_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT ck_ngo_status_as_declared CHECK (typeof("ngo_id") IN ('integer', 'null') AND ("since" IS NULL OR "since" = date("since", '+0 days')) AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("status") IN ('text', 'null') AND typeof("basis") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE ngo_year (
	ngo_id INTEGER NOT NULL,
	year INTEGER NOT NULL,
	account VARCHAR(7) NOT NULL,
	staff INTEGER,
	volunteers INTEGER,
	source VARCHAR NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_ngo_year_ngo_id_year UNIQUE (ngo_id, year),
	CONSTRAINT ck_ngo_year_figures CHECK (staff >= 0 AND volunteers >= 0),
	CONSTRAINT ck_ngo_year_year CHECK (year BETWEEN 1900 AND 2100),
	CONSTRAINT fk_ngo_year_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT ck_ngo_year_as_declared CHECK (typeof("ngo_id") IN ('integer', 'null') AND typeof("year") IN ('integer', 'null') AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("staff") IN ('integer', 'null') AND typeof("volunteers") IN ('integer', 'null') AND typeof("source") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE not_duplicate (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	first VARCHAR(36) NOT NULL,
	second VARCHAR(36) NOT NULL,
	CONSTRAINT uq_not_duplicate_first_second UNIQUE (first, second),
	CONSTRAINT ck_not_duplicate_in_order CHECK (first < second),
	CONSTRAINT ck_not_duplicate_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("first") IN ('text', 'null') AND typeof("second") IN ('text', 'null'))
)

CREATE TABLE offer (
	partner_id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	offered_on DATE NOT NULL,
	ends_on DATE,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_offer PRIMARY KEY (id),
	CONSTRAINT ck_offer_kind CHECK (kind IN ('money', 'goods', 'pro_bono', 'volunteers', 'premises')),
	CONSTRAINT ck_offer_term CHECK (ends_on IS NULL OR ends_on >= offered_on),
	CONSTRAINT fk_offer_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) ON DELETE RESTRICT,
	CONSTRAINT uq_offer_uuid UNIQUE (uuid),
	CONSTRAINT ck_offer_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_offer_as_declared CHECK (typeof("partner_id") IN ('integer', 'null') AND typeof("kind") IN ('text', 'null') AND typeof("text") IN ('text', 'null') AND ("offered_on" IS NULL OR "offered_on" = date("offered_on", '+0 days')) AND ("ends_on" IS NULL OR "ends_on" = date("ends_on", '+0 days')) AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE opening_figure (
	quarter VARCHAR(7) NOT NULL,
	cell VARCHAR(64) NOT NULL,
	value BIGINT NOT NULL,
	bare BOOLEAN NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_opening_figure_quarter_cell UNIQUE (quarter, cell),
	CONSTRAINT ck_opening_figure_as_declared CHECK (("quarter" IS NULL OR "quarter" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("cell") IN ('text', 'null') AND typeof("value") IN ('integer', 'null') AND ("bare" IS NULL OR "bare" IN (0, 1)) AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE opening_key (
	quarter VARCHAR(7) NOT NULL,
	cell VARCHAR(64) NOT NULL,
	"key" VARCHAR(64) NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_opening_key_quarter_cell_key UNIQUE (quarter, cell, "key"),
	CONSTRAINT ck_opening_key_as_declared CHECK (("quarter" IS NULL OR "quarter" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("cell") IN ('text', 'null') AND typeof("key") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE package (
	name VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_package PRIMARY KEY (id),
	CONSTRAINT uq_package_uuid UNIQUE (uuid),
	CONSTRAINT ck_package_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_package_as_declared CHECK (typeof("name") IN ('text', 'null') AND typeof("note") IN ('text', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE package_code (
	package_id INTEGER NOT NULL,
	service_code VARCHAR(8) NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_package_code_package_id_service_code UNIQUE (package_id, service_code),
	CONSTRAINT fk_package_code_package_id FOREIGN KEY(package_id) REFERENCES package (id) ON DELETE RESTRICT,
	CONSTRAINT fk_package_code_service_code FOREIGN KEY(service_code) REFERENCES service_code (code) ON DELETE RESTRICT,
	CONSTRAINT ck_package_code_as_declared CHECK (typeof("package_id") IN ('integer', 'null') AND typeof("service_code") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE package_volume (
	package_id INTEGER NOT NULL,
	territory_code VARCHAR(8) NOT NULL,
	year INTEGER NOT NULL,
	volume BIGINT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_package_volume_package_id_territory_code_year UNIQUE (package_id, territory_code, year),
	CONSTRAINT ck_package_volume_volume CHECK (volume >= 0),
	CONSTRAINT ck_package_volume_year CHECK (year BETWEEN 1900 AND 2100),
	CONSTRAINT fk_package_volume_package_id FOREIGN KEY(package_id) REFERENCES package (id) ON DELETE RESTRICT,
	CONSTRAINT fk_package_volume_territory_code FOREIGN KEY(territory_code) REFERENCES territory (code) ON DELETE RESTRICT,
	CONSTRAINT ck_package_volume_as_declared CHECK (typeof("package_id") IN ('integer', 'null') AND typeof("territory_code") IN ('text', 'null') AND typeof("year") IN ('integer', 'null') AND typeof("volume") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE partner (
	kind VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	inn VARCHAR(12),
	ogrn VARCHAR(15),
	address VARCHAR NOT NULL,
	phone VARCHAR NOT NULL,
	site VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_partner PRIMARY KEY (id),
	CONSTRAINT ck_partner_kind CHECK (kind IN ('company', 'entrepreneur')),
	CONSTRAINT ck_partner_inn CHECK (inn IS NULL OR length(inn) = CASE kind WHEN 'company' THEN 10 ELSE 12 END),
	CONSTRAINT ck_partner_ogrn CHECK (ogrn IS NULL OR length(ogrn) = CASE kind WHEN 'company' THEN 13 ELSE 15 END),
	CONSTRAINT uq_partner_uuid UNIQUE (uuid),
	CONSTRAINT ck_partner_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_partner_as_declared CHECK (typeof("kind") IN ('text', 'null') AND typeof("name") IN ('text', 'null') AND typeof("inn") IN ('text', 'null') AND typeof("ogrn") IN ('text', 'null') AND typeof("address") IN ('text', 'null') AND typeof("phone") IN ('text', 'null') AND typeof("site") IN ('text', 'null') AND typeof("note") IN ('text', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE person (
	name VARCHAR NOT NULL,
	folded_name VARCHAR NOT NULL,
	post VARCHAR NOT NULL,
	role VARCHAR(16) NOT NULL,
	password VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_person PRIMARY KEY (id),
	CONSTRAINT ck_person_role CHECK (role IN ('operator', 'head', 'administrator', 'viewer')),
	CONSTRAINT ck_person_name CHECK (name <> ''),
	CONSTRAINT uq_person_uuid UNIQUE (uuid),
	CONSTRAINT ck_person_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_person_as_declared CHECK (typeof("name") IN ('text', 'null') AND typeof("folded_name") IN ('text', 'null') AND typeof("post") IN ('text', 'null') AND typeof("role") IN ('text', 'null') AND typeof("password") IN ('text', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE personal_export (
	id INTEGER NOT NULL,
	made_at DATETIME NOT NULL,
	made_by VARCHAR NOT NULL,
	what VARCHAR NOT NULL,
	people INTEGER NOT NULL,
	place VARCHAR NOT NULL,
	CONSTRAINT pk_personal_export PRIMARY KEY (id),
	CONSTRAINT ck_personal_export_people CHECK (people >= 0),
	CONSTRAINT ck_personal_export_told CHECK (what <> '' AND place <> ''),
	CONSTRAINT ck_personal_export_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("made_at") IN ('text', 'null') AND typeof("made_by") IN ('text', 'null') AND typeof("what") IN ('text', 'null') AND typeof("people") IN ('integer', 'null') AND typeof("place") IN ('text', 'null'))
)

CREATE TABLE practice (
	title VARCHAR NOT NULL,
	ngo_id INTEGER NOT NULL,
	partner_id INTEGER,
	problem VARCHAR NOT NULL,
	target_group VARCHAR NOT NULL,
	description VARCHAR NOT NULL,
	resources VARCHAR NOT NULL,
	results VARCHAR NOT NULL,
	evidence VARCHAR NOT NULL,
	conditions VARCHAR NOT NULL,
	contact VARCHAR NOT NULL,
	link VARCHAR NOT NULL,
	consent BOOLEAN NOT NULL,
	published_on DATE,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_practice PRIMARY KEY (id),
	CONSTRAINT ck_practice_consent CHECK (published_on IS NULL OR consent),
	CONSTRAINT fk_practice_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT fk_practice_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) ON DELETE RESTRICT,
	CONSTRAINT uq_practice_uuid UNIQUE (uuid),
	CONSTRAINT ck_practice_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_practice_as_declared CHECK (typeof("title") IN ('text', 'null') AND typeof("ngo_id") IN ('integer', 'null') AND typeof("partner_id") IN ('integer', 'null') AND typeof("problem") IN ('text', 'null') AND typeof("target_group") IN ('text', 'null') AND typeof("description") IN ('text', 'null') AND typeof("resources") IN ('text', 'null') AND typeof("results") IN ('text', 'null') AND typeof("evidence") IN ('text', 'null') AND typeof("conditions") IN ('text', 'null') AND typeof("contact") IN ('text', 'null') AND typeof("link") IN ('text', 'null') AND ("consent" IS NULL OR "consent" IN (0, 1)) AND ("published_on" IS NULL OR "published_on" = date("published_on", '+0 days')) AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE practice_state (
	practice_id INTEGER NOT NULL,
	state VARCHAR NOT NULL,
	reached_on DATE NOT NULL,
	account VARCHAR(7) NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_practice_state_practice_id_state UNIQUE (practice_id, state),
	CONSTRAINT ck_practice_state_state CHECK (state IN ('presented', 'checked', 'recommended', 'spread')),
	CONSTRAINT fk_practice_state_practice_id FOREIGN KEY(practice_id) REFERENCES practice (id) ON DELETE RESTRICT,
	CONSTRAINT ck_practice_state_as_declared CHECK (typeof("practice_id") IN ('integer', 'null') AND typeof("state") IN ('text', 'null') AND ("reached_on" IS NULL OR "reached_on" = date("reached_on", '+0 days')) AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE programme (
	title VARCHAR NOT NULL,
	act VARCHAR NOT NULL,
	starts_on DATE NOT NULL,
	ends_on DATE,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_programme PRIMARY KEY (id),
	CONSTRAINT ck_programme_term CHECK (ends_on IS NULL OR ends_on >= starts_on),
	CONSTRAINT uq_programme_uuid UNIQUE (uuid),
	CONSTRAINT ck_programme_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_programme_as_declared CHECK (typeof("title") IN ('text', 'null') AND typeof("act") IN ('text', 'null') AND ("starts_on" IS NULL OR "starts_on" = date("starts_on", '+0 days')) AND ("ends_on" IS NULL OR "ends_on" = date("ends_on", '+0 days')) AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE programme_execution (
	programme_id INTEGER NOT NULL,
	account VARCHAR(7) NOT NULL,
	local BIGINT NOT NULL,
	oblast BIGINT NOT NULL,
	federal BIGINT NOT NULL,
	other BIGINT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_programme_execution_programme_id_account UNIQUE (programme_id, account),
	CONSTRAINT fk_programme_execution_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id) ON DELETE RESTRICT,
	CONSTRAINT ck_programme_execution_as_declared CHECK (typeof("programme_id") IN ('integer', 'null') AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("local") IN ('integer', 'null') AND typeof("oblast") IN ('integer', 'null') AND typeof("federal") IN ('integer', 'null') AND typeof("other") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE programme_year (
	programme_id INTEGER NOT NULL,
	year INTEGER NOT NULL,
	planned BIGINT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_programme_year_programme_id_year UNIQUE (programme_id, year),
	CONSTRAINT ck_programme_year_planned CHECK (planned >= 0),
	CONSTRAINT ck_programme_year_year CHECK (year BETWEEN 1900 AND 2100),
	CONSTRAINT fk_programme_year_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id) ON DELETE RESTRICT,
	CONSTRAINT ck_programme_year_as_declared CHECK (typeof("programme_id") IN ('integer', 'null') AND typeof("year") IN ('integer', 'null') AND typeof("planned") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE question (
	id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	"key" VARCHAR(36) NOT NULL,
	title VARCHAR NOT NULL,
	explanation VARCHAR NOT NULL,
	due_on DATE NOT NULL,
	columns VARCHAR NOT NULL,
	asked_on DATE NOT NULL,
	at DATETIME NOT NULL,
	"by" VARCHAR NOT NULL,
	CONSTRAINT pk_question PRIMARY KEY (id),
	CONSTRAINT ck_question_number CHECK (number >= 1),
	CONSTRAINT ck_question_title CHECK (length(title) > 0),
	CONSTRAINT uq_question_number UNIQUE (number),
	CONSTRAINT uq_question_key UNIQUE ("key"),
	CONSTRAINT ck_question_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("number") IN ('integer', 'null') AND typeof("key") IN ('text', 'null') AND typeof("title") IN ('text', 'null') AND typeof("explanation") IN ('text', 'null') AND ("due_on" IS NULL OR "due_on" = date("due_on", '+0 days')) AND typeof("columns") IN ('text', 'null') AND ("asked_on" IS NULL OR "asked_on" = date("asked_on", '+0 days')) AND typeof("at") IN ('text', 'null') AND typeof("by") IN ('text', 'null'))
)

CREATE TABLE question_answer (
	id INTEGER NOT NULL,
	question_id INTEGER NOT NULL,
	oktmo VARCHAR(8) NOT NULL,
	file_name VARCHAR NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	data VARCHAR NOT NULL,
	faults VARCHAR NOT NULL,
	file BLOB NOT NULL,
	received_at DATETIME NOT NULL,
	received_by VARCHAR NOT NULL,
	CONSTRAINT pk_question_answer PRIMARY KEY (id),
	CONSTRAINT uq_question_answer_question_id_sha256 UNIQUE (question_id, sha256),
	CONSTRAINT ck_question_answer_sha256 CHECK (length(sha256) = 64),
	CONSTRAINT fk_question_answer_question_id FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE RESTRICT,
	CONSTRAINT fk_question_answer_oktmo FOREIGN KEY(oktmo) REFERENCES territory (code) ON DELETE RESTRICT,
	CONSTRAINT ck_question_answer_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("question_id") IN ('integer', 'null') AND typeof("oktmo") IN ('text', 'null') AND typeof("file_name") IN ('text', 'null') AND typeof("sha256") IN ('text', 'null') AND typeof("data") IN ('text', 'null') AND typeof("faults") IN ('text', 'null') AND typeof("file") IN ('blob', 'null') AND typeof("received_at") IN ('text', 'null') AND typeof("received_by") IN ('text', 'null'))
)

CREATE TABLE question_withdrawal (
	question_id INTEGER NOT NULL,
	withdrawn_on DATE NOT NULL,
	"by" VARCHAR NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_question_withdrawal_question_id UNIQUE (question_id),
	CONSTRAINT fk_question_withdrawal_question_id FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE RESTRICT,
	CONSTRAINT ck_question_withdrawal_as_declared CHECK (typeof("question_id") IN ('integer', 'null') AND ("withdrawn_on" IS NULL OR "withdrawn_on" = date("withdrawn_on", '+0 days')) AND typeof("by") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE received_file (
	id INTEGER NOT NULL,
	file_name VARCHAR NOT NULL,
	received_at DATETIME NOT NULL,
	received_by VARCHAR NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	result VARCHAR(12) NOT NULL,
	reason VARCHAR NOT NULL,
	oktmo VARCHAR(8) NOT NULL,
	quarter VARCHAR(7),
	correction INTEGER,
	data_sha256 VARCHAR(64) NOT NULL,
	faults VARCHAR NOT NULL,
	file BLOB,
	CONSTRAINT pk_received_file PRIMARY KEY (id),
	CONSTRAINT uq_received_file_sha256_result UNIQUE (sha256, result),
	CONSTRAINT ck_received_file_sha256 CHECK (length(sha256) = 64),
	CONSTRAINT ck_received_file_result CHECK (result IN ('faults', 'changed', 'period', 'territory', 'not_a_return', 'beside', 'misnamed')),
	CONSTRAINT ck_received_file_reason CHECK (result = 'beside' OR length(reason) > 0),
	CONSTRAINT ck_received_file_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("file_name") IN ('text', 'null') AND typeof("received_at") IN ('text', 'null') AND typeof("received_by") IN ('text', 'null') AND typeof("sha256") IN ('text', 'null') AND typeof("result") IN ('text', 'null') AND typeof("reason") IN ('text', 'null') AND typeof("oktmo") IN ('text', 'null') AND ("quarter" IS NULL OR "quarter" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("correction") IN ('integer', 'null') AND typeof("data_sha256") IN ('text', 'null') AND typeof("faults") IN ('text', 'null') AND typeof("file") IN ('blob', 'null'))
)

CREATE TABLE received_return (
	id INTEGER NOT NULL,
	file_name VARCHAR NOT NULL,
	received_at DATETIME NOT NULL,
	received_by VARCHAR NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	oktmo VARCHAR(8) NOT NULL,
	quarter VARCHAR(7) NOT NULL,
	correction INTEGER NOT NULL,
	form_version VARCHAR(16) NOT NULL,
	hand BOOLEAN NOT NULL,
	result VARCHAR(12) NOT NULL,
	data_sha256 VARCHAR(64) NOT NULL,
	envelope VARCHAR NOT NULL,
	data VARCHAR NOT NULL,
	file BLOB NOT NULL,
	CONSTRAINT pk_received_return PRIMARY KEY (id),
	CONSTRAINT uq_received_return_oktmo_quarter_correction UNIQUE (oktmo, quarter, correction),
	CONSTRAINT uq_received_return_sha256 UNIQUE (sha256),
	CONSTRAINT ck_received_return_correction CHECK (correction >= 0),
	CONSTRAINT ck_received_return_sha256 CHECK (length(sha256) = 64 AND length(data_sha256) = 64),
	CONSTRAINT ck_received_return_result CHECK (result = CASE WHEN correction = 0 THEN 'accepted' ELSE 'corrected' END),
	CONSTRAINT fk_received_return_oktmo FOREIGN KEY(oktmo) REFERENCES territory (code) ON DELETE RESTRICT,
	CONSTRAINT ck_received_return_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("file_name") IN ('text', 'null') AND typeof("received_at") IN ('text', 'null') AND typeof("received_by") IN ('text', 'null') AND typeof("sha256") IN ('text', 'null') AND typeof("oktmo") IN ('text', 'null') AND ("quarter" IS NULL OR "quarter" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("correction") IN ('integer', 'null') AND typeof("form_version") IN ('text', 'null') AND ("hand" IS NULL OR "hand" IN (0, 1)) AND typeof("result") IN ('text', 'null') AND typeof("data_sha256") IN ('text', 'null') AND typeof("envelope") IN ('text', 'null') AND typeof("data") IN ('text', 'null') AND typeof("file") IN ('blob', 'null'))
)

CREATE TABLE region_answer (
	id INTEGER NOT NULL,
	step VARCHAR(9) NOT NULL,
	oktmo VARCHAR(8) NOT NULL,
	quarter VARCHAR(7) NOT NULL,
	correction INTEGER NOT NULL,
	data_sha256 VARCHAR(64) NOT NULL,
	answered_on DATE NOT NULL,
	number VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	remarks VARCHAR NOT NULL,
	file BLOB NOT NULL,
	at DATETIME NOT NULL,
	"by" VARCHAR NOT NULL,
	CONSTRAINT pk_region_answer PRIMARY KEY (id),
	CONSTRAINT ck_region_answer_step CHECK (step IN ('accepted', 'sent_back')),
	CONSTRAINT ck_region_answer_number CHECK ((step = 'accepted') = (length(number) > 0)),
	CONSTRAINT fk_region_answer_oktmo FOREIGN KEY(oktmo) REFERENCES territory (code) ON DELETE RESTRICT,
	CONSTRAINT ck_region_answer_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("step") IN ('text', 'null') AND typeof("oktmo") IN ('text', 'null') AND ("quarter" IS NULL OR "quarter" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("correction") IN ('integer', 'null') AND typeof("data_sha256") IN ('text', 'null') AND ("answered_on" IS NULL OR "answered_on" = date("answered_on", '+0 days')) AND typeof("number") IN ('text', 'null') AND typeof("text") IN ('text', 'null') AND typeof("remarks") IN ('text', 'null') AND typeof("file") IN ('blob', 'null') AND typeof("at") IN ('text', 'null') AND typeof("by") IN ('text', 'null'))
)

CREATE TABLE region_call (
	oktmo VARCHAR(8) NOT NULL,
	quarter VARCHAR(7) NOT NULL,
	called_on DATE NOT NULL,
	whom VARCHAR NOT NULL,
	said VARCHAR NOT NULL,
	"by" VARCHAR NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_region_call_said CHECK (length(whom) > 0 AND length(said) > 0),
	CONSTRAINT fk_region_call_oktmo FOREIGN KEY(oktmo) REFERENCES territory (code) ON DELETE RESTRICT,
	CONSTRAINT ck_region_call_as_declared CHECK (typeof("oktmo") IN ('text', 'null') AND ("quarter" IS NULL OR "quarter" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND ("called_on" IS NULL OR "called_on" = date("called_on", '+0 days')) AND typeof("whom") IN ('text', 'null') AND typeof("said") IN ('text', 'null') AND typeof("by") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE region_digest (
	return_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	layout VARCHAR NOT NULL,
	count INTEGER NOT NULL,
	filled VARCHAR NOT NULL,
	codes VARCHAR NOT NULL,
	numbers BLOB NOT NULL,
	set_numbers BLOB NOT NULL,
	sets BLOB NOT NULL,
	line_numbers BLOB NOT NULL,
	lines VARCHAR NOT NULL,
	asked VARCHAR NOT NULL,
	texts VARCHAR NOT NULL,
	keys VARCHAR NOT NULL,
	CONSTRAINT pk_region_digest PRIMARY KEY (return_id),
	CONSTRAINT fk_region_digest_return_id FOREIGN KEY(return_id) REFERENCES received_return (id) ON DELETE RESTRICT,
	CONSTRAINT ck_region_digest_as_declared CHECK (typeof("return_id") IN ('integer', 'null') AND typeof("version") IN ('integer', 'null') AND typeof("layout") IN ('text', 'null') AND typeof("count") IN ('integer', 'null') AND typeof("filled") IN ('text', 'null') AND typeof("codes") IN ('text', 'null') AND typeof("numbers") IN ('blob', 'null') AND typeof("set_numbers") IN ('blob', 'null') AND typeof("sets") IN ('blob', 'null') AND typeof("line_numbers") IN ('blob', 'null') AND typeof("lines") IN ('text', 'null') AND typeof("asked") IN ('text', 'null') AND typeof("texts") IN ('text', 'null') AND typeof("keys") IN ('text', 'null'))
)

CREATE TABLE region_found (
	quarter VARCHAR(7) NOT NULL,
	version INTEGER NOT NULL,
	inputs VARCHAR(64) NOT NULL,
	found VARCHAR NOT NULL,
	holes VARCHAR NOT NULL,
	duplicates VARCHAR NOT NULL,
	names VARCHAR NOT NULL,
	CONSTRAINT pk_region_found PRIMARY KEY (quarter),
	CONSTRAINT ck_region_found_as_declared CHECK (("quarter" IS NULL OR "quarter" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("version") IN ('integer', 'null') AND typeof("inputs") IN ('text', 'null') AND typeof("found") IN ('text', 'null') AND typeof("holes") IN ('text', 'null') AND typeof("duplicates") IN ('text', 'null') AND typeof("names") IN ('text', 'null'))
)

CREATE TABLE region_name (
	return_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	"key" VARCHAR NOT NULL,
	place INTEGER,
	oktmo VARCHAR(8) NOT NULL,
	quarter VARCHAR(7) NOT NULL,
	joint INTEGER NOT NULL,
	CONSTRAINT pk_region_name PRIMARY KEY (return_id, name, "key"),
	CONSTRAINT fk_region_name_return_id FOREIGN KEY(return_id) REFERENCES received_return (id) ON DELETE RESTRICT,
	CONSTRAINT ck_region_name_as_declared CHECK (typeof("return_id") IN ('integer', 'null') AND typeof("name") IN ('text', 'null') AND typeof("key") IN ('text', 'null') AND typeof("place") IN ('integer', 'null') AND typeof("oktmo") IN ('text', 'null') AND ("quarter" IS NULL OR "quarter" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("joint") IN ('integer', 'null'))
)

CREATE TABLE region_plan (
	centre_id INTEGER NOT NULL,
	territory_code VARCHAR(8) NOT NULL,
	service_code VARCHAR(8) NOT NULL,
	year INTEGER NOT NULL,
	volume BIGINT NOT NULL,
	money BIGINT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_region_plan_centre_id_territory_code_service_code_year UNIQUE (centre_id, territory_code, service_code, year),
	CONSTRAINT ck_region_plan_volume CHECK (volume >= 0 AND money >= 0),
	CONSTRAINT ck_region_plan_year CHECK (year BETWEEN 1900 AND 2100),
	CONSTRAINT fk_region_plan_centre_id FOREIGN KEY(centre_id) REFERENCES centre (id) ON DELETE RESTRICT,
	CONSTRAINT fk_region_plan_territory_code FOREIGN KEY(territory_code) REFERENCES territory (code) ON DELETE RESTRICT,
	CONSTRAINT fk_region_plan_service_code FOREIGN KEY(service_code) REFERENCES service_code (code) ON DELETE RESTRICT,
	CONSTRAINT ck_region_plan_as_declared CHECK (typeof("centre_id") IN ('integer', 'null') AND typeof("territory_code") IN ('text', 'null') AND typeof("service_code") IN ('text', 'null') AND typeof("year") IN ('integer', 'null') AND typeof("volume") IN ('integer', 'null') AND typeof("money") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE reminder (
	text VARCHAR NOT NULL,
	due_on DATE NOT NULL,
	done_on DATE,
	about_register VARCHAR NOT NULL,
	about_id INTEGER,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_reminder PRIMARY KEY (id),
	CONSTRAINT ck_reminder_about CHECK ((about_register = '') = (about_id IS NULL)),
	CONSTRAINT uq_reminder_uuid UNIQUE (uuid),
	CONSTRAINT ck_reminder_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_reminder_as_declared CHECK (typeof("text") IN ('text', 'null') AND ("due_on" IS NULL OR "due_on" = date("due_on", '+0 days')) AND ("done_on" IS NULL OR "done_on" = date("done_on", '+0 days')) AND typeof("about_register") IN ('text', 'null') AND typeof("about_id") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE request (
	ngo_id INTEGER NOT NULL,
	kind VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	asked_on DATE NOT NULL,
	offer_id INTEGER,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_request PRIMARY KEY (id),
	CONSTRAINT ck_request_kind CHECK (kind IN ('money', 'goods', 'pro_bono', 'volunteers', 'premises')),
	CONSTRAINT fk_request_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT fk_request_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id) ON DELETE RESTRICT,
	CONSTRAINT uq_request_uuid UNIQUE (uuid),
	CONSTRAINT ck_request_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_request_as_declared CHECK (typeof("ngo_id") IN ('integer', 'null') AND typeof("kind") IN ('text', 'null') AND typeof("text") IN ('text', 'null') AND ("asked_on" IS NULL OR "asked_on" = date("asked_on", '+0 days')) AND typeof("offer_id") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE return_event (
	id INTEGER NOT NULL,
	frozen_id INTEGER NOT NULL,
	step VARCHAR(9) NOT NULL,
	happened_on DATE NOT NULL,
	how VARCHAR NOT NULL,
	whom VARCHAR NOT NULL,
	number VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	remarks VARCHAR NOT NULL,
	annuls_id INTEGER,
	file_name VARCHAR NOT NULL,
	file BLOB,
	file_sha256 VARCHAR(64) NOT NULL,
	at DATETIME NOT NULL,
	"by" VARCHAR NOT NULL,
	CONSTRAINT pk_return_event PRIMARY KEY (id),
	CONSTRAINT ck_return_event_step CHECK (step IN ('sent', 'accepted', 'sent_back', 'annulled')),
	CONSTRAINT ck_return_event_annuls CHECK ((step = 'annulled') = (annuls_id IS NOT NULL)),
	CONSTRAINT ck_return_event_file CHECK ((file IS NULL) = (file_sha256 = '')),
	CONSTRAINT uq_return_event_annuls_id UNIQUE (annuls_id),
	CONSTRAINT fk_return_event_frozen_id FOREIGN KEY(frozen_id) REFERENCES frozen_return (id) ON DELETE RESTRICT,
	CONSTRAINT fk_return_event_annuls_id FOREIGN KEY(annuls_id) REFERENCES return_event (id) ON DELETE RESTRICT,
	CONSTRAINT ck_return_event_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("frozen_id") IN ('integer', 'null') AND typeof("step") IN ('text', 'null') AND ("happened_on" IS NULL OR "happened_on" = date("happened_on", '+0 days')) AND typeof("how") IN ('text', 'null') AND typeof("whom") IN ('text', 'null') AND typeof("number") IN ('text', 'null') AND typeof("text") IN ('text', 'null') AND typeof("remarks") IN ('text', 'null') AND typeof("annuls_id") IN ('integer', 'null') AND typeof("file_name") IN ('text', 'null') AND typeof("file") IN ('blob', 'null') AND typeof("file_sha256") IN ('text', 'null') AND typeof("at") IN ('text', 'null') AND typeof("by") IN ('text', 'null'))
)

CREATE TABLE return_text (
	quarter VARCHAR(7) NOT NULL,
	cell VARCHAR(64) NOT NULL,
	text VARCHAR NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_return_text_quarter_cell UNIQUE (quarter, cell),
	CONSTRAINT ck_return_text_as_declared CHECK (("quarter" IS NULL OR "quarter" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("cell") IN ('text', 'null') AND typeof("text") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE row_plan (
	year INTEGER NOT NULL,
	code VARCHAR(16) NOT NULL,
	value BIGINT NOT NULL,
	act_no VARCHAR NOT NULL,
	act_on DATE NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_row_plan_year_code_act_on UNIQUE (year, code, act_on),
	CONSTRAINT ck_row_plan_value CHECK (value >= 0),
	CONSTRAINT ck_row_plan_act_no CHECK (act_no <> ''),
	CONSTRAINT ck_row_plan_as_declared CHECK (typeof("year") IN ('integer', 'null') AND typeof("code") IN ('text', 'null') AND typeof("value") IN ('integer', 'null') AND typeof("act_no") IN ('text', 'null') AND ("act_on" IS NULL OR "act_on" = date("act_on", '+0 days')) AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE saved_view (
	register VARCHAR(32) NOT NULL,
	name VARCHAR NOT NULL,
	content VARCHAR NOT NULL,
	made_by VARCHAR NOT NULL,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_saved_view PRIMARY KEY (id),
	CONSTRAINT ck_saved_view_name CHECK (name <> ''),
	CONSTRAINT uq_saved_view_uuid UNIQUE (uuid),
	CONSTRAINT ck_saved_view_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_saved_view_as_declared CHECK (typeof("register") IN ('text', 'null') AND typeof("name") IN ('text', 'null') AND typeof("content") IN ('text', 'null') AND typeof("made_by") IN ('text', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE VIRTUAL TABLE search_index USING fts5 (words, content='search_text', content_rowid='place', prefix='1 2 3 4 5 6', detail=none, tokenize='unicode61 remove_diacritics 0')

CREATE TABLE search_state (
	version VARCHAR NOT NULL,
	entry_id INTEGER NOT NULL,
	shelves VARCHAR NOT NULL,
	CONSTRAINT pk_search_state PRIMARY KEY (version),
	CONSTRAINT ck_search_state_as_declared CHECK (typeof("version") IN ('text', 'null') AND typeof("entry_id") IN ('integer', 'null') AND typeof("shelves") IN ('text', 'null'))
)

CREATE TABLE search_text (
	place INTEGER NOT NULL,
	record_id INTEGER NOT NULL,
	words VARCHAR NOT NULL,
	CONSTRAINT pk_search_text PRIMARY KEY (place),
	CONSTRAINT ck_search_text_as_declared CHECK (typeof("place") IN ('integer', 'null') AND typeof("record_id") IN ('integer', 'null') AND typeof("words") IN ('text', 'null'))
)

CREATE TABLE service (
	centre_id INTEGER NOT NULL,
	service_code VARCHAR(8) NOT NULL,
	provided_on DATE NOT NULL,
	account VARCHAR(7) NOT NULL,
	before_records BOOLEAN NOT NULL,
	quantity BIGINT NOT NULL,
	hours BIGINT NOT NULL,
	people INTEGER NOT NULL,
	topic VARCHAR NOT NULL,
	result VARCHAR,
	result_amount BIGINT NOT NULL,
	evidence_kind VARCHAR NOT NULL,
	evidence_no VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	appeal_id INTEGER,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_service PRIMARY KEY (id),
	CONSTRAINT ck_service_volumes CHECK (quantity >= 0 AND hours >= 0 AND people >= 0 AND result_amount >= 0),
	CONSTRAINT ck_service_result CHECK (result IS NULL OR result IN ('registered', 'registering', 'applied', 'supported')),
	CONSTRAINT ck_service_result_amount CHECK (result_amount = 0 OR coalesce(result, '') IN ('applied', 'supported')),
	CONSTRAINT ck_service_evidence CHECK (evidence_no = '' OR evidence_kind <> ''),
	CONSTRAINT fk_service_centre_id FOREIGN KEY(centre_id) REFERENCES centre (id) ON DELETE RESTRICT,
	CONSTRAINT fk_service_service_code FOREIGN KEY(service_code) REFERENCES service_code (code) ON DELETE RESTRICT,
	CONSTRAINT fk_service_appeal_id FOREIGN KEY(appeal_id) REFERENCES appeal (id) ON DELETE RESTRICT,
	CONSTRAINT uq_service_uuid UNIQUE (uuid),
	CONSTRAINT ck_service_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_service_as_declared CHECK (typeof("centre_id") IN ('integer', 'null') AND typeof("service_code") IN ('text', 'null') AND ("provided_on" IS NULL OR "provided_on" = date("provided_on", '+0 days')) AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND ("before_records" IS NULL OR "before_records" IN (0, 1)) AND typeof("quantity") IN ('integer', 'null') AND typeof("hours") IN ('integer', 'null') AND typeof("people") IN ('integer', 'null') AND typeof("topic") IN ('text', 'null') AND typeof("result") IN ('text', 'null') AND typeof("result_amount") IN ('integer', 'null') AND typeof("evidence_kind") IN ('text', 'null') AND typeof("evidence_no") IN ('text', 'null') AND typeof("note") IN ('text', 'null') AND typeof("appeal_id") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE service_code (
	code VARCHAR(8) NOT NULL,
	title VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	evidence VARCHAR NOT NULL,
	hours_required BOOLEAN NOT NULL,
	sort INTEGER NOT NULL,
	valid_from DATE,
	valid_to DATE,
	CONSTRAINT pk_service_code PRIMARY KEY (code),
	CONSTRAINT ck_service_code_term CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from),
	CONSTRAINT ck_service_code_as_declared CHECK (typeof("code") IN ('text', 'null') AND typeof("title") IN ('text', 'null') AND typeof("unit") IN ('text', 'null') AND typeof("evidence") IN ('text', 'null') AND ("hours_required" IS NULL OR "hours_required" IN (0, 1)) AND typeof("sort") IN ('integer', 'null') AND ("valid_from" IS NULL OR "valid_from" = date("valid_from", '+0 days')) AND ("valid_to" IS NULL OR "valid_to" = date("valid_to", '+0 days')))
)

CREATE TABLE service_recipient (
	service_id INTEGER NOT NULL,
	ngo_id INTEGER,
	first_time BOOLEAN NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_service_recipient_service_id_ngo_id UNIQUE (service_id, ngo_id),
	CONSTRAINT fk_service_recipient_service_id FOREIGN KEY(service_id) REFERENCES service (id) ON DELETE RESTRICT,
	CONSTRAINT fk_service_recipient_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT ck_service_recipient_as_declared CHECK (typeof("service_id") IN ('integer', 'null') AND typeof("ngo_id") IN ('integer', 'null') AND ("first_time" IS NULL OR "first_time" IN (0, 1)) AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE setting (
	"key" VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	CONSTRAINT pk_setting PRIMARY KEY ("key"),
	CONSTRAINT ck_setting_as_declared CHECK (typeof("key") IN ('text', 'null') AND typeof("value") IN ('text', 'null'))
)

CREATE TABLE settlement (
	oktmo VARCHAR(8) NOT NULL,
	name VARCHAR NOT NULL,
	territory_code VARCHAR(8) NOT NULL,
	valid_from DATE,
	valid_to DATE,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_settlement_oktmo CHECK (length(oktmo) = 8),
	CONSTRAINT ck_settlement_term CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from),
	CONSTRAINT uq_settlement_oktmo UNIQUE (oktmo),
	CONSTRAINT fk_settlement_territory_code FOREIGN KEY(territory_code) REFERENCES territory (code) ON DELETE RESTRICT,
	CONSTRAINT ck_settlement_as_declared CHECK (typeof("oktmo") IN ('text', 'null') AND typeof("name") IN ('text', 'null') AND typeof("territory_code") IN ('text', 'null') AND ("valid_from" IS NULL OR "valid_from" = date("valid_from", '+0 days')) AND ("valid_to" IS NULL OR "valid_to" = date("valid_to", '+0 days')) AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE support (
	ngo_id INTEGER NOT NULL,
	form VARCHAR(3) NOT NULL,
	decision_no VARCHAR NOT NULL,
	decision_on DATE NOT NULL,
	account VARCHAR(7) NOT NULL,
	before_records BOOLEAN NOT NULL,
	programme_id INTEGER,
	application_id INTEGER,
	event_id INTEGER,
	terminates_id INTEGER,
	purpose VARCHAR NOT NULL,
	amount BIGINT NOT NULL,
	local BIGINT NOT NULL,
	oblast BIGINT NOT NULL,
	federal BIGINT NOT NULL,
	other BIGINT NOT NULL,
	objects INTEGER NOT NULL,
	object_name VARCHAR NOT NULL,
	area BIGINT NOT NULL,
	publications INTEGER NOT NULL,
	consultations INTEGER NOT NULL,
	hours BIGINT NOT NULL,
	people INTEGER NOT NULL,
	cases INTEGER NOT NULL,
	starts_on DATE,
	ends_on DATE,
	entry_no INTEGER,
	entered_on DATE,
	entry_account VARCHAR(7),
	published_on DATE,
	note VARCHAR NOT NULL,
	appeal_id INTEGER,
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_support PRIMARY KEY (id),
	CONSTRAINT ck_support_form CHECK (form IN ('211', '212', '213', '214', '215', '216', '217', '218')),
	CONSTRAINT ck_support_amount CHECK (amount >= 0),
	CONSTRAINT ck_support_sources CHECK (local >= 0 AND oblast >= 0 AND federal >= 0 AND other >= 0),
	CONSTRAINT ck_support_volumes CHECK (objects >= 0 AND area >= 0 AND hours >= 0),
	CONSTRAINT ck_support_counts CHECK (publications >= 0 AND consultations >= 0 AND people >= 0 AND cases >= 0),
	CONSTRAINT ck_support_term CHECK (ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on),
	CONSTRAINT ck_support_termination CHECK (terminates_id IS NULL OR (amount = 0 AND terminates_id <> id)),
	CONSTRAINT ck_support_money CHECK (form <> '211' OR terminates_id IS NOT NULL OR (amount > 0 AND amount = local + oblast + federal + other)),
	CONSTRAINT ck_support_registered CHECK (entry_no IS NULL OR form IN ('211', '212', '213', '214', '215')),
	CONSTRAINT ck_support_published CHECK (published_on IS NULL OR entry_no IS NOT NULL),
	CONSTRAINT ck_support_entry CHECK ((entry_no IS NULL) = (entered_on IS NULL)),
	CONSTRAINT ck_support_entry_account CHECK ((entered_on IS NULL) = (entry_account IS NULL)),
	CONSTRAINT fk_support_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT fk_support_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id) ON DELETE RESTRICT,
	CONSTRAINT fk_support_application_id FOREIGN KEY(application_id) REFERENCES grant_application (id) ON DELETE RESTRICT,
	CONSTRAINT fk_support_event_id FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE RESTRICT,
	CONSTRAINT fk_support_terminates_id FOREIGN KEY(terminates_id) REFERENCES support (id) ON DELETE RESTRICT,
	CONSTRAINT uq_support_entry_no UNIQUE (entry_no),
	CONSTRAINT fk_support_appeal_id FOREIGN KEY(appeal_id) REFERENCES appeal (id) ON DELETE RESTRICT,
	CONSTRAINT uq_support_uuid UNIQUE (uuid),
	CONSTRAINT ck_support_archive CHECK ((archived_on IS NULL) = (archive_reason IS NULL)),
	CONSTRAINT ck_support_as_declared CHECK (typeof("ngo_id") IN ('integer', 'null') AND typeof("form") IN ('text', 'null') AND typeof("decision_no") IN ('text', 'null') AND ("decision_on" IS NULL OR "decision_on" = date("decision_on", '+0 days')) AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND ("before_records" IS NULL OR "before_records" IN (0, 1)) AND typeof("programme_id") IN ('integer', 'null') AND typeof("application_id") IN ('integer', 'null') AND typeof("event_id") IN ('integer', 'null') AND typeof("terminates_id") IN ('integer', 'null') AND typeof("purpose") IN ('text', 'null') AND typeof("amount") IN ('integer', 'null') AND typeof("local") IN ('integer', 'null') AND typeof("oblast") IN ('integer', 'null') AND typeof("federal") IN ('integer', 'null') AND typeof("other") IN ('integer', 'null') AND typeof("objects") IN ('integer', 'null') AND typeof("object_name") IN ('text', 'null') AND typeof("area") IN ('integer', 'null') AND typeof("publications") IN ('integer', 'null') AND typeof("consultations") IN ('integer', 'null') AND typeof("hours") IN ('integer', 'null') AND typeof("people") IN ('integer', 'null') AND typeof("cases") IN ('integer', 'null') AND ("starts_on" IS NULL OR "starts_on" = date("starts_on", '+0 days')) AND ("ends_on" IS NULL OR "ends_on" = date("ends_on", '+0 days')) AND typeof("entry_no") IN ('integer', 'null') AND ("entered_on" IS NULL OR "entered_on" = date("entered_on", '+0 days')) AND ("entry_account" IS NULL OR "entry_account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND ("published_on" IS NULL OR "published_on" = date("published_on", '+0 days')) AND typeof("note") IN ('text', 'null') AND typeof("appeal_id") IN ('integer', 'null') AND typeof("id") IN ('integer', 'null') AND typeof("uuid") IN ('text', 'null') AND ("archived_on" IS NULL OR "archived_on" = date("archived_on", '+0 days')) AND typeof("archive_reason") IN ('text', 'null'))
)

CREATE TABLE support_document (
	support_id INTEGER NOT NULL,
	title VARCHAR NOT NULL,
	number VARCHAR NOT NULL,
	dated DATE,
	kept_at VARCHAR NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT fk_support_document_support_id FOREIGN KEY(support_id) REFERENCES support (id) ON DELETE RESTRICT,
	CONSTRAINT ck_support_document_as_declared CHECK (typeof("support_id") IN ('integer', 'null') AND typeof("title") IN ('text', 'null') AND typeof("number") IN ('text', 'null') AND ("dated" IS NULL OR "dated" = date("dated", '+0 days')) AND typeof("kept_at") IN ('text', 'null') AND typeof("id") IN ('integer', 'null'))
)

CREATE TABLE template_file (
	id INTEGER NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT pk_template_file PRIMARY KEY (id),
	CONSTRAINT ck_template_file_sha256 CHECK (length(sha256) = 64),
	CONSTRAINT uq_template_file_sha256 UNIQUE (sha256),
	CONSTRAINT ck_template_file_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("sha256") IN ('text', 'null') AND typeof("content") IN ('blob', 'null'))
)

CREATE TABLE territory (
	code VARCHAR(8) NOT NULL,
	name VARCHAR NOT NULL,
	name_genitive VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	valid_from DATE NOT NULL,
	valid_to DATE,
	successor_code VARCHAR(8),
	own BOOLEAN NOT NULL,
	CONSTRAINT pk_territory PRIMARY KEY (code),
	CONSTRAINT ck_territory_term CHECK (valid_to IS NULL OR valid_to >= valid_from),
	CONSTRAINT ck_territory_kind CHECK (kind IN ('district', 'municipal_okrug', 'urban_okrug')),
	CONSTRAINT ck_territory_code CHECK (length(code) = 8 AND (successor_code IS NULL OR successor_code <> code)),
	CONSTRAINT fk_territory_successor_code FOREIGN KEY(successor_code) REFERENCES territory (code) ON DELETE RESTRICT,
	CONSTRAINT ck_territory_as_declared CHECK (typeof("code") IN ('text', 'null') AND typeof("name") IN ('text', 'null') AND typeof("name_genitive") IN ('text', 'null') AND typeof("kind") IN ('text', 'null') AND ("valid_from" IS NULL OR "valid_from" = date("valid_from", '+0 days')) AND ("valid_to" IS NULL OR "valid_to" = date("valid_to", '+0 days')) AND typeof("successor_code") IN ('text', 'null') AND ("own" IS NULL OR "own" IN (0, 1)))
)

CREATE TABLE unit (
	id INTEGER NOT NULL,
	administration VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	address VARCHAR NOT NULL,
	act VARCHAR NOT NULL,
	staff VARCHAR NOT NULL,
	council VARCHAR NOT NULL,
	site_section VARCHAR NOT NULL,
	site_updated_on DATE,
	head_post VARCHAR NOT NULL,
	head_name VARCHAR NOT NULL,
	executor_post VARCHAR NOT NULL,
	executor_name VARCHAR NOT NULL,
	executor_phone VARCHAR NOT NULL,
	addressee VARCHAR NOT NULL,
	CONSTRAINT pk_unit PRIMARY KEY (id),
	CONSTRAINT ck_unit_single CHECK (id = 1),
	CONSTRAINT ck_unit_as_declared CHECK (typeof("id") IN ('integer', 'null') AND typeof("administration") IN ('text', 'null') AND typeof("name") IN ('text', 'null') AND typeof("address") IN ('text', 'null') AND typeof("act") IN ('text', 'null') AND typeof("staff") IN ('text', 'null') AND typeof("council") IN ('text', 'null') AND typeof("site_section") IN ('text', 'null') AND ("site_updated_on" IS NULL OR "site_updated_on" = date("site_updated_on", '+0 days')) AND typeof("head_post") IN ('text', 'null') AND typeof("head_name") IN ('text', 'null') AND typeof("executor_post") IN ('text', 'null') AND typeof("executor_name") IN ('text', 'null') AND typeof("executor_phone") IN ('text', 'null') AND typeof("addressee") IN ('text', 'null'))
)

CREATE TABLE violation (
	support_id INTEGER NOT NULL,
	found_on DATE NOT NULL,
	account VARCHAR(7) NOT NULL,
	text VARCHAR NOT NULL,
	returned BIGINT NOT NULL,
	returned_on DATE,
	returned_account VARCHAR(7),
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_violation_returned CHECK (returned >= 0 AND (returned = 0 OR returned_on IS NOT NULL)),
	CONSTRAINT ck_violation_term CHECK (returned_on IS NULL OR returned_on >= found_on),
	CONSTRAINT ck_violation_returned_account CHECK ((returned_on IS NULL) = (returned_account IS NULL)),
	CONSTRAINT fk_violation_support_id FOREIGN KEY(support_id) REFERENCES support (id) ON DELETE RESTRICT,
	CONSTRAINT ck_violation_as_declared CHECK (typeof("support_id") IN ('integer', 'null') AND ("found_on" IS NULL OR "found_on" = date("found_on", '+0 days')) AND ("account" IS NULL OR "account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("text") IN ('text', 'null') AND typeof("returned") IN ('integer', 'null') AND ("returned_on" IS NULL OR "returned_on" = date("returned_on", '+0 days')) AND ("returned_account" IS NULL OR "returned_account" GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]') AND typeof("id") IN ('integer', 'null'))
)

CREATE INDEX ix_agreement_account ON agreement (account)

CREATE INDEX ix_agreement_end_account ON agreement (end_account)

CREATE INDEX ix_agreement_partner_id ON agreement (partner_id)

CREATE INDEX ix_agreement_party_agreement_id ON agreement_party (agreement_id)

CREATE INDEX ix_agreement_party_ngo_id ON agreement_party (ngo_id)

CREATE INDEX ix_appeal_ngo_id ON appeal (ngo_id)

CREATE INDEX ix_appeal_received_on ON appeal (received_on)

CREATE INDEX ix_calendar_entry_starts_on ON calendar_entry (starts_on)

CREATE INDEX ix_call_attempt_called_on ON call_attempt (called_on)

CREATE INDEX ix_call_attempt_ngo_id ON call_attempt (ngo_id)

CREATE INDEX ix_centre_agreement_centre_id ON centre_agreement (centre_id)

CREATE INDEX ix_centre_district_centre_id ON centre_district (centre_id)

CREATE INDEX ix_centre_plan_centre_id ON centre_plan (centre_id)

CREATE INDEX ix_consolidated_return_quarter ON consolidated_return (quarter)

CREATE INDEX ix_contact_ngo_id ON contact (ngo_id)

CREATE INDEX ix_contribution_account ON contribution (account)

CREATE INDEX ix_contribution_agreement_id ON contribution (agreement_id)

CREATE INDEX ix_document_record ON document (register, record_id)

CREATE INDEX ix_document_sha256 ON document (sha256)

CREATE INDEX ix_duplicate_reason_quarter ON duplicate_reason (quarter)

CREATE INDEX ix_erasure_act_id ON erasure (act_id)

CREATE INDEX ix_erasure_contact_uuid ON erasure (contact_uuid)

CREATE INDEX ix_event_account ON event (account)

CREATE INDEX ix_explanation_quarter ON explanation (quarter)

CREATE INDEX ix_form_template_file_id ON form_template (file_id)

CREATE INDEX ix_frozen_return_quarter ON frozen_return (quarter)

CREATE INDEX ix_grant_application_account ON grant_application (account)

CREATE INDEX ix_grant_application_contest_id ON grant_application (contest_id)

CREATE INDEX ix_grant_application_ngo_id ON grant_application (ngo_id)

CREATE INDEX ix_journal_batch_id ON journal (batch_id)

CREATE INDEX ix_journal_owner ON journal (owner_table, owner_id)

CREATE INDEX ix_journal_owner_id ON journal (owner_id)

CREATE INDEX ix_journal_record ON journal (table_name, record_id)

CREATE INDEX ix_need_account ON need (account)

CREATE INDEX ix_need_appeal_id ON need (appeal_id)

CREATE INDEX ix_need_category_code ON need (category_code)

CREATE INDEX ix_need_category_service_category_code ON need_category_service (category_code)

CREATE INDEX ix_need_closed_account ON need (closed_account)

CREATE INDEX ix_need_code_need_id ON need_code (need_id)

CREATE INDEX ix_need_ngo_id ON need (ngo_id)

CREATE INDEX ix_need_opened_on ON need (opened_on)

CREATE INDEX ix_need_service_need_id ON need_service (need_id)

CREATE INDEX ix_need_service_service_id ON need_service (service_id)

CREATE INDEX ix_ngo_activity_ngo_id ON ngo_activity (ngo_id)

CREATE INDEX ix_ngo_called ON ngo (archived_on, called)

CREATE INDEX ix_ngo_folded_name ON ngo (folded_name)

CREATE INDEX ix_ngo_head_id ON ngo (head_id)

CREATE INDEX ix_ngo_inn ON ngo (inn)

CREATE INDEX ix_ngo_interval_ngo_id ON ngo_interval (ngo_id)

CREATE INDEX ix_ngo_mark_ngo_id ON ngo_mark (ngo_id)

CREATE INDEX ix_ngo_merged_into_id ON ngo (merged_into_id)

CREATE INDEX ix_ngo_ogrn ON ngo (ogrn)

CREATE INDEX ix_ngo_status_ngo_id ON ngo_status (ngo_id)

CREATE INDEX ix_ngo_year_ngo_id ON ngo_year (ngo_id)

CREATE INDEX ix_not_duplicate_second ON not_duplicate (second)

CREATE INDEX ix_offer_partner_id ON offer (partner_id)

CREATE INDEX ix_opening_figure_quarter ON opening_figure (quarter)

CREATE INDEX ix_opening_key_quarter ON opening_key (quarter)

CREATE INDEX ix_package_code_package_id ON package_code (package_id)

CREATE INDEX ix_package_volume_package_id ON package_volume (package_id)

CREATE INDEX ix_practice_ngo_id ON practice (ngo_id)

CREATE INDEX ix_practice_state_practice_id ON practice_state (practice_id)

CREATE INDEX ix_programme_execution_account ON programme_execution (account)

CREATE INDEX ix_programme_execution_programme_id ON programme_execution (programme_id)

CREATE INDEX ix_programme_year_programme_id ON programme_year (programme_id)

CREATE INDEX ix_question_answer_question_id ON question_answer (question_id)

CREATE INDEX ix_received_file_oktmo ON received_file (oktmo)

CREATE INDEX ix_received_return_oktmo ON received_return (oktmo)

CREATE INDEX ix_received_return_quarter ON received_return (quarter)

CREATE INDEX ix_region_answer_oktmo ON region_answer (oktmo)

CREATE INDEX ix_region_call_oktmo ON region_call (oktmo)

CREATE INDEX ix_region_call_quarter ON region_call (quarter)

CREATE INDEX ix_region_digest_version ON region_digest (version)

CREATE INDEX ix_region_name_joint ON region_name (quarter, return_id, place, "key") WHERE joint > 0

CREATE INDEX ix_region_name_key ON region_name ("key", joint)

CREATE INDEX ix_region_name_name ON region_name (name)

CREATE INDEX ix_region_name_otherwise ON region_name (quarter) WHERE joint = 2

CREATE INDEX ix_region_plan_centre_id ON region_plan (centre_id)

CREATE INDEX ix_region_plan_year ON region_plan (year)

CREATE INDEX ix_reminder_about ON reminder (about_register, about_id)

CREATE INDEX ix_reminder_due_on ON reminder (due_on)

CREATE INDEX ix_request_ngo_id ON request (ngo_id)

CREATE INDEX ix_return_event_frozen_id ON return_event (frozen_id)

CREATE INDEX ix_return_text_quarter ON return_text (quarter)

CREATE INDEX ix_row_plan_year ON row_plan (year)

CREATE INDEX ix_saved_view_register ON saved_view (register)

CREATE INDEX ix_search_text_record_id ON search_text (record_id, place)

CREATE INDEX ix_service_account ON service (account)

CREATE INDEX ix_service_appeal_id ON service (appeal_id)

CREATE INDEX ix_service_centre_id ON service (centre_id)

CREATE INDEX ix_service_provided_on ON service (provided_on)

CREATE INDEX ix_service_recipient_ngo_id ON service_recipient (ngo_id)

CREATE INDEX ix_service_recipient_service_id ON service_recipient (service_id)

CREATE INDEX ix_settlement_territory_code ON settlement (territory_code)

CREATE INDEX ix_support_account ON support (account)

CREATE INDEX ix_support_appeal_id ON support (appeal_id)

CREATE INDEX ix_support_decision_on ON support (decision_on)

CREATE INDEX ix_support_document_support_id ON support_document (support_id)

CREATE INDEX ix_support_entry_account ON support (entry_account)

CREATE INDEX ix_support_form ON support (form)

CREATE INDEX ix_support_ngo_id ON support (ngo_id)

CREATE INDEX ix_support_terminates_id ON support (terminates_id)

CREATE INDEX ix_violation_support_id ON violation (support_id)

CREATE UNIQUE INDEX uq_ngo_active_ogrn_kpp ON ngo (ogrn, kpp) WHERE archived_on IS NULL AND ogrn IS NOT NULL

CREATE UNIQUE INDEX uq_person_active_name ON person (folded_name) WHERE archived_on IS NULL

CREATE UNIQUE INDEX uq_service_recipient_citizens ON service_recipient (service_id) WHERE ngo_id IS NULL

CREATE TRIGGER agreement_no_delete BEFORE DELETE ON agreement BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER agreement_no_insert BEFORE INSERT ON agreement WHEN EXISTS (SELECT 1 FROM agreement WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER agreement_no_update BEFORE UPDATE OF id, uuid ON agreement BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER appeal_no_delete BEFORE DELETE ON appeal BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER appeal_no_insert BEFORE INSERT ON appeal WHEN EXISTS (SELECT 1 FROM appeal WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER appeal_no_update BEFORE UPDATE OF id, uuid ON appeal BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch BEGIN SELECT RAISE(ABORT, 'journal is not cut'); END

CREATE TRIGGER batch_no_insert BEFORE INSERT ON batch WHEN EXISTS (SELECT 1 FROM batch WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'a batch keeps who and when'); END

CREATE TRIGGER batch_no_update BEFORE UPDATE ON batch WHEN NOT (NEW.id = OLD.id AND NEW.kind = OLD.kind AND NEW.at = OLD.at AND NEW.actor = OLD.actor AND NEW.account = OLD.account) BEGIN SELECT RAISE(ABORT, 'a batch keeps who and when'); END

CREATE TRIGGER calendar_entry_no_delete BEFORE DELETE ON calendar_entry BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER calendar_entry_no_insert BEFORE INSERT ON calendar_entry WHEN EXISTS (SELECT 1 FROM calendar_entry WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER calendar_entry_no_update BEFORE UPDATE OF id, uuid ON calendar_entry BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER centre_no_delete BEFORE DELETE ON centre BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER centre_no_insert BEFORE INSERT ON centre WHEN EXISTS (SELECT 1 FROM centre WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER centre_no_update BEFORE UPDATE OF id, uuid ON centre BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER consolidated_return_no_delete BEFORE DELETE ON consolidated_return BEGIN SELECT RAISE(ABORT, 'a frozen consolidated return is never deleted'); END

CREATE TRIGGER consolidated_return_no_insert BEFORE INSERT ON consolidated_return WHEN EXISTS (SELECT 1 FROM consolidated_return WHERE id = NEW.id OR quarter = NEW.quarter AND number = NEW.number) BEGIN SELECT RAISE(ABORT, 'a frozen consolidated return is never replaced'); END

CREATE TRIGGER consolidated_return_no_update BEFORE UPDATE ON consolidated_return BEGIN SELECT RAISE(ABORT, 'a frozen consolidated return is never changed'); END

CREATE TRIGGER document_blob_no_delete BEFORE DELETE ON document_blob BEGIN SELECT RAISE(ABORT, 'the file of a document is never deleted'); END

CREATE TRIGGER document_blob_no_insert BEFORE INSERT ON document_blob WHEN EXISTS (SELECT 1 FROM document_blob WHERE id = NEW.id OR sha256 = NEW.sha256) BEGIN SELECT RAISE(ABORT, 'the file of a document is never replaced'); END

CREATE TRIGGER document_blob_no_update BEFORE UPDATE ON document_blob WHEN NOT (NEW.id = OLD.id AND NEW.sha256 = OLD.sha256 AND NEW.size = OLD.size AND (NEW.content IS NULL OR OLD.content IS NULL)) BEGIN SELECT RAISE(ABORT, 'the bytes of a document may be erased, never changed'); END

CREATE TRIGGER document_no_delete BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER document_no_insert BEFORE INSERT ON document WHEN EXISTS (SELECT 1 FROM document WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER document_no_update BEFORE UPDATE OF id, uuid, register, record_id, name, size, sha256 ON document BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER erasure_act_no_delete BEFORE DELETE ON erasure_act BEGIN SELECT RAISE(ABORT, 'what was erased is never forgotten'); END

CREATE TRIGGER erasure_act_no_insert BEFORE INSERT ON erasure_act WHEN EXISTS (SELECT 1 FROM erasure_act WHERE id = NEW.id OR number = NEW.number) BEGIN SELECT RAISE(ABORT, 'what was erased is never replaced'); END

CREATE TRIGGER erasure_act_no_update BEFORE UPDATE ON erasure_act BEGIN SELECT RAISE(ABORT, 'what was erased is never changed'); END

CREATE TRIGGER erasure_no_delete BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'what was erased is never forgotten'); END

CREATE TRIGGER erasure_no_insert BEFORE INSERT ON erasure WHEN EXISTS (SELECT 1 FROM erasure WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'what was erased is never replaced'); END

CREATE TRIGGER erasure_no_update BEFORE UPDATE ON erasure BEGIN SELECT RAISE(ABORT, 'what was erased is never changed'); END

CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER event_no_insert BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER event_no_update BEFORE UPDATE OF id, uuid ON event BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER form_template_no_delete BEFORE DELETE ON form_template BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER form_template_no_insert BEFORE INSERT ON form_template WHEN EXISTS (SELECT 1 FROM form_template WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER form_template_no_update BEFORE UPDATE OF id, uuid ON form_template BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER frozen_return_no_delete BEFORE DELETE ON frozen_return BEGIN SELECT RAISE(ABORT, 'a frozen return is never deleted'); END

CREATE TRIGGER frozen_return_no_insert BEFORE INSERT ON frozen_return WHEN EXISTS (SELECT 1 FROM frozen_return WHERE id = NEW.id OR quarter = NEW.quarter AND correction = NEW.correction) BEGIN SELECT RAISE(ABORT, 'a frozen return is never replaced'); END

CREATE TRIGGER frozen_return_no_update BEFORE UPDATE ON frozen_return BEGIN SELECT RAISE(ABORT, 'a frozen return is never changed'); END

CREATE TRIGGER grant_application_no_delete BEFORE DELETE ON grant_application BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER grant_application_no_insert BEFORE INSERT ON grant_application WHEN EXISTS (SELECT 1 FROM grant_application WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER grant_application_no_update BEFORE UPDATE OF id, uuid ON grant_application BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER grant_contest_no_delete BEFORE DELETE ON grant_contest BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER grant_contest_no_insert BEFORE INSERT ON grant_contest WHEN EXISTS (SELECT 1 FROM grant_contest WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER grant_contest_no_update BEFORE UPDATE OF id, uuid ON grant_contest BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER issued_package_no_delete BEFORE DELETE ON issued_package BEGIN SELECT RAISE(ABORT, 'a package that was issued is never deleted'); END

CREATE TRIGGER issued_package_no_insert BEFORE INSERT ON issued_package WHEN EXISTS (SELECT 1 FROM issued_package WHERE id = NEW.id OR number = NEW.number OR sha256 = NEW.sha256) BEGIN SELECT RAISE(ABORT, 'a package that was issued is never replaced'); END

CREATE TRIGGER issued_package_no_update BEFORE UPDATE ON issued_package BEGIN SELECT RAISE(ABORT, 'a package that was issued is never changed'); END

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal is not cut'); END

CREATE TRIGGER journal_no_insert BEFORE INSERT ON journal WHEN EXISTS (SELECT 1 FROM journal WHERE id = NEW.id OR hash = NEW.hash) BEGIN SELECT RAISE(ABORT, 'journal is not rewritten'); END

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal is not rewritten'); END

CREATE TRIGGER journal_value_no_delete BEFORE DELETE ON journal_value BEGIN SELECT RAISE(ABORT, 'journal is not cut'); END

CREATE TRIGGER journal_value_no_insert BEFORE INSERT ON journal_value WHEN EXISTS (SELECT 1 FROM journal_value WHERE entry_id = NEW.entry_id AND field = NEW.field) BEGIN SELECT RAISE(ABORT, 'journal is not rewritten'); END

CREATE TRIGGER journal_value_no_update BEFORE UPDATE ON journal_value WHEN NOT (NEW.entry_id = OLD.entry_id AND NEW.field = OLD.field AND NEW.before_digest IS OLD.before_digest AND NEW.after_digest IS OLD.after_digest AND NEW.before IS NULL AND NEW.before_salt IS NULL AND NEW.after IS NULL AND NEW.after_salt IS NULL) BEGIN SELECT RAISE(ABORT, 'journal values may be erased, never changed'); END

CREATE TRIGGER need_no_delete BEFORE DELETE ON need BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER need_no_insert BEFORE INSERT ON need WHEN EXISTS (SELECT 1 FROM need WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER need_no_update BEFORE UPDATE OF id, uuid ON need BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER ngo_no_delete BEFORE DELETE ON ngo BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER ngo_no_insert BEFORE INSERT ON ngo WHEN EXISTS (SELECT 1 FROM ngo WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER ngo_no_update BEFORE UPDATE OF id, uuid ON ngo BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER offer_no_delete BEFORE DELETE ON offer BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER offer_no_insert BEFORE INSERT ON offer WHEN EXISTS (SELECT 1 FROM offer WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER offer_no_update BEFORE UPDATE OF id, uuid ON offer BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER package_no_delete BEFORE DELETE ON package BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER package_no_insert BEFORE INSERT ON package WHEN EXISTS (SELECT 1 FROM package WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER package_no_update BEFORE UPDATE OF id, uuid ON package BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER partner_no_delete BEFORE DELETE ON partner BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER partner_no_insert BEFORE INSERT ON partner WHEN EXISTS (SELECT 1 FROM partner WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER partner_no_update BEFORE UPDATE OF id, uuid ON partner BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER person_no_delete BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER person_no_insert BEFORE INSERT ON person WHEN EXISTS (SELECT 1 FROM person WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER person_no_update BEFORE UPDATE OF id, uuid ON person BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER personal_export_no_delete BEFORE DELETE ON personal_export BEGIN SELECT RAISE(ABORT, 'what left the file is never deleted'); END

CREATE TRIGGER personal_export_no_insert BEFORE INSERT ON personal_export WHEN EXISTS (SELECT 1 FROM personal_export WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'what left the file is never replaced'); END

CREATE TRIGGER personal_export_no_update BEFORE UPDATE ON personal_export BEGIN SELECT RAISE(ABORT, 'what left the file is never changed'); END

CREATE TRIGGER practice_no_delete BEFORE DELETE ON practice BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER practice_no_insert BEFORE INSERT ON practice WHEN EXISTS (SELECT 1 FROM practice WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER practice_no_update BEFORE UPDATE OF id, uuid ON practice BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER programme_no_delete BEFORE DELETE ON programme BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER programme_no_insert BEFORE INSERT ON programme WHEN EXISTS (SELECT 1 FROM programme WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER programme_no_update BEFORE UPDATE OF id, uuid ON programme BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER question_answer_no_delete BEFORE DELETE ON question_answer BEGIN SELECT RAISE(ABORT, 'an answer that came is never deleted'); END

CREATE TRIGGER question_answer_no_insert BEFORE INSERT ON question_answer WHEN EXISTS (SELECT 1 FROM question_answer WHERE id = NEW.id OR question_id = NEW.question_id AND sha256 = NEW.sha256) BEGIN SELECT RAISE(ABORT, 'an answer that came is never replaced'); END

CREATE TRIGGER question_answer_no_update BEFORE UPDATE ON question_answer BEGIN SELECT RAISE(ABORT, 'an answer that came is never changed'); END

CREATE TRIGGER question_no_delete BEFORE DELETE ON question BEGIN SELECT RAISE(ABORT, 'a question that was asked is never deleted'); END

CREATE TRIGGER question_no_insert BEFORE INSERT ON question WHEN EXISTS (SELECT 1 FROM question WHERE id = NEW.id OR number = NEW.number OR key = NEW.key) BEGIN SELECT RAISE(ABORT, 'a question that was asked is never replaced'); END

CREATE TRIGGER question_no_update BEFORE UPDATE ON question BEGIN SELECT RAISE(ABORT, 'a question that was asked is never changed'); END

CREATE TRIGGER received_file_no_delete BEFORE DELETE ON received_file BEGIN SELECT RAISE(ABORT, 'what was set aside is never deleted'); END

CREATE TRIGGER received_file_no_insert BEFORE INSERT ON received_file WHEN EXISTS (SELECT 1 FROM received_file WHERE id = NEW.id OR sha256 = NEW.sha256 AND result = NEW.result) BEGIN SELECT RAISE(ABORT, 'what was set aside is never replaced'); END

CREATE TRIGGER received_file_no_update BEFORE UPDATE ON received_file BEGIN SELECT RAISE(ABORT, 'what was set aside is never changed'); END

CREATE TRIGGER received_return_no_delete BEFORE DELETE ON received_return BEGIN SELECT RAISE(ABORT, 'a received return is never deleted'); END

CREATE TRIGGER received_return_no_insert BEFORE INSERT ON received_return WHEN EXISTS (SELECT 1 FROM received_return WHERE id = NEW.id OR sha256 = NEW.sha256 OR oktmo = NEW.oktmo AND quarter = NEW.quarter AND correction = NEW.correction) BEGIN SELECT RAISE(ABORT, 'a received return is never replaced'); END

CREATE TRIGGER received_return_no_update BEFORE UPDATE ON received_return BEGIN SELECT RAISE(ABORT, 'a received return is never changed'); END

CREATE TRIGGER region_answer_no_delete BEFORE DELETE ON region_answer BEGIN SELECT RAISE(ABORT, 'an answer that went out is never deleted'); END

CREATE TRIGGER region_answer_no_insert BEFORE INSERT ON region_answer WHEN EXISTS (SELECT 1 FROM region_answer WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'an answer that went out is never replaced'); END

CREATE TRIGGER region_answer_no_update BEFORE UPDATE ON region_answer BEGIN SELECT RAISE(ABORT, 'an answer that went out is never changed'); END

CREATE TRIGGER reminder_no_delete BEFORE DELETE ON reminder BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER reminder_no_insert BEFORE INSERT ON reminder WHEN EXISTS (SELECT 1 FROM reminder WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER reminder_no_update BEFORE UPDATE OF id, uuid ON reminder BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER request_no_delete BEFORE DELETE ON request BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER request_no_insert BEFORE INSERT ON request WHEN EXISTS (SELECT 1 FROM request WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER request_no_update BEFORE UPDATE OF id, uuid ON request BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER return_event_no_delete BEFORE DELETE ON return_event BEGIN SELECT RAISE(ABORT, 'what happened to a return is never deleted'); END

CREATE TRIGGER return_event_no_insert BEFORE INSERT ON return_event WHEN EXISTS (SELECT 1 FROM return_event WHERE id = NEW.id OR annuls_id = NEW.annuls_id) BEGIN SELECT RAISE(ABORT, 'what happened to a return is never replaced'); END

CREATE TRIGGER return_event_no_update BEFORE UPDATE ON return_event BEGIN SELECT RAISE(ABORT, 'what happened to a return is never changed'); END

CREATE TRIGGER saved_view_no_delete BEFORE DELETE ON saved_view BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER saved_view_no_insert BEFORE INSERT ON saved_view WHEN EXISTS (SELECT 1 FROM saved_view WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER saved_view_no_update BEFORE UPDATE OF id, uuid ON saved_view BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER search_text_anew AFTER UPDATE ON search_text BEGIN INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', OLD.place, OLD.words); INSERT INTO search_index (rowid, words) VALUES (NEW.place, NEW.words); END

CREATE TRIGGER search_text_in AFTER INSERT ON search_text BEGIN INSERT INTO search_index (rowid, words) VALUES (NEW.place, NEW.words); END

CREATE TRIGGER search_text_out AFTER DELETE ON search_text BEGIN INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', OLD.place, OLD.words); END

CREATE TRIGGER service_no_delete BEFORE DELETE ON service BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER service_no_insert BEFORE INSERT ON service WHEN EXISTS (SELECT 1 FROM service WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER service_no_update BEFORE UPDATE OF id, uuid ON service BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER support_no_delete BEFORE DELETE ON support BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER support_no_insert BEFORE INSERT ON support WHEN EXISTS (SELECT 1 FROM support WHERE id = NEW.id OR uuid = NEW.uuid) BEGIN SELECT RAISE(ABORT, 'records are archived, never replaced'); END

CREATE TRIGGER support_no_update BEFORE UPDATE OF id, uuid ON support BEGIN SELECT RAISE(ABORT, 'a record keeps its key'); END

CREATE TRIGGER template_file_no_delete BEFORE DELETE ON template_file BEGIN SELECT RAISE(ABORT, 'the file of a template is never deleted'); END

CREATE TRIGGER template_file_no_insert BEFORE INSERT ON template_file WHEN EXISTS (SELECT 1 FROM template_file WHERE id = NEW.id OR sha256 = NEW.sha256) BEGIN SELECT RAISE(ABORT, 'the file of a template is never replaced'); END

CREATE TRIGGER template_file_no_update BEFORE UPDATE ON template_file BEGIN SELECT RAISE(ABORT, 'the file of a template is never changed'); END
