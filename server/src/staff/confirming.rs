//! What one person alone does not finish. An account that an administrator opened for somebody lets nobody in until a second
//! person has seen whose it is; an administrator, auditor or last manager of an office whom one person suspended comes back
//! unless a second one agrees.
//!
//! The second is an administrator or the manager where the account is at home, neither the first nor its owner, and was that
//! before the first did anything, by the hand of neither of them just before ([`Held::is_apart_from`]). Nobody finishes what was
//! begun by somebody who was stopped since.

use chrono::{DateTime, Utc};
use shared::staff::{AccountName, Refusal, Right, Scope, StaffId, Whereabouts, allowed_by};
use shared::whole::narrow;
use sqlx::{AnyConnection, any::AnyRow};

use super::account::{self, Known};
use super::authority::Staff;
use super::confirmed::{self, Deciding};
use super::home;
use super::people::Entry;
use super::roles::{self, Held};
use super::scopes::Scopes;
use super::stopped::{is_stopped, stopped};
use crate::app::App;
use crate::database::sql::{bytes, flag, instant, maybe_instant, maybe_int, maybe_text, sql, text, word};
use crate::error::Error;
use crate::keys::Keys;

/// What waits for a second person.
#[derive(Clone)]
pub struct Waiting {
    pub account: AccountName,
    pub person: StaffId,
    pub who: Known,
    pub what: What,
    /// Who did the first half, and their account.
    pub first: StaffId,
    pub first_by: Option<String>,
    pub at: DateTime<Utc>,
    /// How long the record of the first was then.
    after: Option<i64>,
    /// The roles that hold or will.
    pub roles: Vec<Held>,
    /// Whether the first was stopped since, so that nobody finishes it.
    pub is_void: bool,
    /// Whether whoever looks may be the second.
    pub is_theirs: bool,
}

/// What the first did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Their invitation was taken up.
    Opened {
        /// For somebody who had lost the way in.
        anew: bool,
    },
    /// They suspended an administrator, an auditor or an office's last manager, until then.
    Suspended { until: DateTime<Utc> },
}

/// What the second says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision<'a> {
    /// The owner was there, and told this number.
    Seen { number: &'a str },
    /// It is not theirs: whoever set it up is shut out.
    NotSeen,
    /// The suspension lasts.
    Agree,
    /// It is over at once.
    Disagree,
}

impl Waiting {
    /// Whether somebody did the first half, or it is about them.
    pub fn is_of(&self, staff: &Staff) -> bool {
        [&self.first, &self.person].contains(&staff.person())
    }

    /// Whether whoever looks is asked to finish it.
    pub fn is_task(&self) -> bool {
        self.is_theirs && !self.is_void
    }
}

