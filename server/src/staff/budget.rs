//! Tries that are paid for with time: so many at once, then one each time a price has passed, never none for ever.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use shared::staff::{Refusal, StaffId};
use sqlx::AnyConnection;

use crate::database::sql::{instant, sql};
use crate::error::Error;
use crate::keys::Keys;
use crate::limits::Network;

/// What tries cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Price {
    burst: i32,
    each: TimeDelta,
}

/// Passwords for one account from all browsers that are not known: in any hour ten at most.
pub(super) const PASSWORDS_OF_ACCOUNT: Price = Price { burst: 4, each: TimeDelta::minutes(10) };
/// Passwords from one network for all accounts, from browsers that are not known: a whole hall may be one.
pub(super) const PASSWORDS_OF_NETWORK: Price = Price { burst: 60, each: TimeDelta::seconds(10) };
/// Passwords for one account from one browser that it was signed in with before: in any hour ten at most.
pub(super) const PASSWORDS_OF_DEVICE: Price = Price { burst: 5, each: TimeDelta::minutes(12) };
/// Wrong codes after a right password, from browsers that are not known: whoever gets there has the password.
pub(super) const CODES_OF_ACCOUNT: Price = Price { burst: 3, each: TimeDelta::minutes(30) };
/// Wrong codes after a right password, from one browser that is known.
pub(super) const CODES_OF_DEVICE: Price = Price { burst: 5, each: TimeDelta::minutes(5) };

/// Documents by which one person of the staff looks for a booking: in any hour ten at most, since each tells whether somebody
/// is about to marry.
pub(super) const DOCUMENTS: Price = Price { burst: 5, each: TimeDelta::minutes(12) };

/// Times that the same refusal to the same person is put on record.
pub(super) const REFUSALS: Price = Price { burst: 1, each: TimeDelta::minutes(1) };
/// Documents and phones by which one person of the staff looks for somebody in their own hall, where most of whom they look
/// for stand before them.
const SEARCHES: Price = Price { burst: 40, each: TimeDelta::minutes(1) };
/// Tickets that one kiosk gives out: whoever stands there reads before they press, and a queue has no use for more.
const TICKETS: Price = Price { burst: 6, each: TimeDelta::seconds(20) };
/// Tickets that one of the staff takes for whoever stands before them: those who wait at the door when it opens, and one a minute
/// after.
const TICKETS_OF_CLERK: Price = Price { burst: 40, each: TimeDelta::minutes(1) };

/// Wrong codes after a right password, of one who is let in on a machine that is not known.
const CODES_OF_LET_IN: Price = Price { burst: 3, each: TimeDelta::minutes(30) };
/// Times that one person is let in on a new machine, by whomever.
const LETTINGS_IN: Price = Price { burst: 3, each: TimeDelta::minutes(20) };

/// Times that one administrator ends all sessions of another, or of an auditor.
const ENDINGS_OF_OVERSEERS: Price = Price { burst: 1, each: TimeDelta::hours(1) };
/// Times that one administrator ends all sessions of one other person.
const ENDINGS: Price = Price { burst: 3, each: TimeDelta::minutes(20) };

/// Accounts that one administrator closes, or leaves without a role: in any hour five at most.
const SUSPENSIONS: Price = Price { burst: 5, each: TimeDelta::hours(1) };

/// Codes that a demonstration gives away for one account: one for each step of time that is taken at once.
pub(super) const DEMO_CODES: Price = Price { burst: 3, each: TimeDelta::seconds(30) };

/// Whose tries are counted, and at which price; the names of accounts are not kept, since there need be no such account.
#[derive(Clone, Debug)]
pub(crate) struct Purse {
    subject: String,
    price: Price,
}

impl Purse {
    pub(super) fn passwords_of_account(keys: &Keys, account: &str) -> Self {
        Self { subject: keys.fingerprint("sign-in-account", account.as_bytes()), price: PASSWORDS_OF_ACCOUNT }
    }

    /// Of a browser that is known, by its fingerprint; a machine that several share has one for each of them.
    pub(super) fn passwords_of_device(keys: &Keys, device: &str, account: &str) -> Self {
        let subject = keys.fingerprint("sign-in-device", format!("{device}\n{account}").as_bytes());
        Self { subject, price: PASSWORDS_OF_DEVICE }
    }

    pub(super) fn passwords_of_network(keys: &Keys, address: IpAddr) -> Self {
        let network = Network::of(address).fingerprint(keys);
        Self { subject: keys.fingerprint("sign-in-network", network.as_bytes()), price: PASSWORDS_OF_NETWORK }
    }

    /// Of one who is let in on a machine that is not known, which only the word opens that was handed over to them.
    pub(super) fn passwords_of_let_in(keys: &Keys, account: &str) -> Self {
        Self { subject: keys.fingerprint("sign-in-let-in", account.as_bytes()), price: PASSWORDS_OF_DEVICE }
    }

    pub(super) fn codes_of_let_in(keys: &Keys, account: &str) -> Self {
        Self { subject: keys.fingerprint("sign-in-code-let-in", account.as_bytes()), price: CODES_OF_LET_IN }
    }

    pub(super) fn lettings_in(keys: &Keys, person: &StaffId) -> Self {
        Self { subject: keys.fingerprint("let-in", person.as_str().as_bytes()), price: LETTINGS_IN }
    }

