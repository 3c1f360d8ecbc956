"""Rows of the return counted again in plain SQL over the tables, by somebody who never read the build.

Parameters of every statement: :q the quarter's code, :first the first quarter kept of its year,
:day its last day, :year its year.
"""

from __future__ import annotations

ON_RECORD = """
    EXISTS (SELECT 1 FROM ngo_interval i WHERE i.ngo_id = n.id AND i.taken_account <= :q
            AND (i.removed_account IS NULL OR i.removed_account > :q))
    AND n.archived_on IS NULL
"""
LEGAL = "n.kind = 'legal' AND (n.legal_account IS NULL OR n.legal_account <= :q)"
STATUS = """
    COALESCE((SELECT s.status FROM ngo_status s WHERE s.ngo_id = n.id AND s.account <= :q AND s.since <= :day
              ORDER BY s.since DESC LIMIT 1), 'unverified')
"""


def _ngos(condition: str) -> str:
    return f"SELECT count(*) FROM ngo n WHERE {ON_RECORD} AND {condition}"


def _marked(mark: str) -> str:
    return _ngos(f"""{LEGAL} AND EXISTS (
        SELECT 1 FROM ngo_mark k WHERE k.ngo_id = n.id AND k.mark = '{mark}' AND k.account <= :q AND k.since <= :day
        AND (k.valid_to IS NULL OR k.valid_to >= :day OR k.end_account > :q))""")


def _form(row: str) -> str:
    of_row = f"COALESCE((SELECT f.row FROM legal_form f WHERE f.code = n.okopf), '116') = '{row}'"
    return _ngos(f"{LEGAL} AND {of_row}")


def _people(column: str) -> str:
    return f"""
        SELECT COALESCE(sum((SELECT y.{column} FROM ngo_year y
            WHERE y.ngo_id = n.id AND y.account <= :q AND y.year <= :year AND y.{column} IS NOT NULL
            ORDER BY y.year DESC LIMIT 1)), 0)
        FROM ngo n WHERE {ON_RECORD}"""


STOCKS = {
    "101": _ngos("1"),
    "102": _marked("sonko"),
    "103": _marked("iopu"),
    "104": _marked("federal_register"),
    "105": _marked("social_provider"),
    "106": _ngos(f"NOT ({LEGAL})"),
    "107": _ngos(f"{STATUS} = 'active'"),
    "108": _ngos(f"{STATUS} IN ('inactive', 'liquidating')"),
    "119": _ngos(f"{STATUS} = 'unverified'"),
    **{row: _form(row) for row in ("111", "112", "113", "114", "115", "116")},
    "117": _people("staff"),
    "118": _people("volunteers"),
    "212.5": """
        SELECT COALESCE(sum(s.area), 0) / 100.0 FROM support s
        WHERE s.form = '212' AND s.terminates_id IS NULL AND s.archived_on IS NULL
        AND (s.before_records OR s.account <= :q) AND (s.starts_on IS NULL OR s.starts_on <= :day)
        AND (s.ends_on IS NULL OR s.ends_on >= :day)
        AND NOT EXISTS (SELECT 1 FROM support t WHERE t.terminates_id = s.id AND t.archived_on IS NULL
                        AND t.account <= :q AND t.decision_on <= :day)""",
}

# Key of a recipient today: the ОГРН of the card that stands for it, else the card itself.
STANDING = """(WITH RECURSIVE up(id, into_id) AS (
        SELECT n.id, n.merged_into_id
        UNION ALL SELECT w.id, w.merged_into_id FROM ngo w JOIN up ON w.id = up.into_id)
    SELECT id FROM up WHERE into_id IS NULL)"""
KEY = f"(SELECT COALESCE(k.ogrn, k.uuid) FROM ngo k WHERE k.id = {STANDING})"
COUNTED = "s.archived_on IS NULL AND s.terminates_id IS NULL AND NOT s.before_records"


def _recipients(condition: str) -> str:
    """The keys of those who got support; the set, so that opening keys can join it."""
    return f"""SELECT DISTINCT {KEY} FROM support s JOIN ngo n ON n.id = s.ngo_id
               WHERE {COUNTED} AND {condition} AND s.account BETWEEN :first AND :q"""


FORMS = ("211", "212", "213", "214", "215", "216", "217", "218")
SETS = {
    "210": _recipients("1"),
    **{f"{form}.1": _recipients(f"s.form = '{form}'") for form in FORMS},
    "302": f"""SELECT DISTINCT {KEY} FROM service s JOIN service_recipient r ON r.service_id = s.id
               JOIN ngo n ON n.id = r.ngo_id
               WHERE s.archived_on IS NULL AND NOT s.before_records AND s.account BETWEEN :first AND :q""",
    "303": """SELECT DISTINCT COALESCE(c.ogrn, c.uuid) FROM service s JOIN centre c ON c.id = s.centre_id
              WHERE s.archived_on IS NULL AND NOT s.before_records AND s.account BETWEEN :first AND :q""",
}


def _support(value: str, form: str) -> str:
    return f"""SELECT COALESCE(sum({value}), 0) FROM support s
               WHERE {COUNTED} AND s.form = '{form}' AND s.account BETWEEN :first AND :q"""


