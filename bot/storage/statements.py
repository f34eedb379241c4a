"""The plain SQL of the hot path, all in one place so that a test can hold it to the schema."""

LOAD_SEEN = "SELECT event FROM seen WHERE event IN ({marks})"
LOAD_PEOPLE = (
    "SELECT a.hash, p.id, p.wrapped_key, p.state, p.version FROM accounts AS a "
    "JOIN people AS p ON p.id = a.person_id WHERE a.hash IN ({marks})"
)
LOAD_FACTS = (
    "SELECT r.id, r.kind, r.body, r.at, r.replaces FROM records AS r "
    "WHERE r.person_id = ? AND r.kind = ? AND NOT EXISTS ("
    "SELECT 1 FROM records AS c WHERE c.person_id = r.person_id AND c.replaces = r.id "
    "AND c.replaces <> 0) ORDER BY r.at DESC, r.id DESC LIMIT ?"
)
LOAD_ALL_FACTS = (
    "SELECT r.id, r.kind, r.body, r.at, r.replaces FROM records AS r "
    "WHERE r.person_id = ? AND r.kind = ? ORDER BY r.at DESC, r.id DESC LIMIT ?"
)
LOAD_EVERY_FACT = (
    "SELECT id, kind, body, at, replaces FROM records WHERE person_id = ? ORDER BY at DESC, id DESC"
)
COUNT_FACTS = (
    "SELECT r.kind, COUNT(*) FROM records AS r WHERE r.person_id = ? AND NOT EXISTS ("
    "SELECT 1 FROM records AS c WHERE c.person_id = r.person_id AND c.replaces = r.id "
    "AND c.replaces <> 0) GROUP BY r.kind"
)
LOAD_REMINDERS = "SELECT id, kind, due FROM reminders WHERE person_id = ? ORDER BY due, id"

ADD_SEEN = "INSERT INTO seen (event, at) VALUES (?, ?) ON CONFLICT (event) DO NOTHING"
ADD_PERSON = (
    "INSERT INTO people (id, wrapped_key, state, version, expires_at) VALUES (?, ?, ?, 1, ?)"
)
ADD_ACCOUNT = "INSERT INTO accounts (hash, person_id) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING"
SET_PERSON = (
    "UPDATE people SET state = ?, version = version + 1, expires_at = ? "
    "WHERE id = ? AND version = ?"
)
ADD_RECORD = (
    "INSERT INTO records (id, person_id, kind, at, replaces, body) VALUES (?, ?, ?, ?, ?, ?)"
)
ADD_OUTGOING = (
    "INSERT INTO outbox (id, person_id, platform, lane, day, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
ADD_REMINDER = (
    "INSERT INTO reminders (id, person_id, kind, due) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (person_id, kind, due) DO NOTHING"
)
UNREMIND = "DELETE FROM reminders WHERE person_id = ? AND kind = ?"
FORGET_KIND = "DELETE FROM records WHERE person_id = ? AND kind = ?"
FORGET_FACT = (
    "WITH RECURSIVE chain (id) AS (SELECT CAST(? AS BIGINT) UNION ALL "
    "SELECT r.replaces FROM records AS r JOIN chain ON r.id = chain.id WHERE r.replaces <> 0) "
    "DELETE FROM records WHERE person_id = ? AND id IN (SELECT id FROM chain)"
)
FORGET_PERSON = "DELETE FROM people WHERE id = ?"

LOAD_OUTBOX = (
    "SELECT id, person_id, platform, lane, day, body FROM outbox WHERE at < ? ORDER BY seq"
)
SENT = "DELETE FROM outbox WHERE id = ?"
SET_SHOWN = (
    "INSERT INTO shown (place, key, person_id, day, at, ref) SELECT ?, ?, ?, ?, ?, ? "
    "WHERE EXISTS (SELECT 1 FROM people WHERE id = ?) "
    "ON CONFLICT (place, key) DO UPDATE SET day = excluded.day, at = excluded.at, "
    "ref = excluded.ref"
)
GET_SHOWN = "SELECT day, ref FROM shown WHERE place = ? AND key = ?"

NEWEST_DAY_KEY = "SELECT day, wrapped_key FROM day_keys ORDER BY day DESC LIMIT 1"
LOAD_DAY_KEY = "SELECT wrapped_key FROM day_keys WHERE day = ?"
ADD_DAY_KEY = "INSERT INTO day_keys (day, wrapped_key) VALUES (?, ?) ON CONFLICT (day) DO NOTHING"
ADD_QUARANTINE = (
    "INSERT INTO quarantine (event, at, kind, why) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (event) DO NOTHING"
)

DROP_SEEN = "DELETE FROM seen WHERE at < ?"
DROP_EXPIRED = "DELETE FROM people WHERE expires_at < ?"
DROP_REMINDERS = "DELETE FROM reminders WHERE due < ?"
DROP_OUTBOX = "DELETE FROM outbox WHERE at < ?"
DROP_SHOWN = "DELETE FROM shown WHERE at < ?"
DROP_QUARANTINE = "DELETE FROM quarantine WHERE at < ?"
DROP_DAY_KEYS = "DELETE FROM day_keys WHERE day < ?"
