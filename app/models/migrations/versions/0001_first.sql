CREATE TABLE activity (
	code VARCHAR(8) NOT NULL,
	title VARCHAR NOT NULL,
	origin VARCHAR NOT NULL,
	valid_from DATE,
	valid_to DATE,
	CONSTRAINT pk_activity PRIMARY KEY (code),
	CONSTRAINT ck_activity_origin CHECK (origin IN ('federal', 'oblast', 'municipal'))
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
	CONSTRAINT ck_agreement_early_end CHECK (ended_early_on IS NULL OR ended_early_on >= starts_on),
	CONSTRAINT ck_agreement_promised CHECK (promised >= 0),
	CONSTRAINT fk_agreement_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) ON DELETE RESTRICT,
	CONSTRAINT uq_agreement_uuid UNIQUE (uuid)
)

CREATE TABLE agreement_party (
	agreement_id INTEGER NOT NULL,
	ngo_id INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_agreement_party_agreement_id_ngo_id UNIQUE (agreement_id, ngo_id),
	CONSTRAINT fk_agreement_party_agreement_id FOREIGN KEY(agreement_id) REFERENCES agreement (id) ON DELETE RESTRICT,
	CONSTRAINT fk_agreement_party_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT
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
	CONSTRAINT fk_batch_undone_by_id FOREIGN KEY(undone_by_id) REFERENCES batch (id) ON DELETE RESTRICT
)

CREATE TABLE calendar_day (
	day DATE NOT NULL,
	working BOOLEAN NOT NULL,
	note VARCHAR NOT NULL,
	CONSTRAINT pk_calendar_day PRIMARY KEY (day)
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
	CONSTRAINT fk_centre_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT uq_centre_uuid UNIQUE (uuid)
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
	CONSTRAINT fk_centre_agreement_centre_id FOREIGN KEY(centre_id) REFERENCES centre (id) ON DELETE RESTRICT
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
	CONSTRAINT ck_centre_plan_volume CHECK (volume >= 0),
	CONSTRAINT fk_centre_plan_centre_id FOREIGN KEY(centre_id) REFERENCES centre (id) ON DELETE RESTRICT,
	CONSTRAINT fk_centre_plan_territory_code FOREIGN KEY(territory_code) REFERENCES territory (code) ON DELETE RESTRICT,
	CONSTRAINT fk_centre_plan_service_code FOREIGN KEY(service_code) REFERENCES service_code (code) ON DELETE RESTRICT
)

CREATE TABLE contact (
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
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT fk_contact_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT
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
	CONSTRAINT fk_contribution_agreement_id FOREIGN KEY(agreement_id) REFERENCES agreement (id) ON DELETE RESTRICT
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
	CONSTRAINT uq_event_uuid UNIQUE (uuid)
)

CREATE TABLE explanation (
	quarter VARCHAR(7) NOT NULL,
	check_code VARCHAR(8) NOT NULL,
	cell VARCHAR(64) NOT NULL,
	text VARCHAR NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_explanation_quarter_check_code_cell UNIQUE (quarter, check_code, cell)
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
	CONSTRAINT uq_form_template_uuid UNIQUE (uuid)
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
	CONSTRAINT fk_frozen_return_oktmo FOREIGN KEY(oktmo) REFERENCES territory (code) ON DELETE RESTRICT
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
	CONSTRAINT ck_grant_application_decision CHECK (decision IS NULL OR decision IN ('supported', 'refused')),
	CONSTRAINT ck_grant_application_decision_on CHECK ((decision IS NULL) = (decision_on IS NULL)),
	CONSTRAINT ck_grant_application_decision_account CHECK ((decision_on IS NULL) = (decision_account IS NULL)),
	CONSTRAINT ck_grant_application_report_account CHECK ((reported_on IS NULL) = (report_account IS NULL)),
	CONSTRAINT fk_grant_application_contest_id FOREIGN KEY(contest_id) REFERENCES grant_contest (id) ON DELETE RESTRICT,
	CONSTRAINT fk_grant_application_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT uq_grant_application_uuid UNIQUE (uuid)
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
	CONSTRAINT ck_grant_contest_limits CHECK (grant_limit > 0 AND total_limit > 0),
	CONSTRAINT uq_grant_contest_uuid UNIQUE (uuid)
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
	CONSTRAINT uq_journal_hash UNIQUE (hash)
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
	CONSTRAINT fk_journal_value_entry_id FOREIGN KEY(entry_id) REFERENCES journal (id) ON DELETE RESTRICT
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
	CONSTRAINT ck_legal_form_row CHECK ("row" IN ('111','112','113','114','115','116'))
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
	CONSTRAINT fk_need_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT fk_need_category_code FOREIGN KEY(category_code) REFERENCES need_category (code) ON DELETE RESTRICT,
	CONSTRAINT fk_need_reopens_id FOREIGN KEY(reopens_id) REFERENCES need (id) ON DELETE RESTRICT,
	CONSTRAINT uq_need_uuid UNIQUE (uuid)
)