SUMS = {
    "109": """SELECT count(*) FROM ngo_interval i JOIN ngo n ON n.id = i.ngo_id WHERE n.archived_on IS NULL
              AND NOT i.before_records AND i.taken_account BETWEEN :first AND :q""",
    "110": """SELECT count(*) FROM ngo_interval i JOIN ngo n ON n.id = i.ngo_id WHERE n.archived_on IS NULL
              AND i.removed_account BETWEEN :first AND :q""",
    "211.2": _support("1", "211"),
    "211.3": _support("s.amount / 100.0", "211"),
    "211.4": _support("s.local / 100.0", "211"),
    "211.5": _support("s.oblast / 100.0", "211"),
    "211.6": _support("s.federal / 100.0", "211"),
    "211.7": _support("s.other / 100.0", "211"),
    "212.2": _support("1", "212"),
    "212.3": _support("s.objects", "212"),
    "212.4": _support("s.area / 100.0", "212"),
    "212.6": _support("s.amount / 100.0", "212"),
    "213.2": _support("s.publications", "213"),
    "214.2": _support("s.consultations", "214"),
    "214.3": _support("s.hours / 100.0", "214"),
    "215.3": _support("1", "215"),
    "215.4": _support("s.people", "215"),
    "216.2": _support("s.amount / 100.0", "216"),
    "217.2": _support("CASE WHEN s.cases > 0 THEN s.cases ELSE 1 END", "217"),
    "217.3": _support("s.amount / 100.0", "217"),
    "218.2": _support("CASE WHEN s.cases > 0 THEN s.cases ELSE 1 END", "218"),
    # An event counts once, in the earliest period of account of its records.
    "215.2": f"""SELECT (SELECT count(*) FROM (SELECT min(s.account) a FROM support s WHERE {COUNTED}
                   AND s.form = '215' AND s.event_id IS NOT NULL GROUP BY s.event_id) WHERE a BETWEEN :first AND :q)
                 + (SELECT count(*) FROM support s WHERE {COUNTED} AND s.form = '215' AND s.event_id IS NULL
                    AND s.account BETWEEN :first AND :q)""",
    "215.5": f"""SELECT (SELECT COALESCE(sum(h), 0) FROM (SELECT min(s.account) a, max(e.hours) / 100.0 h FROM support s
                   JOIN event e ON e.id = s.event_id WHERE {COUNTED} AND s.form = '215' GROUP BY s.event_id)
                   WHERE a BETWEEN :first AND :q)
                 + (SELECT COALESCE(sum(s.hours), 0) / 100.0 FROM support s WHERE {COUNTED} AND s.form = '215'
                    AND s.event_id IS NULL AND s.account BETWEEN :first AND :q)""",
    "301": """SELECT count(*) FROM service s WHERE s.archived_on IS NULL AND NOT s.before_records
              AND s.account BETWEEN :first AND :q""",
    "304": """SELECT count(*) FROM (SELECT min(s.account) a FROM service s JOIN service_recipient r
                ON r.service_id = s.id WHERE s.archived_on IS NULL AND NOT s.before_records
                AND s.result = 'registered' AND r.ngo_id IS NOT NULL GROUP BY r.ngo_id)
              WHERE a BETWEEN :first AND :q""",
}
STOCKS["305"] = f"""
    SELECT count(*) FROM ngo n WHERE NOT ({LEGAL}) AND 'registering' = (
        SELECT s.result FROM service s JOIN service_recipient r ON r.service_id = s.id
        WHERE r.ngo_id = n.id AND s.service_code = 'К1' AND s.archived_on IS NULL
        AND (s.before_records OR s.account <= :q) ORDER BY s.provided_on DESC, s.id DESC LIMIT 1)"""

OF = "d.archived_on IS NULL AND d.category_code = :category"
OPEN_AT_START = f"""{OF} AND (d.before_records OR d.account < :q)
    AND (d.closed_account IS NULL OR d.closed_account >= :q)"""
OPEN_AT_END = f"""{OF} AND (d.before_records OR d.account <= :q)
    AND (d.closed_account IS NULL OR d.closed_account > :q)"""


def _needs(condition: str) -> str:
    return f"SELECT count(*) FROM need d WHERE {condition}"


NEEDS_STOCKS = {
    "start": _needs(OPEN_AT_START),
    "end": _needs(OPEN_AT_END),
    "high": _needs(f"{OPEN_AT_END} AND d.priority = 'high'"),
    "over_90": _needs(f"{OPEN_AT_END} AND julianday(:day) - julianday(d.opened_on) > 90"),
    "unserved": f"""
        SELECT ({_needs(OPEN_AT_END)}) > 0 AND NOT EXISTS (
            SELECT 1 FROM service s JOIN need_category_service m ON m.service_code = s.service_code
            WHERE m.category_code = :category AND s.archived_on IS NULL AND NOT s.before_records AND s.account = :q)""",
}
NEEDS_SUMS = {
    "opened": _needs(f"{OF} AND NOT d.before_records AND d.account BETWEEN :first AND :q"),
    **{
        column: _needs(f"{OF} AND d.status = '{column}' AND d.closed_account BETWEEN :first AND :q")
        for column in ("closed_centre", "closed_other", "withdrawn")
    },
}
NEEDS_NGOS = f"""
    SELECT count(DISTINCT {KEY}) FROM need d JOIN ngo n ON n.id = d.ngo_id
    WHERE ({OPEN_AT_START}) OR ({OF} AND NOT d.before_records AND d.account = :q)"""
# Of the year: open when its first kept quarter began, or told in it since.
NEEDS_NGOS_OF_THE_YEAR = f"""
    SELECT DISTINCT {KEY} FROM need d JOIN ngo n ON n.id = d.ngo_id
    WHERE ({OPEN_AT_START.replace(":q", ":first")}) OR ({OF} AND NOT d.before_records
           AND d.account BETWEEN :first AND :q)"""
