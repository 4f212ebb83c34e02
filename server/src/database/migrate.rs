//! The schema's history, one folder per database; a test keeps the two equal.
//!
//! A migration that has been released is never changed: what comes after expands first and contracts a release later,
//! so that servers of the old and the new version can share a database while they are replaced.

use sqlx::{
    AnyConnection, AnyPool, SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

use super::{
    Backend, DatabaseError,
    sql::{bytes, int, sql},
};

/// Number, name, and the text for SQLite and for PostgreSQL.
const MIGRATIONS: [(i64, &str, &str, &str); 50] = [
    (
        1,
        "ground",
        include_str!("../../migrations/sqlite/1_ground.sql"),
        include_str!("../../migrations/postgres/1_ground.sql"),
    ),
    (
        2,
        "places",
        include_str!("../../migrations/sqlite/2_places.sql"),
        include_str!("../../migrations/postgres/2_places.sql"),
    ),
    (
        3,
        "appointments",
        include_str!("../../migrations/sqlite/3_appointments.sql"),
        include_str!("../../migrations/postgres/3_appointments.sql"),
    ),
    (
        4,
        "marriage",
        include_str!("../../migrations/sqlite/4_marriage.sql"),
        include_str!("../../migrations/postgres/4_marriage.sql"),
    ),
    (
        5,
        "promises",
        include_str!("../../migrations/sqlite/5_promises.sql"),
        include_str!("../../migrations/postgres/5_promises.sql"),
    ),
    (
        6,
        "operations",
        include_str!("../../migrations/sqlite/6_operations.sql"),
        include_str!("../../migrations/postgres/6_operations.sql"),
    ),
    (
        7,
        "codes",
        include_str!("../../migrations/sqlite/7_codes.sql"),
        include_str!("../../migrations/postgres/7_codes.sql"),
    ),
    (
        8,
        "people",
        include_str!("../../migrations/sqlite/8_people.sql"),
        include_str!("../../migrations/postgres/8_people.sql"),
    ),
    (
        9,
        "clock",
        include_str!("../../migrations/sqlite/9_clock.sql"),
        include_str!("../../migrations/postgres/9_clock.sql"),
    ),
    (
        10,
        "staff",
        include_str!("../../migrations/sqlite/10_staff.sql"),
        include_str!("../../migrations/postgres/10_staff.sql"),
    ),
    (
        11,
        "counter",
        include_str!("../../migrations/sqlite/11_counter.sql"),
        include_str!("../../migrations/postgres/11_counter.sql"),
    ),
    (
        12,
        "screens",
        include_str!("../../migrations/sqlite/12_screens.sql"),
        include_str!("../../migrations/postgres/12_screens.sql"),
    ),
    (
        13,
        "people",
        include_str!("../../migrations/sqlite/13_people.sql"),
        include_str!("../../migrations/postgres/13_people.sql"),
    ),
    (
        14,
        "looks",
        include_str!("../../migrations/sqlite/14_looks.sql"),
        include_str!("../../migrations/postgres/14_looks.sql"),
    ),
    (
        15,
        "notices",
        include_str!("../../migrations/sqlite/15_notices.sql"),
        include_str!("../../migrations/postgres/15_notices.sql"),
    ),
    (
        16,
        "passkeys",
        include_str!("../../migrations/sqlite/16_passkeys.sql"),
        include_str!("../../migrations/postgres/16_passkeys.sql"),
    ),
    (
        17,
        "untold",
        include_str!("../../migrations/sqlite/17_untold.sql"),
        include_str!("../../migrations/postgres/17_untold.sql"),
    ),
    (
        18,
        "second_person",
        include_str!("../../migrations/sqlite/18_second_person.sql"),
        include_str!("../../migrations/postgres/18_second_person.sql"),
    ),
    (
        19,
        "hall",
        include_str!("../../migrations/sqlite/19_hall.sql"),
        include_str!("../../migrations/postgres/19_hall.sql"),
    ),
    (
        20,
        "more",
        include_str!("../../migrations/sqlite/20_more.sql"),
        include_str!("../../migrations/postgres/20_more.sql"),
    ),
    (
        21,
        "managing",
        include_str!("../../migrations/sqlite/21_managing.sql"),
        include_str!("../../migrations/postgres/21_managing.sql"),
    ),
    (
        22,
        "priority",
        include_str!("../../migrations/sqlite/22_priority.sql"),
        include_str!("../../migrations/postgres/22_priority.sql"),
    ),
    (
        23,
        "releases",
        include_str!("../../migrations/sqlite/23_releases.sql"),
        include_str!("../../migrations/postgres/23_releases.sql"),
    ),
    (
        24,
        "seen",
        include_str!("../../migrations/sqlite/24_seen.sql"),
        include_str!("../../migrations/postgres/24_seen.sql"),
    ),
    (
        25,
        "looks",
        include_str!("../../migrations/sqlite/25_looks.sql"),
        include_str!("../../migrations/postgres/25_looks.sql"),
    ),
    (
        26,
        "door",
        include_str!("../../migrations/sqlite/26_door.sql"),
        include_str!("../../migrations/postgres/26_door.sql"),
    ),
    (
        27,
        "withheld",
        include_str!("../../migrations/sqlite/27_withheld.sql"),
        include_str!("../../migrations/postgres/27_withheld.sql"),
    ),
    (
        28,
        "tie",
        include_str!("../../migrations/sqlite/28_tie.sql"),
        include_str!("../../migrations/postgres/28_tie.sql"),
    ),
    (
        29,
        "place_change",
        include_str!("../../migrations/sqlite/29_place_change.sql"),
        include_str!("../../migrations/postgres/29_place_change.sql"),
    ),
    (
        30,
        "for_people",
        include_str!("../../migrations/sqlite/30_for_people.sql"),
        include_str!("../../migrations/postgres/30_for_people.sql"),
    ),
    (
        31,
        "account_acts",
        include_str!("../../migrations/sqlite/31_account_acts.sql"),
        include_str!("../../migrations/postgres/31_account_acts.sql"),
    ),
    (
        32,
        "directory",
        include_str!("../../migrations/sqlite/32_directory.sql"),
        include_str!("../../migrations/postgres/32_directory.sql"),
    ),
    (
        33,
        "report",
        include_str!("../../migrations/sqlite/33_report.sql"),
        include_str!("../../migrations/postgres/33_report.sql"),
    ),
    (
        36,
        "account_not_confirmed",
        include_str!("../../migrations/sqlite/36_account_not_confirmed.sql"),
        include_str!("../../migrations/postgres/36_account_not_confirmed.sql"),
    ),
    (
        37,
        "stopped_by_order",
        include_str!("../../migrations/sqlite/37_stopped_by_order.sql"),
        include_str!("../../migrations/postgres/37_stopped_by_order.sql"),
    ),
    (
        38,
        "withheld_found",
        include_str!("../../migrations/sqlite/38_withheld_found.sql"),
        include_str!("../../migrations/postgres/38_withheld_found.sql"),
    ),
    (
        39,
        "ended",
        include_str!("../../migrations/sqlite/39_ended.sql"),
        include_str!("../../migrations/postgres/39_ended.sql"),
    ),
    (
        40,
        "booked_for_people",
        include_str!("../../migrations/sqlite/40_booked_for_people.sql"),
        include_str!("../../migrations/postgres/40_booked_for_people.sql"),
    ),
    (
        41,
        "procedures",
        include_str!("../../migrations/sqlite/41_procedures.sql"),
        include_str!("../../migrations/postgres/41_procedures.sql"),
    ),
    (
        42,
        "from_paper",
        include_str!("../../migrations/sqlite/42_from_paper.sql"),
        include_str!("../../migrations/postgres/42_from_paper.sql"),
    ),
    (
        43,
        "files",
        include_str!("../../migrations/sqlite/43_files.sql"),
        include_str!("../../migrations/postgres/43_files.sql"),
    ),
    (
        44,
        "ratings",
        include_str!("../../migrations/sqlite/44_ratings.sql"),
        include_str!("../../migrations/postgres/44_ratings.sql"),
    ),
    (
        45,
        "case_hands",
        include_str!("../../migrations/sqlite/45_case_hands.sql"),
        include_str!("../../migrations/postgres/45_case_hands.sql"),
    ),
    (
        46,
        "case_queues",
        include_str!("../../migrations/sqlite/46_case_queues.sql"),
        include_str!("../../migrations/postgres/46_case_queues.sql"),
    ),
    (
        47,
        "case_messages",
        include_str!("../../migrations/sqlite/47_case_messages.sql"),
        include_str!("../../migrations/postgres/47_case_messages.sql"),
    ),
    (
        48,
        "case_apart",
        include_str!("../../migrations/sqlite/48_case_apart.sql"),
        include_str!("../../migrations/postgres/48_case_apart.sql"),
    ),
    (
        49,
        "case_seen",
        include_str!("../../migrations/sqlite/49_case_seen.sql"),
        include_str!("../../migrations/postgres/49_case_seen.sql"),
    ),
    (
        50,
        "case_alerts",
        include_str!("../../migrations/sqlite/50_case_alerts.sql"),
        include_str!("../../migrations/postgres/50_case_alerts.sql"),
    ),
    (
        51,
        "file_limits",
        include_str!("../../migrations/sqlite/51_file_limits.sql"),
        include_str!("../../migrations/postgres/51_file_limits.sql"),
    ),
    (
        52,
        "case_signers",
        include_str!("../../migrations/sqlite/52_case_signers.sql"),
        include_str!("../../migrations/postgres/52_case_signers.sql"),
    ),
];

/// What an embedded database is, by its tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Nothing,
    Ours,
    Others,
}