/// Everything that waits where `staff` may be the second, the oldest first; also what they began themselves.
pub async fn waiting(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<Vec<Waiting>, Error> {
    const WAITING: &str = concat!(
        "select a.name, a.staff_id, s.person, a.opened_by as first_id, a.opened_at as made_at, a.opened_after as made_after, a.opened_anew as anew, \
         cast(null as bigint) as until_at, (select min(b.name) from staff_account b where b.staff_id = a.opened_by) as first_by, \
         cast(case when ",
        stopped!("a.opened_by", "a.opened_after"),
        " then 1 else 0 end as bigint) as void from staff_account a join staff s on s.id = a.staff_id \
         where a.opened_by is not null and a.seen_by is null and a.suspended_at is null \
         union all select a.name, a.staff_id, s.person, a.suspended_by, a.suspended_at, a.suspended_after, 0, a.suspended_until, \
         (select min(b.name) from staff_account b where b.staff_id = a.suspended_by), cast(case when ",
        stopped!("a.suspended_by", "a.suspended_after"),
        " then 1 else 0 end as bigint) \
         from staff_account a join staff s on s.id = a.staff_id where a.suspended_until > $1 order by made_at, name"
    );
    if staff.anywhere(Right::ConfirmAccounts).is_empty() {
        return Ok(Vec::new());
    }
    let mut connection = app.database().read().await?;
    let rows = sql(WAITING, [now.into()]).fetch_all(&mut *connection).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let scopes = Scopes::load(&mut connection).await?;
    let theirs = roles::held(&mut connection, staff.person()).await?;
    let mut all = Vec::new();
    for row in &rows {
        let person = word(row, "staff_id", |id| StaffId::parse(id).ok())?;
        let roles = roles::held(&mut connection, &person).await?;
        let confirms = |scope: &Scope| staff.may(Right::ConfirmAccounts, &scopes.whereabouts(scope)).is_ok();
        let at = home::of(&roles, &scopes, now).into_iter().filter(|scope| confirms(scope));
        let at: Vec<_> = at.map(|scope| scopes.whereabouts(scope)).collect();
        if !at.is_empty() {
            let roles = roles.into_iter().filter(|held| held.is_live(now)).collect();
            let mut waiting = read(app, row, (person, roles))?;
            let those = ([&waiting.first, &waiting.person], waiting.at);
            waiting.is_theirs = !waiting.is_of(staff) && is_second(&theirs, those, &at, now);
            all.push(waiting);
        }
    }
    Ok(all)
}

/// Says the second half.
///
/// # Errors
/// [`Refusal::NothingToConfirm`], also for what waits elsewhere; [`Refusal::SignInAgain`]; [`Refusal::TakesAnother`] for
/// whoever did the first half; [`Refusal::NotTheSecond`]; [`Refusal::NotTheNumber`]; [`Refusal::FirstStopped`] for what is only
/// called off then.
pub async fn decide(
    app: &App,
    staff: &Staff,
    name: &AccountName,
    decision: Decision<'_>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let of_opening = matches!(decision, Decision::Seen { .. } | Decision::NotSeen);
    let all = waiting(app, staff, now).await?;
    let is_meant = |one: &Waiting| one.account == *name && matches!(one.what, What::Opened { .. }) == of_opening;
    let Some(waiting) = all.into_iter().find(is_meant) else {
        if waits_elsewhere(app, name, now).await? {
            staff.sees_nothing();
        }
        return Err(Refusal::NothingToConfirm.into());
    };
    staff.confirmed()?;
    if !waiting.is_theirs {
        return Err(if waiting.is_of(staff) { Refusal::TakesAnother } else { Refusal::NotTheSecond }.into());
    }
    if let Decision::Seen { number: told } = decision {
        let digits: String = narrow(told).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if digits.parse::<u32>() != Ok(number(app.keys(), name, waiting.at)) {
            return Err(Refusal::NotTheNumber.into());
        }
    }
    let Waiting { account, person, first, at, after, .. } = waiting;
    let deciding = Deciding { account, person, first, at, after, by: staff.person().clone(), now };
    match decision {
        Decision::Seen { .. } => staff.write(app, deciding, confirmed::see).await,
        Decision::NotSeen => staff.write(app, deciding, confirmed::shut_out).await,
        Decision::Agree => staff.write(app, deciding, confirmed::agree).await,
        Decision::Disagree => staff.write(app, deciding, confirmed::disagree).await,
    }
}

/// Whether one of these makes somebody the second person somewhere, for what the first did to another then.
pub(crate) fn is_second<'a>(
    theirs: impl IntoIterator<Item = &'a Held>,
    (those, since): ([&StaffId; 2], DateTime<Utc>),
    at: &[Whereabouts],
    now: DateTime<Utc>,
) -> bool {
    let apart = theirs.into_iter().filter(|held| held.is_apart_from(those, since)).map(|held| &held.grant);
    let apart: Vec<_> = apart.collect();
    at.iter().any(|at| allowed_by(apart.iter().copied(), Right::ConfirmAccounts, at, now).is_some())
}

/// Whether anything of this account waits for a second person.
async fn waits_elsewhere(app: &App, name: &AccountName, now: DateTime<Utc>) -> Result<bool, Error> {
    let statement = "select 1 as one from staff_account where name = $1 and (suspended_until > $2 \
         or (opened_by is not null and seen_by is null and suspended_at is null))";
    let values = [name.as_str().into(), now.into()];
    Ok(sql(statement, values).fetch_optional(&mut *app.database().read().await?).await?.is_some())
}