CREATE TABLE need_category (
	code VARCHAR(16) NOT NULL,
	title VARCHAR NOT NULL,
	sort INTEGER NOT NULL,
	valid_from DATE,
	valid_to DATE,
	CONSTRAINT pk_need_category PRIMARY KEY (code)
)

CREATE TABLE need_category_service (
	category_code VARCHAR(16) NOT NULL,
	service_code VARCHAR(8) NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT fk_need_category_service_category_code FOREIGN KEY(category_code) REFERENCES need_category (code) ON DELETE RESTRICT,
	CONSTRAINT fk_need_category_service_service_code FOREIGN KEY(service_code) REFERENCES service_code (code) ON DELETE RESTRICT
)

CREATE TABLE need_code (
	need_id INTEGER NOT NULL,
	service_code VARCHAR(8) NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_need_code_need_id_service_code UNIQUE (need_id, service_code),
	CONSTRAINT fk_need_code_need_id FOREIGN KEY(need_id) REFERENCES need (id) ON DELETE RESTRICT,
	CONSTRAINT fk_need_code_service_code FOREIGN KEY(service_code) REFERENCES service_code (code) ON DELETE RESTRICT
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
	CONSTRAINT fk_need_service_service_id FOREIGN KEY(service_id) REFERENCES service (id) ON DELETE RESTRICT
)

CREATE TABLE ngo (
	kind VARCHAR(5) NOT NULL,
	name VARCHAR NOT NULL,
	short_name VARCHAR NOT NULL,
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
	CONSTRAINT fk_ngo_okopf FOREIGN KEY(okopf) REFERENCES legal_form (code) ON DELETE RESTRICT,
	CONSTRAINT fk_ngo_settlement_id FOREIGN KEY(settlement_id) REFERENCES settlement (id) ON DELETE RESTRICT,
	CONSTRAINT fk_ngo_head_id FOREIGN KEY(head_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT fk_ngo_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT uq_ngo_uuid UNIQUE (uuid)
)

CREATE TABLE ngo_activity (
	ngo_id INTEGER NOT NULL,
	activity_code VARCHAR(8) NOT NULL,
	account VARCHAR(7) NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_ngo_activity_ngo_id_activity_code UNIQUE (ngo_id, activity_code),
	CONSTRAINT fk_ngo_activity_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT fk_ngo_activity_activity_code FOREIGN KEY(activity_code) REFERENCES activity (code) ON DELETE RESTRICT
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
	CONSTRAINT fk_ngo_interval_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT
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
	CONSTRAINT fk_ngo_mark_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT
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
	CONSTRAINT fk_ngo_status_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT
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
	CONSTRAINT fk_ngo_year_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT
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
	CONSTRAINT fk_offer_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) ON DELETE RESTRICT,
	CONSTRAINT uq_offer_uuid UNIQUE (uuid)
)

CREATE TABLE opening_figure (
	quarter VARCHAR(7) NOT NULL,
	cell VARCHAR(64) NOT NULL,
	value BIGINT NOT NULL,
	bare BOOLEAN NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_opening_figure_quarter_cell UNIQUE (quarter, cell)
)

CREATE TABLE opening_key (
	quarter VARCHAR(7) NOT NULL,
	cell VARCHAR(64) NOT NULL,
	"key" VARCHAR(64) NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_opening_key_quarter_cell_key UNIQUE (quarter, cell, "key")
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
	CONSTRAINT uq_partner_uuid UNIQUE (uuid)
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
	CONSTRAINT fk_practice_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT fk_practice_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) ON DELETE RESTRICT,
	CONSTRAINT uq_practice_uuid UNIQUE (uuid)
)

CREATE TABLE practice_state (
	practice_id INTEGER NOT NULL,
	state VARCHAR NOT NULL,
	reached_on DATE NOT NULL,
	account VARCHAR(7) NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_practice_state_practice_id_state UNIQUE (practice_id, state),
	CONSTRAINT ck_practice_state_state CHECK (state IN ('presented', 'checked', 'recommended', 'spread')),
	CONSTRAINT fk_practice_state_practice_id FOREIGN KEY(practice_id) REFERENCES practice (id) ON DELETE RESTRICT
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
	CONSTRAINT uq_programme_uuid UNIQUE (uuid)
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
	CONSTRAINT fk_programme_execution_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id) ON DELETE RESTRICT
)

