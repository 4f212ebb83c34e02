//! Invented staff of demonstrations. Everybody may know their password, and the portal itself shows their codes: where
//! something is real there is neither.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::identity::{IdDocument, IdType, PersonName};
use shared::notices::bureau;
use shared::problem::Problem;
use shared::staff::{AccountName, Grant, GrantedBy, NewGrant, OfficeId, Refusal, Role, Scope, Whereabouts};
use sqlx::AnyConnection;

use super::account::{self, NewPerson, Person};
use super::budget::Purse;
use super::totp::{Secret, step_at};
use super::{record, roles};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{int, sql},
};
use crate::error::Error;
use crate::keys::token::new_id;

/// Of all of them; no rule of passwords would take it.
pub const PASSWORD: &str = "demo-huimin";
/// The hall where all of them work.
const OFFICE: &str = "nanshan";
/// A code is typed as long after it was asked for, so that one is not given away just before it is over.
const LEAD: TimeDelta = TimeDelta::seconds(5);

/// One of them.
#[derive(Clone, Copy, Debug)]
pub struct Invented {
    pub account: &'static str,
    name: &'static str,
    /// Nobody's: there is no place 100000.
    number: &'static str,
    pub role: Role,
}

const fn invented(account: &'static str, name: &'static str, number: &'static str, role: Role) -> Invented {
    Invented { account, name, number, role }
}

/// Two where it takes two, or where two work side by side.
pub const STAFF: [Invented; 11] = [
    invented("demo-clerk", "演示窗口甲", "100000198001010017", Role::CounterClerk),
    invented("demo-clerk-2", "演示窗口乙", "100000198001010025", Role::CounterClerk),
    invented("demo-reviewer", "演示审核甲", "100000198001010033", Role::Reviewer),
    invented("demo-approver", "演示审批甲", "100000198001010041", Role::Approver),
    invented("demo-finance", "演示财务甲", "10000019800101005X", Role::Finance),
    invented("demo-editor", "演示编辑甲", "100000198001010068", Role::ContentEditor),
    invented("demo-manager", "演示主管甲", "100000198001010076", Role::OfficeManager),
    invented("demo-manager-2", "演示主管乙", "100000198001010084", Role::OfficeManager),
    invented("demo-auditor", "演示审计甲", "100000198001010092", Role::Auditor),
    invented("demo-admin", "演示账号甲", "100000198001010105", Role::AccountAdministrator),
    invented("demo-admin-2", "演示账号乙", "100000198001010113", Role::AccountAdministrator),
];

/// Takes all of them on where they are not there yet. Only a demonstration may ask for this.
pub async fn load(app: &App) -> Result<(), Error> {
    if account::load(app, &STAFF[0].account()?).await?.is_some() {
        return Ok(());
    }
    // One hash for all: a start has no time for eleven.
    let password_hash = app.passwords().hash(PASSWORD).await?;
    let all = STAFF.iter().map(|one| one.made(app, &password_hash)).collect::<Result<Vec<_>, Error>>()?;
    match app.database().write_with(all, insert).await {
        // A server whose clock is behind only looks.
        Err(Error::Database(DatabaseError::OnlyReads)) => Ok(()),
        // Another process was faster.
        Err(error) if error.refusal() == Some(Refusal::PersonKnown) => Ok(()),
        loaded => loaded,
    }
}

/// A code with which one of them can sign in once: of the next step of time that was neither used nor given away.
///
/// # Errors
/// [`Problem::RateLimited`] after three in a minute and a half; [`Problem::NotFound`] for everybody who is not invented.
pub async fn code(app: &App, account: &str, now: DateTime<Utc>) -> Result<String, Error> {
    let invented = STAFF.iter().find(|one| one.account == account).ok_or(Problem::NotFound)?;
    let name = invented.account()?;
    let secret = account::load(app, &name).await?.and_then(|account| account.secret).ok_or(Problem::NotFound)?;
    let purse = Purse::demo_codes(app.keys(), account);
    let step = app.database().write_with((purse, name, now), give_away).await?;
    Ok(secret.code(step).ok_or(Problem::NotFound)?)
}

