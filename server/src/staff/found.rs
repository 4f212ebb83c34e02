//! The first two administrators of an office, whom the operator makes; every further one takes two of them.

use chrono::{DateTime, Utc};
use shared::problem::Problem;
use shared::staff::{
    AccountName, Grant, GrantedBy, NewGrant, OfficeId, Refusal, Right, Role, Scope, StaffId, Whereabouts,
};
use sqlx::AnyConnection;

use super::account::{self, NewPerson, Person};
use super::invitation::{self, NewInvitation};
use super::roles;
use crate::app::App;
use crate::audit::Actor;
use crate::database::sql::{sql, word};
use crate::error::Error;
use crate::keys::token::new_id;

/// Takes somebody on as administrator of these offices: the person, an account, the roles and an invitation, or nothing of
/// it. Gives the code of the invitation.
///
/// # Errors
/// [`Refusal::AdministratorsThere`] where one of the offices has two; [`Refusal::PersonKnown`]; [`Refusal::AccountTaken`].
pub async fn found(
    app: &App,
    person: &Person,
    account: &AccountName,
    offices: &[OfficeId],
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let code = new_id();
    let person = NewPerson::of(app, person, Actor::Operator, now)?;
    let grants = offices.iter().map(|office| {
        let scope = Scope::Office(office.clone());
        let grant = Grant { role: Role::AccountAdministrator, scope, from: now, until: None };
        let at = Whereabouts { office: Some(office.clone()), ..Whereabouts::default() };
        (new_id(), NewGrant { person: person.id.clone(), grant, by: GrantedBy::Operator }, at, now)
    });
    let new = Founding {
        grants: grants.collect(),
        invitation: NewInvitation::of(app, (account, &code), Actor::Operator, now),
        account: (person.id.clone(), account.clone(), Actor::Operator, now),
        person,
    };
    app.database().write_with(new, insert).await?;
    Ok(code)
}

/// Invites an administrator again who let the first invitation pass, or has lost everything while there is no other
/// administrator to ask. Gives the code.
///
/// # Errors
/// [`Refusal::NotAllowed`] for whoever is no administrator now or later: they ask theirs.
pub async fn invite_again(app: &App, account: &AccountName, now: DateTime<Utc>) -> Result<String, Error> {
    let known = account::load(app, account).await?.ok_or(Problem::NotFound)?;
    let is_to_come = |grant: &Grant| grant.until.is_none_or(|until| until > now);
    let administers = |grant: &Grant| is_to_come(grant) && grant.role.allows(Right::ManageAccounts);
    if !roles::of(app, &known.person).await?.iter().any(administers) {
        return Err(Refusal::NotAllowed.into());
    }
    invitation::invite(app, account, Actor::Operator, now).await
}

/// Every office: the places that belong to no other.
pub async fn offices(app: &App) -> Result<Vec<OfficeId>, Error> {
    let statement = "select id from place where parent is null and staffed = 1 order by position, id";
    let rows = sql(statement, []).fetch_all(&mut *app.database().read().await?).await?;
    Ok(rows.iter().map(|row| word(row, "id", |id| OfficeId::parse(id).ok())).collect::<Result<_, _>>()?)
}

struct Founding {
    person: NewPerson,
    account: (StaffId, AccountName, Actor, DateTime<Utc>),
    grants: Vec<(String, NewGrant, Whereabouts, DateTime<Utc>)>,
    invitation: NewInvitation,
}

async fn insert(connection: &mut AnyConnection, new: &Founding) -> Result<(), Error> {
    account::insert_person(connection, &new.person).await?;
    account::insert_account(connection, &new.account).await?;
    for grant in &new.grants {
        roles::insert(connection, grant).await?;
    }
    invitation::insert(connection, &new.invitation).await
}