    pub(super) fn invitations_of_network(keys: &Keys, address: IpAddr) -> Self {
        let network = Network::of(address).fingerprint(keys);
        Self { subject: keys.fingerprint("invitation-network", network.as_bytes()), price: PASSWORDS_OF_NETWORK }
    }

    pub(super) fn codes_of_account(keys: &Keys, account: &str) -> Self {
        Self { subject: keys.fingerprint("sign-in-code", account.as_bytes()), price: CODES_OF_ACCOUNT }
    }

    pub(super) fn codes_of_device(keys: &Keys, device: &str) -> Self {
        Self { subject: keys.fingerprint("sign-in-code-device", device.as_bytes()), price: CODES_OF_DEVICE }
    }

    pub(crate) fn documents(keys: &Keys, person: &StaffId) -> Self {
        Self { subject: keys.fingerprint("document-lookup", person.as_str().as_bytes()), price: DOCUMENTS }
    }

    /// What one person is refused at one address, so that the record is not filled with it.
    pub(super) fn refusals(keys: &Keys, person: &StaffId, route: &str) -> Self {
        Self { subject: keys.fingerprint("refusal", format!("{person}\n{route}").as_bytes()), price: REFUSALS }
    }

    pub(crate) fn searches(keys: &Keys, person: &StaffId) -> Self {
        Self { subject: keys.fingerprint("hall-search", person.as_str().as_bytes()), price: SEARCHES }
    }

    pub(crate) fn tickets(keys: &Keys, kiosk: &str) -> Self {
        Self { subject: keys.fingerprint("kiosk-tickets", kiosk.as_bytes()), price: TICKETS }
    }

    pub(crate) fn tickets_of_clerk(keys: &Keys, person: &StaffId) -> Self {
        Self { subject: keys.fingerprint("clerk-tickets", person.as_str().as_bytes()), price: TICKETS_OF_CLERK }
    }

    /// What one administrator does to one other.
    pub(super) fn endings(keys: &Keys, (by, person): (&StaffId, &StaffId), of_overseer: bool) -> Self {
        let subject = keys.fingerprint("sessions-ended", format!("{by}\n{person}").as_bytes());
        Self { subject, price: if of_overseer { ENDINGS_OF_OVERSEERS } else { ENDINGS } }
    }

    pub(super) fn suspensions(keys: &Keys, by: &StaffId) -> Self {
        Self { subject: keys.fingerprint("accounts-closed", by.as_str().as_bytes()), price: SUSPENSIONS }
    }

    pub(super) fn demo_codes(keys: &Keys, account: &str) -> Self {
        Self { subject: keys.fingerprint("demo-code", account.as_bytes()), price: DEMO_CODES }
    }

    /// Pays for one try, in one statement: of tries at the same instant no more pass than there is time for. Gives the time
    /// until which is paid.
    ///
    /// # Errors
    /// [`Refusal::TooManyTries`], and nothing was paid.
    pub(crate) async fn pay(&self, connection: &mut AnyConnection, now: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
        let Price { burst, each } = self.price;
        let statement = "insert into sign_in_budget (subject, paid_until) values ($1, $2) on conflict (subject) do update \
             set paid_until = case when sign_in_budget.paid_until < $3 then $2 else sign_in_budget.paid_until + $4 end \
             where sign_in_budget.paid_until <= $5 returning paid_until";
        let latest = now + each * (burst - 1);
        let values = [
            self.subject.as_str().into(),
            (now + each).into(),
            now.into(),
            each.num_milliseconds().into(),
            latest.into(),
        ];
        if let Some(row) = sql(statement, values).fetch_optional(&mut *connection).await? {
            return Ok(instant(&row, "paid_until")?);
        }
        let statement = "select paid_until from sign_in_budget where subject = $1";
        let row = sql(statement, [self.subject.as_str().into()]).fetch_one(connection).await?;
        let wait = instant(&row, "paid_until")? - latest;
        let retry_after = wait.num_milliseconds().max(1).unsigned_abs().div_ceil(1000);
        Err(Refusal::TooManyTries { retry_after }.into())
    }

    /// The same, where too many tries are refused in the words of whatever is tried.
    ///
    /// # Errors
    /// What `too_many` makes of the seconds to wait, and nothing was paid.
    pub(crate) async fn pay_or<R: Into<Error>>(
        &self,
        connection: &mut AnyConnection,
        now: DateTime<Utc>,
        too_many: impl FnOnce(u64) -> R,
    ) -> Result<DateTime<Utc>, Error> {
        self.pay(connection, now).await.map_err(|error| match error.refusal() {
            Some(Refusal::TooManyTries { retry_after }) => too_many(retry_after).into(),
            _ => error,
        })
    }

    /// Gives back what was paid for a try that came to nothing, or was right.
    pub(crate) async fn give_back(&self, connection: &mut AnyConnection) -> Result<(), Error> {
        let statement = "update sign_in_budget set paid_until = paid_until - $1 where subject = $2";
        let values = [self.price.each.num_milliseconds().into(), self.subject.as_str().into()];
        sql(statement, values).execute(connection).await?;
        Ok(())
    }
}

/// Forgets those who have their whole purse again.
pub(super) async fn forget(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    sql("delete from sign_in_budget where paid_until <= $1", [(*now).into()]).execute(connection).await?;
    Ok(())
}
