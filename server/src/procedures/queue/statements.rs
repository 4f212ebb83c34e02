//! What each queue asks of the database. Each has an index of its own that says the same (migrations `case_queues` and
//! `case_messages`), so that the first page costs the same of ten thousand cases and of a million; a test looks at how an embedded
//! database answers them.

use crate::procedures::store::columns;

/// Nobody has decided it, and nobody took it back.
macro_rules! open {
    () => {
        "c.state not in ('decided', 'closed', 'withdrawn')"
    };
}

/// Whether another case that is open or was granted names the same where one is granted. Of those that no other ever named the
/// same as, nothing is looked for. That the join too speaks of `c` keeps PostgreSQL from looking for the rivals of all cases first.
macro_rules! has_rival {
    () => {
        "c.contested = 1 and exists (select 1 from procedure_once o join procedure_once r on r.value_index = o.value_index \
         and r.field = o.field and r.procedure = o.procedure and r.case_id <> c.id join procedure_case d on d.id = r.case_id \
         where o.case_id = c.id and (r.granted = 1 or d.state not in ('decided', 'closed', 'withdrawn')))"
    };
}

/// `$3` is whoever looks.
macro_rules! mine {
    () => {
        concat!("c.assigned_to = $3 and ", open!())
    };
}

macro_rules! unassigned {
    () => {
        concat!("c.assigned_to is null and ", open!())
    };
}

/// Until a day.
macro_rules! near_deadline {
    ($day:literal) => {
        concat!("c.due_on is not null and c.due_on <= ", $day)
    };
}

macro_rules! waiting_on_family {
    () => {
        "c.state = 'supplementing'"
    };
}

/// `$3` is whoever looks.
macro_rules! second_signature {
    () => {
        "c.state = 'proposed' and c.proposed_by <> $3 and (c.filed_by is null or c.filed_by <> $3)"
    };
}

macro_rules! rivals {
    () => {
        concat!(open!(), " and ", has_rival!())
    };
}

macro_rules! family_wrote {
    () => {
        "c.written_at is not null"
    };
}

macro_rules! not_reached {
    () => {
        "c.unreached_at is not null"
    };
}

/// A page of cases, with its size as `$1` and the rows before it as `$2`.
macro_rules! rows {
    ([$($which:tt)+] by $order:literal) => {
        concat!(
            "select ",
            columns!(),
            ", case when ",
            has_rival!(),
            " then 1 else 0 end as has_rival from procedure_case c where ",
            $($which)+,
            " order by ",
            $order,
            " limit $1 offset $2"
        )
    };
}

/// How many there are, counted until `$1`.
macro_rules! count {
    ([$($which:tt)+] as $name:literal) => {
        concat!("(select count(*) from (select 1 from procedure_case c where ", $($which)+, " limit $1) l) as ", $name)
    };
}

pub(super) const MINE: &str = rows!([mine!()] by "coalesce(c.due_on, '9999-12-31'), c.submitted_at, c.id");
pub(super) const UNASSIGNED: &str = rows!([unassigned!()] by "c.submitted_at, c.id");
/// Until the day `$3`.
pub(super) const NEAR_DEADLINE: &str = rows!([near_deadline!("$3")] by "c.due_on, c.submitted_at, c.id");
pub(super) const WAITING_ON_FAMILY: &str = rows!([waiting_on_family!()] by "c.asked_at, c.id");
pub(super) const SECOND_SIGNATURE: &str = rows!([second_signature!()] by "c.lapses_at, c.id");
pub(super) const RIVALS: &str = rows!([rivals!()] by "c.submitted_at, c.id");
pub(super) const FAMILY_WROTE: &str = rows!([family_wrote!()] by "c.written_at, c.id");
pub(super) const NOT_REACHED: &str = rows!([not_reached!()] by "c.unreached_at, c.id");
pub(super) const ALL: &str = rows!(["1 = 1"] by "c.submitted_at desc, c.id desc");

/// How many are in each queue but in that of all, by its name. Near is until the day `$2`.
pub(super) const COUNTS: &str = concat!(
    "select ",
    count!([mine!()] as "mine"),
    ", ",
    count!([unassigned!()] as "unassigned"),
    ", ",
    count!([near_deadline!("$2")] as "near_deadline"),
    ", ",
    count!([waiting_on_family!()] as "waiting_on_family"),
    ", ",
    count!([second_signature!()] as "second_signature"),
    ", ",
    count!([rivals!()] as "rivals"),
    ", ",
    count!([family_wrote!()] as "family_wrote"),
    ", ",
    count!([not_reached!()] as "not_reached")
);

#[cfg(test)]
mod tests {
    use sqlx::AssertSqlSafe;

    use super::*;
    use crate::database::{Database, sql::text};

    async fn plan(database: &Database, statement: &str) -> Vec<String> {
        let asked = AssertSqlSafe(format!("explain query plan {statement}"));
        let rows = sqlx::query(asked).fetch_all(&mut *database.read().await.unwrap()).await.unwrap();
        rows.iter().map(|row| text(row, "detail").unwrap()).collect()
    }

    #[tokio::test]
    async fn every_queue_is_read_from_the_front_of_its_own_index_and_nothing_is_sorted() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("huimin.sqlite").display());
        let database = Database::open(&url).await.unwrap();
        let all = [
            "case_of_staff",
            "case_of_nobody",
            "case_due",
            "case_waits",
            "case_to_sign",
            "case_rivals",
            "case_written",
            "case_unreached",
        ];
        for (statement, indexes) in [
            (MINE, &all[0..1]),
            (UNASSIGNED, &all[1..2]),
            (NEAR_DEADLINE, &all[2..3]),
            (WAITING_ON_FAMILY, &all[3..4]),
            (SECOND_SIGNATURE, &all[4..5]),
            (RIVALS, &all[5..6]),
            (FAMILY_WROTE, &all[6..7]),
            (NOT_REACHED, &all[7..8]),
            (ALL, &["case_by_day"][..]),
            (COUNTS, &all[..]),
        ] {
            let plan = plan(&database, statement).await;
            // Of the cases that are asked for; those that rivals are looked up among have another name.
            let read: Vec<_> = plan.iter().filter(|step| step.split(' ').nth(1) == Some("c")).collect();
            assert_eq!(read.len(), indexes.len(), "{statement}\n{plan:#?}");
            for (step, index) in read.iter().zip(indexes) {
                assert!(step.contains(&format!(" INDEX {index}")), "{statement}\n{plan:#?}");
            }
            for name in ["o", "r", "d"] {
                assert!(!plan.iter().any(|step| step.starts_with(&format!("SCAN {name}"))), "{statement}\n{plan:#?}");
            }
            assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{statement}\n{plan:#?}");
        }
    }
}
