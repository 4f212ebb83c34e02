//! Whether somebody was stopped since they did the first half of what takes two. A thief's first half does not come to life again
//! under the name of whoever is let in again.

use chrono::{DateTime, Utc};
use shared::staff::StaffId;
use sqlx::AnyConnection;

use crate::database::{DatabaseError, sql::sql};

/// The condition that since an instant the account of a person was closed or set up anew, all its sessions were ended or one by
/// another, or its password or authenticator was changed.
macro_rules! stopped {
    ($person:literal, $since:literal) => {
        concat!(
            "exists (select 1 from audit e where e.stream = 'staff:' || ",
            $person,
            " and e.at >= ",
            $since,
            " and (e.act in ('account_suspended', 'account_reset', 'account_set_up', 'password_changed', \
             'authenticator_changed') or (e.act = 'session_ended' and (e.detail like '%\"session\":null%' \
             or e.detail like '%\"other\":true%'))))"
        )
    };
}

pub(crate) use stopped;

/// Whether that is so of one of them.
pub(crate) async fn is_stopped(
    connection: &mut AnyConnection,
    (person, since): (&StaffId, DateTime<Utc>),
) -> Result<bool, DatabaseError> {
    const STOPPED: &str = concat!("select 1 as one where ", stopped!("$1", "$2"));
    let values = [person.as_str().into(), since.into()];
    Ok(sql(STOPPED, values).fetch_optional(connection).await?.is_some())
}
