"""The hot statements as PostgreSQL carries them out for many rows at once, a column an array.

A row at a time costs the server a start and a stop of its executor; that is most of what a small
insert costs. Rows are written in the order they are given. What may be wanted by two programs at
once and is not inserted (people) stays a row at a time: an update chooses an order of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.storage import statements as sql

BULK: Mapping[str, str] = {
    sql.ADD_SEEN: (
        "INSERT INTO seen (event, at) SELECT * FROM unnest($1::bytea[], $2::bigint[]) "
        "ON CONFLICT (event) DO NOTHING"
    ),
    sql.ADD_RECORD: (
        "INSERT INTO records (id, person_id, kind, at, replaces, body) SELECT * FROM unnest("
        "$1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bytea[])"
    ),
    sql.ADD_OUTGOING: (
        "INSERT INTO outbox (id, person_id, platform, lane, day, at, body) SELECT * FROM unnest("
        "$1::bigint[], $2::bigint[], $3::text[], $4::smallint[], $5::text[], $6::bigint[], "
        "$7::bytea[])"
    ),
    sql.SENT: "DELETE FROM outbox WHERE id = ANY($1::bigint[])",
    sql.SET_SHOWN: (
        "INSERT INTO shown (place, key, person_id, day, at, ref) "
        "SELECT v.place, v.key, v.person_id, v.day, v.at, v.ref FROM unnest($1::bytea[], "
        "$2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bytea[], $7::bigint[]) "
        "AS v (place, key, person_id, day, at, ref, owner) "
        "WHERE EXISTS (SELECT 1 FROM people WHERE id = v.owner) "
        "ON CONFLICT (place, key) DO UPDATE SET day = excluded.day, at = excluded.at, "
        "ref = excluded.ref"
    ),
}
"""What to issue instead of a statement of `statements`, the values of each mark as an array."""
