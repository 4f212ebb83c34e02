//! Who works in an administrator's offices: each account with its person, its roles and what can be done with it.

use chrono::{DateTime, Utc};
use shared::problem::Problem;
use shared::staff::{AccountName, Right, Scope, StaffId};
use sqlx::any::AnyRow;

use super::account::{self, Known};
use super::authority::Staff;
use super::home;
use super::proposal::{self, Proposal};
use super::roles::{self, Held};
use super::scopes::Scopes;
use super::stopped::stopped;
use super::unused::UNUSED;
use crate::app::App;
use crate::database::sql::{bytes, flag, instant, maybe_instant, sql, word};
use crate::error::Error;

/// An account, as those see it who look after it.
#[derive(Clone)]
pub struct Entry {
    pub account: AccountName,
    pub person: StaffId,
    pub who: Known,
    pub state: State,
    /// Whether what waits for a second person waits in vain, since the first was stopped since.
    pub is_void: bool,
    /// All that they were given, past and future included.
    pub roles: Vec<Held>,
    /// What waits for a second administrator.
    pub proposals: Vec<Proposal>,
    pub created_at: DateTime<Utc>,
    /// When somebody came in with it last.
    pub signed_in_at: Option<DateTime<Utc>>,
    /// Whether password and authenticator were ever chosen.
    pub is_set_up: bool,
}

/// How an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// An invitation waits to be taken up.
    Invited {
        until: DateTime<Utc>,
    },
    /// The invitation was not taken up in time.
    InvitationOver,
    Active,
    /// Set up, and a second person has not yet seen whose it is.
    Unconfirmed,
    /// Suspended by somebody.
    Suspended,
    /// An administrator whom another suspended: until then, if nobody agrees.
    SuspendedUntil {
        until: DateTime<Utc>,
    },
    /// Suspended since nobody had used it for ninety days.
    Unused,
    /// Closed for years: its owner's number was erased, and it never opens again.
    Ended,
}

/// All whom somebody looks after, and where roles can hold.
pub struct People {
    pub entries: Vec<Entry>,
    pub scopes: Scopes,
}

/// The accounts of everybody who has, had or is to have a role where `staff` manages accounts, by name.
pub async fn list(app: &App, staff: &Staff, now: DateTime<Utc>) -> Result<People, Error> {
    load(app, staff, None, now).await
}

/// One of them.
///
/// # Errors
/// [`Problem::NotFound`], also for somebody who works elsewhere only.
pub async fn one(
    app: &App,
    staff: &Staff,
    account: &AccountName,
    now: DateTime<Utc>,
) -> Result<(Entry, Scopes), Error> {
    let People { entries, scopes } = load(app, staff, Some(account), now).await?;
    if let Some(entry) = entries.into_iter().next() {
        return Ok((entry, scopes));
    }
    Err(if account::is_one(app, account).await? { staff.sees_nothing() } else { Problem::NotFound }.into())
}

/// Where roles can hold, by name.
pub async fn scopes(app: &App) -> Result<Scopes, Error> {
    Ok(Scopes::load(&mut *app.database().read().await?).await?)
}

