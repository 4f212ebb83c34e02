//! What staff bring to the house.

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use shared::staff::Refusal;

use super::{account, budget, confirmed, device, ended, passkey, session, unused};
use crate::api::staff;
use crate::app::App;
use crate::audit::Stream;
use crate::domain::Domain;
use crate::error::Error;
use crate::keys::reseal::Sealed;

/// The row of staff.
pub const DOMAIN: Domain = Domain {
    tables: &[
        "staff",
        "staff_account",
        "staff_invitation",
        "staff_recovery_code",
        "staff_session",
        "staff_device",
        "sign_in_budget",
        "staff_role",
        "role_proposal",
        "staff_passkey",
        "staff_challenge",
        "staff_stopped",
    ],
    routes: staff::routes,
    problems: Refusal::examples,
    sealed: &[
        Sealed {
            column: ("staff", "person"),
            list: "select id, person as sealed from staff where id > $1 order by id limit $2",
            store: "update staff set person = $1 where id = $2 and person = $3",
            context: account::person_context,
        },
        Sealed {
            column: ("staff_account", "totp_secret"),
            list: "select name as id, totp_secret as sealed from staff_account \
                 where totp_secret is not null and name > $1 order by name limit $2",
            store: "update staff_account set totp_secret = $1 where name = $2 and totp_secret = $3",
            context: account::secret_context,
        },
        Sealed {
            column: ("staff_invitation", "totp_secret"),
            list: "select account as id, totp_secret as sealed from staff_invitation \
                 where account > $1 order by account limit $2",
            store: "update staff_invitation set totp_secret = $1 where account = $2 and totp_secret = $3",
            context: account::secret_context,
        },
        Sealed {
            column: ("staff_passkey", "sealed"),
            list: "select id, sealed from staff_passkey where id > $1 order by id limit $2",
            store: "update staff_passkey set sealed = $1 where id = $2 and sealed = $3",
            context: passkey::key_context,
        },
        Sealed {
            column: ("staff_challenge", "sealed"),
            list: "select id, sealed from staff_challenge where id > $1 order by id limit $2",
            store: "update staff_challenge set sealed = $1 where id = $2 and sealed = $3",
            context: passkey::challenge_context,
        },
    ],
    streams: &[Stream { heads: "select 'staff:' || id as stream, audit_length, audit_head from staff", compare: None }],
    jobs: &[forget, suspend_unused, end_suspensions, erase_ended],
    ..Domain::named("staff")
};

/// Removes what only counted for a while.
fn forget(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move {
        app.database().write_with(now, session::forget).await?;
        app.database().write_with(now, device::forget).await?;
        app.database().write_with(now, passkey::forget).await?;
        app.database().write_with(now, budget::forget).await
    })
}

fn end_suspensions(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(confirmed::lapse(app, now))
}

fn erase_ended(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(ended::erase(app, now))
}

fn suspend_unused(app: &App, now: DateTime<Utc>) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(unused::suspend(app, now))
}
