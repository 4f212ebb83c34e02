//! Six-digit codes that prove a phone is at hand. A code belongs to the browser that asked for it, so that whoever else
//! knows the phone can neither replace it, nor use its tries up, nor hold the next one back.

pub mod asker;
pub mod purpose;
mod sending;
mod trying;

pub use asker::Asker;
pub use purpose::{Family, Purpose};
pub use sending::{Recent, Sending, Standing, send, standing};
pub use trying::{TypedCode, confirm, try_code, try_code_again};

use chrono::{DateTime, TimeDelta, Utc};
use shared::identity::Phone;
use sqlx::AnyConnection;

use crate::app::App;
use crate::database::sql::sql;
use crate::error::Error;

/// How long a code can be used.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// How soon an asker may have another sent to the same phone.
pub const RESEND: TimeDelta = TimeDelta::seconds(60);
/// Tries for one code: so many for its asker, and as many for everybody else together.
const ATTEMPTS: i64 = 5;

/// The blind index under which a phone is found.
pub fn phone_index(app: &App, phone: &Phone) -> String {
    app.keys().blind_index("phone", phone.as_str())
}

/// Removes codes that ran out a day ago; until then their count of tries stands.
pub async fn forget(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    let day_ago = *now - TimeDelta::days(1);
    // The second table is that of servers of the version before.
    for statement in ["delete from asked_code where expires_at <= $1", "delete from phone_code where expires_at <= $1"]
    {
        sql(statement, [day_ago.into()]).execute(&mut *connection).await?;
    }
    Ok(())
}