impl Entry {
    /// The roles that hold now or will.
    pub fn live_roles(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Held> {
        self.roles.iter().filter(move |held| held.is_live(now))
    }

    /// Whether somebody may close and open their account: it is at home where they manage accounts. A proposal makes no home.
    pub fn is_managed_by(&self, staff: &Staff, scopes: &Scopes, now: DateTime<Utc>) -> bool {
        home::of(&self.roles, scopes, now).into_iter().any(|scope| manages(staff, scopes, scope))
    }

    /// Whether one person alone does not close their account for good, now or later.
    pub fn is_closed_by_two(&self, now: DateTime<Utc>) -> bool {
        self.live_roles(now).any(|held| held.grant.role.ends_by_two())
    }

    /// Whether they are an administrator, now or later.
    pub fn administers(&self, now: DateTime<Utc>) -> bool {
        self.live_roles(now).any(|held| held.grant.role.takes_two())
    }
}

fn manages(staff: &Staff, scopes: &Scopes, scope: &Scope) -> bool {
    staff.may(Right::ManageAccounts, &scopes.whereabouts(scope)).is_ok()
}

async fn load(app: &App, staff: &Staff, only: Option<&AccountName>, now: DateTime<Utc>) -> Result<People, Error> {
    const LIST: &str = concat!(
        "select a.name, a.staff_id, s.person, a.suspended_at, a.suspended_until, a.ended_at, a.used_at, a.signed_in_at, a.created_at, \
         cast(case when a.password_hash is null then 0 else 1 end as bigint) as set_up, i.expires_at as invited_until, \
         cast(case when a.opened_by is not null and a.seen_by is null then 1 else 0 end as bigint) as waits, \
         cast(case when a.suspended_until is not null and ",
        stopped!("a.suspended_by", "a.suspended_after"),
        " or a.suspended_at is null and a.opened_by is not null and a.seen_by is null and ",
        stopped!("a.opened_by", "a.opened_after"),
        " then 1 else 0 end as bigint) as void from staff_account a join staff s on s.id = a.staff_id \
         left join staff_invitation i on i.account = a.name order by a.name"
    );
    let mut connection = app.database().read().await?;
    let scopes = Scopes::load(&mut connection).await?;
    let mut roles = roles::everybodys(&mut connection).await?;
    let mut proposals = proposal::open(&mut connection, now).await?;
    let rows = sql(LIST, []).fetch_all(&mut *connection).await?;
    drop(connection);
    roles.sort_by_key(|held| held.grant.from);
    let mut entries = Vec::new();
    for row in &rows {
        let name = word(row, "name", |name| AccountName::parse(name).ok())?;
        if only.is_some_and(|only| *only != name) {
            continue;
        }
        let person = word(row, "staff_id", |id| StaffId::parse(id).ok())?;
        let theirs: Vec<_> = roles.iter().filter(|held| held.person == person).cloned().collect();
        let waiting: Vec<_> = proposals.extract_if(.., |proposal| proposal.person == person).collect();
        let anywhere = theirs.iter().map(|held| &held.grant.scope).chain(waiting.iter().map(|p| &p.grant.scope));
        if anywhere.into_iter().any(|scope| manages(staff, &scopes, scope)) {
            entries.push(read(app, row, (name, person, theirs, waiting), now)?);
        }
    }
    Ok(People { entries, scopes })
}

fn read(
    app: &App,
    row: &AnyRow,
    (account, person, roles, proposals): (AccountName, StaffId, Vec<Held>, Vec<Proposal>),
    now: DateTime<Utc>,
) -> Result<Entry, Error> {
    let who = account::open(app, &person, &bytes(row, "person")?)?;
    let used_at = maybe_instant(row, "used_at")?;
    let is_set_up = flag(row, "set_up")?;
    let suspended_at = maybe_instant(row, "suspended_at")?;
    let invited_until = maybe_instant(row, "invited_until")?.filter(|until| now < *until);
    let until = maybe_instant(row, "suspended_until")?;
    let is_ended = maybe_instant(row, "ended_at")?.is_some();
    let state = match (invited_until, suspended_at) {
        _ if is_ended => State::Ended,
        (Some(until), Some(_)) => State::Invited { until },
        (Some(until), None) if !is_set_up => State::Invited { until },
        (_, Some(suspended)) if used_at.is_some_and(|used| suspended - used >= UNUSED) => State::Unused,
        (_, Some(_)) => until.map_or(State::Suspended, |until| State::SuspendedUntil { until }),
        (None, None) if !is_set_up => State::InvitationOver,
        (_, None) if flag(row, "waits")? => State::Unconfirmed,
        (_, None) => State::Active,
    };
    let created_at = instant(row, "created_at")?;
    let signed_in_at = maybe_instant(row, "signed_in_at")?;
    let is_void = flag(row, "void")?;
    Ok(Entry { account, person, who, state, is_void, roles, proposals, created_at, signed_in_at, is_set_up })
}