CREATE TABLE programme_year (
	programme_id INTEGER NOT NULL,
	year INTEGER NOT NULL,
	planned BIGINT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_programme_year_programme_id_year UNIQUE (programme_id, year),
	CONSTRAINT ck_programme_year_planned CHECK (planned >= 0),
	CONSTRAINT fk_programme_year_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id) ON DELETE RESTRICT
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
	CONSTRAINT uq_request_uuid UNIQUE (uuid)
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
	CONSTRAINT fk_return_event_annuls_id FOREIGN KEY(annuls_id) REFERENCES return_event (id) ON DELETE RESTRICT
)

CREATE TABLE return_text (
	quarter VARCHAR(7) NOT NULL,
	cell VARCHAR(64) NOT NULL,
	text VARCHAR NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_return_text_quarter_cell UNIQUE (quarter, cell)
)

CREATE TABLE row_plan (
	year INTEGER NOT NULL,
	code VARCHAR(16) NOT NULL,
	value BIGINT NOT NULL,
	act_no VARCHAR NOT NULL,
	act_on DATE NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_row_plan_year_code_act_on UNIQUE (year, code, act_on)
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
	id INTEGER NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	archived_on DATE,
	archive_reason VARCHAR,
	CONSTRAINT pk_service PRIMARY KEY (id),
	CONSTRAINT ck_service_volumes CHECK (quantity >= 0 AND hours >= 0 AND people >= 0 AND result_amount >= 0),
	CONSTRAINT ck_service_result CHECK (result IS NULL OR result IN ('registered', 'registering', 'applied', 'supported')),
	CONSTRAINT fk_service_centre_id FOREIGN KEY(centre_id) REFERENCES centre (id) ON DELETE RESTRICT,
	CONSTRAINT fk_service_service_code FOREIGN KEY(service_code) REFERENCES service_code (code) ON DELETE RESTRICT,
	CONSTRAINT uq_service_uuid UNIQUE (uuid)
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
	CONSTRAINT pk_service_code PRIMARY KEY (code)
)

CREATE TABLE service_recipient (
	service_id INTEGER NOT NULL,
	ngo_id INTEGER,
	first_time BOOLEAN NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_service_recipient_service_id_ngo_id UNIQUE (service_id, ngo_id),
	CONSTRAINT fk_service_recipient_service_id FOREIGN KEY(service_id) REFERENCES service (id) ON DELETE RESTRICT,
	CONSTRAINT fk_service_recipient_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT
)

CREATE TABLE setting (
	"key" VARCHAR NOT NULL,
	value VARCHAR NOT NULL,
	CONSTRAINT pk_setting PRIMARY KEY ("key")
)

CREATE TABLE settlement (
	oktmo VARCHAR(8) NOT NULL,
	name VARCHAR NOT NULL,
	territory_code VARCHAR(8) NOT NULL,
	valid_from DATE,
	valid_to DATE,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_settlement_oktmo UNIQUE (oktmo),
	CONSTRAINT fk_settlement_territory_code FOREIGN KEY(territory_code) REFERENCES territory (code) ON DELETE RESTRICT
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
	CONSTRAINT ck_support_termination CHECK (terminates_id IS NULL OR amount = 0),
	CONSTRAINT ck_support_entry CHECK ((entry_no IS NULL) = (entered_on IS NULL)),
	CONSTRAINT ck_support_entry_account CHECK ((entered_on IS NULL) = (entry_account IS NULL)),
	CONSTRAINT fk_support_ngo_id FOREIGN KEY(ngo_id) REFERENCES ngo (id) ON DELETE RESTRICT,
	CONSTRAINT fk_support_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id) ON DELETE RESTRICT,
	CONSTRAINT fk_support_application_id FOREIGN KEY(application_id) REFERENCES grant_application (id) ON DELETE RESTRICT,
	CONSTRAINT fk_support_event_id FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE RESTRICT,
	CONSTRAINT fk_support_terminates_id FOREIGN KEY(terminates_id) REFERENCES support (id) ON DELETE RESTRICT,
	CONSTRAINT uq_support_entry_no UNIQUE (entry_no),
	CONSTRAINT uq_support_uuid UNIQUE (uuid)
)