/// The accounts of those who can be the second for an account that somebody opened, so that nobody waits in vain.
pub async fn seconds(app: &App, entry: &Entry, now: DateTime<Utc>) -> Result<Vec<String>, Error> {
    let mut connection = app.database().read().await?;
    let statement = "select opened_by, opened_at from staff_account where name = $1 and opened_by is not null";
    let opened = sql(statement, [entry.account.as_str().into()]).fetch_optional(&mut *connection).await?;
    let Some(opened) = opened else { return Ok(Vec::new()) };
    let first = word(&opened, "opened_by", |id| StaffId::parse(id).ok())?;
    let since = instant(&opened, "opened_at")?;
    seconds_of(&mut connection, entry, (&first, since), now).await
}

/// The accounts of those who could agree if `staff` closed this one now.
pub async fn could_agree(app: &App, staff: &Staff, entry: &Entry, now: DateTime<Utc>) -> Result<Vec<String>, Error> {
    seconds_of(&mut *app.database().read().await?, entry, (staff.person(), now), now).await
}

/// The accounts of those who can be the second person for what the first did then.
async fn seconds_of(
    connection: &mut AnyConnection,
    entry: &Entry,
    (first, since): (&StaffId, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Vec<String>, Error> {
    let scopes = Scopes::load(connection).await?;
    let those = ([first, &entry.person], since);
    let statement = "select a.name, a.staff_id from staff_account a \
         where a.suspended_at is null and a.password_hash is not null and (a.opened_by is null or a.seen_by is not null) \
         and a.staff_id not in ($1, $2) order by a.name";
    let values = [entry.person.as_str().into(), first.as_str().into()];
    let rows = sql(statement, values).fetch_all(&mut *connection).await?;
    let at: Vec<_> = home::of(&entry.roles, &scopes, now).into_iter().map(|scope| scopes.whereabouts(scope)).collect();
    let everybodys = roles::everybodys(connection).await?;
    let mut seconds = Vec::new();
    for row in &rows {
        let person = word(row, "staff_id", |id| StaffId::parse(id).ok())?;
        if is_second(everybodys.iter().filter(|held| held.person == person), those, &at, now) {
            seconds.push(text(row, "name")?);
        }
    }
    Ok(seconds)
}

/// Six digits that only whoever set the account up is told, so that nobody who is merely known is confirmed in the place of
/// whoever has the password.
pub(super) fn number(keys: &Keys, account: &AccountName, opened_at: DateTime<Utc>) -> u32 {
    let opening = format!("{account}\n{}", opened_at.timestamp_millis());
    let print = keys.fingerprint("staff-seen", opening.as_bytes());
    print.bytes().fold(0, |sum: u32, byte| (sum * 257 + u32::from(byte)) % 1_000_000)
}

/// Since when somebody's account waits, where it does, and whether it does so in vain: whatever is right, it lets nobody in.
pub(super) async fn waits_since(
    connection: &mut AnyConnection,
    account: &AccountName,
) -> Result<Option<(DateTime<Utc>, bool)>, Error> {
    let statement = "select opened_by, opened_at, opened_after from staff_account where name = $1 and opened_by is not null and seen_by is null";
    let row = sql(statement, [account.as_str().into()]).fetch_optional(&mut *connection).await?;
    let Some(row) = row else { return Ok(None) };
    let (first, since) = (word(&row, "opened_by", |id| StaffId::parse(id).ok())?, instant(&row, "opened_at")?);
    let after = maybe_int(&row, "opened_after")?;
    Ok(Some((since, is_stopped(connection, (&first, after)).await?)))
}

fn read(app: &App, row: &AnyRow, (person, roles): (StaffId, Vec<Held>)) -> Result<Waiting, Error> {
    let what = match maybe_instant(row, "until_at")? {
        Some(until) => What::Suspended { until },
        None => What::Opened { anew: flag(row, "anew")? },
    };
    Ok(Waiting {
        account: word(row, "name", |name| AccountName::parse(name).ok())?,
        who: account::open(app, &person, &bytes(row, "person")?)?,
        person,
        what,
        first: word(row, "first_id", |id| StaffId::parse(id).ok())?,
        first_by: maybe_text(row, "first_by")?,
        at: instant(row, "made_at")?,
        after: maybe_int(row, "made_after")?,
        roles,
        is_void: flag(row, "void")?,
        is_theirs: false,
    })
}
