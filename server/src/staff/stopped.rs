//! Whether somebody was stopped since they did the first half of what takes two. A thief's first half does not come to life again
//! under the name of whoever is let in again.
//!
//! Which came first, the half or the stop, says the place of the stop in the record of the person: a half keeps how long that
//! record was when it was written ([`super::standing`]). Clocks say nothing of it: a stop is of the instant at which somebody
//! pressed, and is written later, and a clock may have been set back in between.

use shared::staff::StaffId;
use sqlx::AnyConnection;

use crate::database::{DatabaseError, sql::sql};

/// The condition that after so many events of a person's record their account was closed or set up anew, all its sessions were
/// ended or one by another, or its password or authenticator was changed. What a program wrote that did not count them yet is
/// void, once anything of the kind ever happened.
macro_rules! stopped {
    ($person:literal, $after:literal) => {
        concat!(
            "exists (select 1 from audit e where e.stream = 'staff:' || ",
            $person,
            " and e.sequence > coalesce(",
            $after,
            ", 0) and (e.act in ('account_suspended', 'account_reset', 'account_set_up', 'password_changed', \
             'authenticator_changed') or (e.act = 'session_ended' and (e.detail like '%\"session\":null%' \
             or e.detail like '%\"other\":true%'))))"
        )
    };
}

pub(crate) use stopped;

/// Whether that is so of one of them.
pub(crate) async fn is_stopped(
    connection: &mut AnyConnection,
    (person, after): (&StaffId, Option<i64>),
) -> Result<bool, DatabaseError> {
    const STOPPED: &str = concat!("select 1 as one where ", stopped!("$1", "cast($2 as bigint)"));
    let values = [person.as_str().into(), after.into()];
    Ok(sql(STOPPED, values).fetch_optional(connection).await?.is_some())
}