CREATE TABLE template_file (
	id INTEGER NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT pk_template_file PRIMARY KEY (id),
	CONSTRAINT ck_template_file_sha256 CHECK (length(sha256) = 64),
	CONSTRAINT uq_template_file_sha256 UNIQUE (sha256)
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
	CONSTRAINT fk_territory_successor_code FOREIGN KEY(successor_code) REFERENCES territory (code) ON DELETE RESTRICT
)

CREATE TABLE unit (
	id INTEGER NOT NULL,
	administration VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
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
	CONSTRAINT ck_unit_single CHECK (id = 1)
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
	CONSTRAINT ck_violation_returned CHECK (returned >= 0),
	CONSTRAINT ck_violation_returned_account CHECK ((returned_on IS NULL) = (returned_account IS NULL)),
	CONSTRAINT fk_violation_support_id FOREIGN KEY(support_id) REFERENCES support (id) ON DELETE RESTRICT
)

CREATE INDEX ix_agreement_account ON agreement (account)

CREATE INDEX ix_agreement_end_account ON agreement (end_account)

CREATE INDEX ix_agreement_partner_id ON agreement (partner_id)

CREATE INDEX ix_agreement_party_agreement_id ON agreement_party (agreement_id)

CREATE INDEX ix_agreement_party_ngo_id ON agreement_party (ngo_id)

CREATE INDEX ix_centre_agreement_centre_id ON centre_agreement (centre_id)

CREATE INDEX ix_centre_plan_centre_id ON centre_plan (centre_id)

CREATE INDEX ix_contact_ngo_id ON contact (ngo_id)

CREATE INDEX ix_contribution_account ON contribution (account)

CREATE INDEX ix_contribution_agreement_id ON contribution (agreement_id)

CREATE INDEX ix_event_account ON event (account)

CREATE INDEX ix_explanation_quarter ON explanation (quarter)

CREATE INDEX ix_form_template_file_id ON form_template (file_id)

CREATE INDEX ix_frozen_return_quarter ON frozen_return (quarter)

CREATE INDEX ix_grant_application_account ON grant_application (account)

CREATE INDEX ix_grant_application_contest_id ON grant_application (contest_id)

CREATE INDEX ix_grant_application_ngo_id ON grant_application (ngo_id)

CREATE INDEX ix_journal_batch_id ON journal (batch_id)

CREATE INDEX ix_journal_owner_id ON journal (owner_id)

CREATE INDEX ix_journal_record ON journal (table_name, record_id)

CREATE INDEX ix_need_account ON need (account)

CREATE INDEX ix_need_category_code ON need (category_code)

CREATE INDEX ix_need_category_service_category_code ON need_category_service (category_code)

CREATE INDEX ix_need_closed_account ON need (closed_account)

CREATE INDEX ix_need_code_need_id ON need_code (need_id)

CREATE INDEX ix_need_ngo_id ON need (ngo_id)

CREATE INDEX ix_need_service_need_id ON need_service (need_id)

CREATE INDEX ix_need_service_service_id ON need_service (service_id)

CREATE INDEX ix_ngo_activity_ngo_id ON ngo_activity (ngo_id)

CREATE INDEX ix_ngo_folded ON ngo (folded)

CREATE INDEX ix_ngo_folded_name ON ngo (folded_name)

CREATE INDEX ix_ngo_head_id ON ngo (head_id)

CREATE INDEX ix_ngo_inn ON ngo (inn)

CREATE INDEX ix_ngo_interval_ngo_id ON ngo_interval (ngo_id)

CREATE INDEX ix_ngo_mark_ngo_id ON ngo_mark (ngo_id)

CREATE INDEX ix_ngo_ogrn ON ngo (ogrn)

CREATE INDEX ix_ngo_status_ngo_id ON ngo_status (ngo_id)

CREATE INDEX ix_ngo_year_ngo_id ON ngo_year (ngo_id)

CREATE INDEX ix_offer_partner_id ON offer (partner_id)

CREATE INDEX ix_opening_figure_quarter ON opening_figure (quarter)

CREATE INDEX ix_opening_key_quarter ON opening_key (quarter)

CREATE INDEX ix_practice_ngo_id ON practice (ngo_id)

CREATE INDEX ix_practice_state_practice_id ON practice_state (practice_id)

CREATE INDEX ix_programme_execution_account ON programme_execution (account)

CREATE INDEX ix_programme_execution_programme_id ON programme_execution (programme_id)

CREATE INDEX ix_programme_year_programme_id ON programme_year (programme_id)

CREATE INDEX ix_request_ngo_id ON request (ngo_id)