/// What the authenticators of all of them show now, where that was not used yet; nothing is given away by looking.
pub async fn shown(app: &App, now: DateTime<Utc>) -> Result<Vec<(Invented, Option<String>)>, Error> {
    let mut all = Vec::new();
    for one in STAFF {
        let name = one.account()?;
        let secret = account::load(app, &name).await?.and_then(|account| account.secret);
        let used = used(&mut *app.database().read().await?, &name).await?;
        let step = step_at(now).max(used + 1);
        let code = secret.filter(|_| step <= step_at(now) + 1).and_then(|secret| secret.code(step));
        all.push((one, code));
    }
    Ok(all)
}

impl Invented {
    fn account(&self) -> Result<AccountName, Error> {
        Ok(AccountName::parse(self.account).map_err(|_| DatabaseError::unreadable("account"))?)
    }

    fn made(&self, app: &App, password_hash: &str) -> Result<Made, Error> {
        let person = Person {
            name: PersonName::parse(self.name).map_err(|_| DatabaseError::unreadable("name"))?,
            document: IdDocument::parse(IdType::ResidentId, self.number)
                .map_err(|_| DatabaseError::unreadable("number"))?,
        };
        let (now, account) = (app.now(), self.account()?);
        let secret = app.keys().seal(&account::secret_context(account.as_str()), &Secret::new());
        let new = NewPerson::of(app, &person, Actor::Operator, now)?;
        let office = OfficeId::parse(OFFICE).map_err(|_| DatabaseError::unreadable("office"))?;
        let at = Whereabouts { office: Some(office.clone()), ..Whereabouts::default() };
        let mut scopes = vec![(Scope::Office(office), at)];
        // The home page is no hall's.
        if self.role == Role::ContentEditor {
            let at = bureau();
            scopes.extend(at.organisation.clone().map(|bureau| (Scope::Organisation(bureau), at)));
        }
        let grant = |scope| NewGrant {
            person: new.id.clone(),
            grant: Grant { role: self.role, scope, from: now, until: None },
            by: GrantedBy::Operator,
        };
        let grants = scopes.into_iter().map(|(scope, at)| (grant(scope), at)).collect();
        Ok(Made { new, account, secret, password_hash: password_hash.to_owned(), grants, now })
    }
}

/// Whether this is the account of one of them.
pub(super) fn is_invented(account: &AccountName) -> bool {
    STAFF.iter().any(|one| one.account == account.as_str())
}

struct Made {
    new: NewPerson,
    account: AccountName,
    secret: Vec<u8>,
    password_hash: String,
    grants: Vec<(NewGrant, Whereabouts)>,
    now: DateTime<Utc>,
}

async fn insert(connection: &mut AnyConnection, all: &Vec<Made>) -> Result<(), Error> {
    for made in all {
        let Made { new, account, now, .. } = made;
        account::insert_person(connection, new).await?;
        let of_account = (new.id.clone(), account.clone(), Actor::Operator, *now);
        account::insert_account(connection, &of_account).await?;
        let statement = "update staff_account set password_hash = $1, totp_secret = $2 where name = $3";
        let values = [made.password_hash.as_str().into(), made.secret.clone().into(), account.as_str().into()];
        sql(statement, values).execute(&mut *connection).await?;
        let detail = json!({ "account": account, "demo": true });
        record::note(connection, &new.id, (Actor::Operator, "account_set_up", detail), *now).await?;
        for (grant, at) in &made.grants {
            roles::insert(connection, &(new_id(), grant.clone(), at.clone(), *now)).await?;
        }
    }
    Ok(())
}

/// The next step, paid for with its half minute.
async fn give_away(
    connection: &mut AnyConnection,
    (purse, account, now): &(Purse, AccountName, DateTime<Utc>),
) -> Result<i64, Error> {
    let used = used(connection, account).await?;
    loop {
        let too_often = |retry_after| Problem::RateLimited { retry_after };
        let paid_until = purse.pay_or(connection, *now, too_often).await?;
        let step = step_at(paid_until + LEAD) - 2;
        if step > used {
            return Ok(step);
        }
    }
}

async fn used(connection: &mut AnyConnection, account: &AccountName) -> Result<i64, Error> {
    let statement = "select totp_step from staff_account where name = $1";
    let row = sql(statement, [account.as_str().into()]).fetch_optional(connection).await?;
    Ok(row.map(|row| int(&row, "totp_step")).transpose()?.unwrap_or_default())
}
