//! Invented staff, and what they do to come in.

use std::net::{IpAddr, Ipv4Addr};

use axum::http::header;
use chrono::TimeDelta;
use server::Error;
use server::audit::Actor;
use server::database::sql::{sql, text};
use server::staff::account::{self, Person};
use server::staff::authority::{self, Staff};
use server::staff::sign_in::{self, Attempt, SignedIn};
use server::staff::token::Token;
use server::staff::totp::{Secret, step_at};
use server::staff::{demo, invitation, roles};
use shared::identity::{IdDocument, IdType, PersonName, Sex};
use shared::staff::{
    AccountName, Grant, GrantedBy, NewGrant, NewPassword, OfficeId, Role, Scope, StaffId, Whereabouts,
};

use super::TestApp;
use super::people::person;

pub const PASSWORD: &str = "four words of a clerk";
pub const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));
const HALL: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 1));

/// Somebody with an account that was set up.
pub struct Clerk {
    pub account: AccountName,
    pub person: StaffId,
    pub secret: Secret,
    pub paper: Vec<String>,
}

/// The `n`th of the staff, as their papers say.
pub fn papers(n: usize) -> Person {
    let input = person(n, Sex::Female);
    let document = IdDocument::parse(IdType::ResidentId, &input.id_number).unwrap();
    Person { name: PersonName::parse(&input.name).unwrap(), document }
}

pub fn named(name: &str) -> AccountName {
    AccountName::parse(name).unwrap()
}

pub fn chosen(password: &str) -> NewPassword {
    NewPassword::choose(password, &[]).unwrap()
}

/// Takes the `n`th of the staff on, with an account that is set up; half a minute goes by.
pub async fn clerk(test: &TestApp, n: usize) -> Clerk {
    let (now, account) = (test.now(), named(&format!("clerk{n}")));
    let person = account::take_on(&test.app, &papers(n), Actor::Operator, now).await.unwrap();
    account::create(&test.app, &person, &account, Actor::Operator, now).await.unwrap();
    let code = invitation::invite(&test.app, &account, Actor::Operator, now).await.unwrap();
    let secret = invitation::look(&test.app, &account, &code, now).await.unwrap();
    let totp = secret.code(step_at(now)).unwrap();
    let paper = invitation::take_up(&test.app, (&account, &code), &chosen(PASSWORD), &totp, now).await.unwrap().paper;
    test.wait(TimeDelta::seconds(30));
    Clerk { account, person, secret, paper }
}

impl Clerk {
    /// What the authenticator shows now.
    pub fn code(&self, test: &TestApp) -> String {
        self.secret.code(step_at(test.now())).unwrap()
    }

    /// Tries to sign in in the hall.
    pub async fn try_in(
        &self,
        test: &TestApp,
        password: &str,
        code: &str,
        device: Option<&Token>,
    ) -> Result<SignedIn, Error> {
        self.try_with(test, (password, code, ""), device).await
    }

    /// The same with what lets them in on a new machine.
    pub async fn try_with(
        &self,
        test: &TestApp,
        (password, code, word): (&str, &str, &str),
        device: Option<&Token>,
    ) -> Result<SignedIn, Error> {
        let attempt = Attempt { account: self.account.as_str(), password, code, word, device, address: HALL };
        sign_in::sign_in(&test.app, attempt, "a browser", test.now()).await
    }

    /// Gives them a role at an office, from now on.
    pub async fn is_given(&self, test: &TestApp, role: Role, office: &str) -> String {
        let office = OfficeId::parse(office).unwrap();
        let at = Whereabouts { office: Some(office.clone()), ..Whereabouts::default() };
        let grant = Grant { role, scope: Scope::Office(office), from: test.now(), until: None };
        // The invented administrators are those of one office; the first of every other are the operator's.
        let of_theirs = grant.scope.columns().1 == "nanshan";
        let by = if of_theirs { by_whom(test, role).await } else { GrantedBy::Operator };
        let new = NewGrant { person: self.person.clone(), grant, by };
        roles::give(&test.app, &new, &at, test.now()).await.unwrap()
    }

    /// Signs in with what is right; half a minute goes by, after which there is another code.
    pub async fn sign_in(&self, test: &TestApp, device: Option<&Token>) -> SignedIn {
        let signed = self.try_in(test, PASSWORD, &self.code(test), device).await.unwrap();
        test.wait(TimeDelta::seconds(30));
        signed
    }
}

/// Who gives a role: the operator, or both administrators of a demonstration where it takes two.
pub async fn by_whom(test: &TestApp, role: Role) -> GrantedBy {
    if role.takes_two() {
        let [proposer, approver] = [person_of(test, "demo-admin").await, person_of(test, "demo-admin-2").await];
        GrantedBy::Two { proposer, approver }
    } else {
        GrantedBy::Operator
    }
}

/// Whom an account belongs to.
pub async fn person_of(test: &TestApp, account: &str) -> StaffId {
    let statement = "select staff_id from staff_account where name = $1";
    let row = sql(statement, [account.into()]).fetch_one(&mut *test.app.database().read().await.unwrap()).await;
    StaffId::parse(&text(&row.unwrap(), "staff_id").unwrap()).unwrap()
}

/// Signs one of the invented staff in; three times in a minute and a half, then half a minute must go by.
pub async fn invented(test: &TestApp, account: &str) -> SignedIn {
    let code = demo::code(&test.app, account, test.now()).await.unwrap();
    let attempt = Attempt { account, password: demo::PASSWORD, code: &code, word: "", device: None, address: HALL };
    sign_in::sign_in(&test.app, attempt, "a browser", test.now()).await.unwrap()
}

/// What a browser sends along once somebody has come in, on a server without https.
pub fn cookies(signed: &SignedIn) -> String {
    format!("staff={}; staff-device={}", signed.session.reveal(), signed.device.reveal())
}

/// Whoever sends these cookies, with what they may now.
pub async fn whoever_sends(test: &TestApp, cookies: &str) -> Result<Staff, Error> {
    let headers = [(header::COOKIE, cookies.parse().unwrap())].into_iter().collect();
    authority::of_cookie(&test.app, &headers, test.now()).await
}

/// Tries a password for an account from somewhere else, where nothing is known.
pub async fn guess(test: &TestApp, account: &str, password: &str) -> Error {
    let attempt = Attempt { account, password, code: "000000", word: "", device: None, address: ELSEWHERE };
    sign_in::sign_in(&test.app, attempt, "a script", test.now()).await.unwrap_err()
}