CREATE INDEX ix_return_event_frozen_id ON return_event (frozen_id)

CREATE INDEX ix_return_text_quarter ON return_text (quarter)

CREATE INDEX ix_row_plan_year ON row_plan (year)

CREATE INDEX ix_service_account ON service (account)

CREATE INDEX ix_service_centre_id ON service (centre_id)

CREATE INDEX ix_service_provided_on ON service (provided_on)

CREATE INDEX ix_service_recipient_ngo_id ON service_recipient (ngo_id)

CREATE INDEX ix_service_recipient_service_id ON service_recipient (service_id)

CREATE INDEX ix_settlement_territory_code ON settlement (territory_code)

CREATE INDEX ix_support_account ON support (account)

CREATE INDEX ix_support_decision_on ON support (decision_on)

CREATE INDEX ix_support_entry_account ON support (entry_account)

CREATE INDEX ix_support_form ON support (form)

CREATE INDEX ix_support_ngo_id ON support (ngo_id)

CREATE INDEX ix_support_terminates_id ON support (terminates_id)

CREATE INDEX ix_violation_support_id ON violation (support_id)

CREATE UNIQUE INDEX uq_ngo_active_ogrn_kpp ON ngo (ogrn, kpp) WHERE archived_on IS NULL AND ogrn IS NOT NULL

CREATE TRIGGER agreement_no_delete BEFORE DELETE ON agreement BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch BEGIN SELECT RAISE(ABORT, 'journal is not cut'); END

CREATE TRIGGER batch_no_update BEFORE UPDATE ON batch WHEN NOT (NEW.id = OLD.id AND NEW.kind = OLD.kind AND NEW.at = OLD.at AND NEW.actor = OLD.actor AND NEW.account = OLD.account) BEGIN SELECT RAISE(ABORT, 'a batch keeps who and when'); END

CREATE TRIGGER centre_no_delete BEFORE DELETE ON centre BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER form_template_no_delete BEFORE DELETE ON form_template BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER frozen_return_no_delete BEFORE DELETE ON frozen_return BEGIN SELECT RAISE(ABORT, 'a frozen return is never deleted'); END

CREATE TRIGGER frozen_return_no_update BEFORE UPDATE ON frozen_return BEGIN SELECT RAISE(ABORT, 'a frozen return is never changed'); END

CREATE TRIGGER grant_application_no_delete BEFORE DELETE ON grant_application BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER grant_contest_no_delete BEFORE DELETE ON grant_contest BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal is not cut'); END

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal is not rewritten'); END

CREATE TRIGGER journal_value_no_delete BEFORE DELETE ON journal_value BEGIN SELECT RAISE(ABORT, 'journal is not cut'); END

CREATE TRIGGER journal_value_no_update BEFORE UPDATE ON journal_value WHEN NOT (NEW.entry_id = OLD.entry_id AND NEW.field = OLD.field AND NEW.before_digest IS OLD.before_digest AND NEW.after_digest IS OLD.after_digest AND NEW.before IS NULL AND NEW.before_salt IS NULL AND NEW.after IS NULL AND NEW.after_salt IS NULL) BEGIN SELECT RAISE(ABORT, 'journal values may be erased, never changed'); END

CREATE TRIGGER need_no_delete BEFORE DELETE ON need BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER ngo_no_delete BEFORE DELETE ON ngo BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER offer_no_delete BEFORE DELETE ON offer BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER partner_no_delete BEFORE DELETE ON partner BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER practice_no_delete BEFORE DELETE ON practice BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER programme_no_delete BEFORE DELETE ON programme BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER request_no_delete BEFORE DELETE ON request BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER return_event_no_delete BEFORE DELETE ON return_event BEGIN SELECT RAISE(ABORT, 'what happened to a return is never deleted'); END

CREATE TRIGGER return_event_no_update BEFORE UPDATE ON return_event BEGIN SELECT RAISE(ABORT, 'what happened to a return is never changed'); END

CREATE TRIGGER service_no_delete BEFORE DELETE ON service BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER support_no_delete BEFORE DELETE ON support BEGIN SELECT RAISE(ABORT, 'records are archived, never deleted'); END

CREATE TRIGGER template_file_no_delete BEFORE DELETE ON template_file BEGIN SELECT RAISE(ABORT, 'the file of a template is never deleted'); END

CREATE TRIGGER template_file_no_update BEFORE UPDATE ON template_file BEGIN SELECT RAISE(ABORT, 'the file of a template is never changed'); END
