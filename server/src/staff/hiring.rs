//! Taking somebody on: the person, an account, a first role and an invitation, or nothing of it.

use chrono::{DateTime, Utc};
use shared::staff::{AccountName, Grant, GrantedBy, NewGrant, Refusal, Right, StaffId, Whereabouts};
use sqlx::AnyConnection;

use super::account::{self, NewPerson, Person};
use super::authority::Staff;
use super::invitation::{self, NewInvitation};
use super::proposal::{self, NewProposal};
use super::roles;
use super::scopes::Scopes;
use crate::app::App;
use crate::audit::Actor;
use crate::error::Error;
use crate::keys::token::new_id;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hired {
    /// Somebody new, who takes the invitation up with this code.
    Invited { code: String },
    /// Somebody new whose role waits for a second administrator, who makes the invitation then.
    Proposed,
    /// Somebody who works elsewhere with this very account has the role here too.
    HadAccount,
}

/// Takes somebody on with a first role. An administrator's role is only proposed, and waits for a second administrator.
///
/// Whoever has this number and this account already gets the role alone: nobody is two people, and their number together
/// with the name of their account shows that they are meant.
///
/// # Errors
/// [`Refusal::SignInAgain`], [`Refusal::NotAllowed`], [`Refusal::PersonKnown`], [`Refusal::AccountTaken`], and what
/// [`shared::staff::check_new`] refuses.
pub async fn hire(
    app: &App,
    staff: &Staff,
    (person, account): (&Person, &AccountName),
    grant: Grant,
    now: DateTime<Utc>,
) -> Result<Hired, Error> {
    let scopes = Scopes::load(&mut *app.database().read().await?).await?;
    let at = scopes.whereabouts(&grant.scope);
    staff.may(Right::ManageAccounts, &at)?;
    staff.may(Right::GrantRoles, &at)?;
    staff.confirmed()?;
    let (code, by) = (new_id(), staff.actor());
    let new = New {
        person: NewPerson::of(app, person, by.clone(), now)?,
        invitation: NewInvitation::of(app, (account, &code), by.clone(), now),
        account: account.clone(),
        id: new_id(),
        by,
        giver: staff.person().clone(),
        grant,
        at,
        now,
    };
    let takes_two = new.grant.role.takes_two();
    let is_new = staff.write(app, new, insert).await?;
    Ok(match (is_new, takes_two) {
        (true, true) => Hired::Proposed,
        (true, false) => Hired::Invited { code },
        (false, _) => Hired::HadAccount,
    })
}

struct New {
    person: NewPerson,
    account: AccountName,
    invitation: NewInvitation,
    /// Of the role, or of its proposal.
    id: String,
    by: Actor,
    giver: StaffId,
    grant: Grant,
    at: Whereabouts,
    now: DateTime<Utc>,
}

/// Whether it was somebody new.
async fn insert(connection: &mut AnyConnection, new: &New) -> Result<bool, Error> {
    let inserted = account::insert_person(connection, &new.person).await;
    let known = match inserted {
        Err(error) if error.refusal() == Some(Refusal::PersonKnown) => {
            let theirs = account::of_document(connection, &new.person.index).await?;
            let (person, _) =
                theirs.into_iter().find(|(_, name)| name == new.account.as_str()).ok_or(Refusal::PersonKnown)?;
            Some(person)
        }
        inserted => {
            inserted?;
            let of_account = (new.person.id.clone(), new.account.clone(), new.by.clone(), new.now);
            account::insert_account(connection, &of_account).await?;
            None
        }
    };
    let is_new = known.is_none();
    let person = known.unwrap_or_else(|| new.person.id.clone());
    if new.grant.role.takes_two() {
        let proposal = NewProposal {
            id: new.id.clone(),
            person,
            grant: new.grant.clone(),
            proposer: new.giver.clone(),
            at: new.at.clone(),
            now: new.now,
        };
        proposal::insert(connection, &proposal).await?;
    } else {
        let given = NewGrant { person, grant: new.grant.clone(), by: GrantedBy::One(new.giver.clone()) };
        roles::insert(connection, &(new.id.clone(), given, new.at.clone(), new.now)).await?;
    }
    // Whoever proposes an administrator and held the code as well would be both of the two.
    if is_new && !new.grant.role.takes_two() {
        invitation::insert(connection, &new.invitation).await?;
    }
    Ok(is_new)
}
