//! Who is the last to answer for an office, or to look after its accounts: ending that takes two, or nobody would be left.
//! Managers are of whole offices alone, so there is none of a single place or of an organisation.

use chrono::{DateTime, TimeDelta, Utc};
use shared::staff::{Role, StaffId};
use sqlx::AnyConnection;

use super::roles::{self, Held};
use crate::app::App;
use crate::database::{DatabaseError, sql::sql};
use crate::error::Error;

/// For how long another role was held that makes one not the last.
pub(super) const HELD_FOR: TimeDelta = TimeDelta::days(1);

/// Keeps the roles to oneself of all who answer where somebody does, changing nothing: of two who leave at the same instant, or
/// are closed by two, one is the last.
pub(super) async fn keep_all(connection: &mut AnyConnection, person: &StaffId) -> Result<(), DatabaseError> {
    let statement = "update staff_role set granted_at = granted_at where role in ('office_manager', 'account_administrator') \
         and exists (select 1 from staff_role t where t.staff_id = $1 and t.scope = staff_role.scope \
         and t.scope_id = staff_role.scope_id)";
    sql(statement, [person.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// Whether nobody else has had a role for a day where it holds, whose account is open, and who keeps it for as long: whoever was
/// given it just before, or for a while, stands in for nobody. An administrator of today does, since it takes two to make one.
pub(super) async fn is_last(
    connection: &mut AnyConnection,
    held: &Held,
    now: DateTime<Utc>,
) -> Result<bool, DatabaseError> {
    if !held.grant.holds(now) {
        return Ok(false);
    }
    let (scope, scope_id) = held.grant.scope.columns();
    let statement = "select 1 from staff_role r join staff_account a on a.staff_id = r.staff_id \
         where r.role = $1 and r.scope = $2 and r.scope_id = $3 and r.staff_id <> $4 and r.from_at <= $5 \
         and r.granted_at <= $5 and (r.until_at is null or r.until_at >= $6) and a.suspended_at is null \
         and a.password_hash is not null and (a.opened_by is null or a.seen_by is not null) limit 1";
    let since = if held.grant.role.takes_two() { now } else { now - HELD_FOR };
    let until = held.grant.until.unwrap_or(DateTime::<Utc>::MAX_UTC);
    let values = [
        held.grant.role.name().into(),
        scope.into(),
        scope_id.into(),
        held.person.as_str().into(),
        since.into(),
        until.into(),
    ];
    Ok(sql(statement, values).fetch_optional(connection).await?.is_none())
}

/// The roles of a manager or an administrator that nobody else has where somebody has them.
pub(super) async fn alone(
    connection: &mut AnyConnection,
    person: &StaffId,
    now: DateTime<Utc>,
) -> Result<Vec<Held>, DatabaseError> {
    let mut alone = Vec::new();
    for held in roles::held(connection, person).await? {
        let answers = matches!(held.grant.role, Role::OfficeManager | Role::AccountAdministrator);
        if answers && is_last(connection, &held, now).await? {
            alone.push(held);
        }
    }
    Ok(alone)
}

/// The same, for whoever is about to end one of them or to close the account.
pub async fn of(app: &App, person: &StaffId, now: DateTime<Utc>) -> Result<Vec<Held>, Error> {
    Ok(alone(&mut *app.database().read().await?, person, now).await?)
}

/// Whether an office would be without a manager whose account is open.
pub fn manages_alone(alone: &[Held]) -> bool {
    alone.iter().any(|held| held.grant.role == Role::OfficeManager)
}