/// Whose tables these are; nothing is written.
pub async fn holds(connection: &mut AnyConnection) -> Result<Holds, DatabaseError> {
    let statement = "select count(case when name = '_sqlx_migrations' then 1 end) as history, count(*) as tables \
         from sqlite_schema where type = 'table' and name not like 'sqlite%'";
    let tables = sql(statement, []).fetch_one(&mut *connection).await?;
    let (history, tables) = (int(&tables, "history")?, int(&tables, "tables")?);
    if tables == history {
        // Also where the first start ended before its first migration.
        return Ok(Holds::Nothing);
    }
    if history == 0 {
        return Ok(Holds::Others);
    }
    let statement = "select checksum from _sqlx_migrations where version = $1";
    let first = migrator(Backend::Sqlite).migrations[0].clone();
    let known = sql(statement, [first.version.into()]).fetch_optional(connection).await?;
    let ours = known.map(|row| bytes(&row, "checksum")).transpose()?.is_some_and(|known| known == *first.checksum);
    Ok(if ours { Holds::Ours } else { Holds::Others })
}

/// Brings the schema up to date; safe when several processes start at once.
///
/// A database that a newer version has expanded already is left as it is, so that old and new servers run side by side.
pub async fn run(pool: &AnyPool, backend: Backend) -> Result<(), DatabaseError> {
    migrator(backend).run(pool).await.map_err(|error| DatabaseError::Other(error.into()))
}

/// The whole history for one kind of database.
pub fn migrator(backend: Backend) -> Migrator {
    let migrations = MIGRATIONS.map(|(version, name, sqlite, postgres)| {
        let text = match backend {
            Backend::Sqlite => sqlite,
            Backend::Postgres => postgres,
        };
        Migration::new(version, name.into(), MigrationType::Simple, text.into_sql_str(), false)
    });
    let mut migrator = Migrator::with_migrations(migrations.into());
    migrator.set_ignore_missing(true);
    migrator
}
