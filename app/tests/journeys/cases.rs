//! Applications at the office: from the list of those that are nobody's to a letter that two people have signed.

mod counter;
mod decided;
mod lists;
mod looked;
mod photos;
mod said;
mod talk;
mod two;
mod ways;

use server::procedures::{
    drafts::{self, Saved},
    submit::{self, Submitted},
};
use shared::{
    identity::Sex,
    locale::Locale,
    procedures::{CaseReference, Typed},
    staff::{Role, StaffId},
};
use testhouse::{
    people::{nobody, person},
    staff::Clerk,
};

use super::{
    at_work::at_work,
    browser::{Browser, Page},
    house::House,
};

const CASES: &str = "/staff/cases";
const ALL: &str = "/staff/cases?queue=all";

/// What the `n`th family types: a burial at sea of somebody who was registered there.
fn typed(n: usize) -> Typed {
    // Nobody of the staff, who are the first of all: nobody decides on their own application.
    let applicant = person(n + 100, Sex::Female);
    let proof = format!("YS2026-{n:05}");
    let pairs = [
        ("deceased_name", "赵演示"),
        ("deceased_id", "11010519491231002X"),
        ("died_on", "2026-04-01"),
        ("deceased_hukou_here", "yes"),
        ("proof_number", proof.as_str()),
        ("burial_kind", "sea"),
        ("buried_on", "2026-04-20"),
        ("organised", "yes"),
        ("relation", "child"),
        ("applicant_name", applicant.name.as_str()),
        ("applicant_id", applicant.id_number.as_str()),
        ("applicant_phone", applicant.phone.as_str()),
        ("account", "0123456789"),
        ("wish", "yes"),
    ];
    pairs.into_iter().map(|(field, text)| (field.to_owned(), text.to_owned())).collect()
}

/// Hands an application in, as the family or as somebody at the counter does.
async fn handed_in(house: &House, typed: &Typed, filed_by: Option<&StaffId>) -> Submitted {
    let (app, now) = (&house.app, house.now());
    let offered = app.policies().procedure(&app.settings().region, "green_burial").expect("the demo region offers it");
    let begun = drafts::begin(app, &offered, filed_by, now).await.unwrap();
    let draft = drafts::load(app, &begun.id, &begun.token, now).await.unwrap();
    let saved = drafts::save(app, &draft, draft.version, typed, now).await.unwrap();
    assert!(matches!(saved, Saved::Kept { .. }), "{saved:?}");
    let draft = drafts::load(app, &begun.id, &begun.token, now).await.unwrap();
    submit::submit(app, (&draft, &nobody()), Locale::Zh, None, now).await.unwrap()
}

/// The address of a case, as the list of all leads to it.
async fn way_to(browser: &mut Browser, reference: CaseReference) -> String {
    let list = browser.get(ALL).await;
    let number = reference.to_string();
    let link = list.html.split("<a ").find(|link| link.split("</a>").next().is_some_and(|link| link.contains(&number)));
    let link = link.unwrap_or_else(|| panic!("{number} is not listed: {}", list.html));
    link.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Sends the form of an act, as the page has it.
async fn act(browser: &mut Browser, case: &str, act: &str, more: &[(&str, &str)]) -> Page {
    let version = browser.get(case).await.value("version");
    let form = [("do", act), ("version", version.as_str())];
    let form: Vec<_> = form.iter().chain(more).copied().collect();
    browser.post(case, &form).await
}

/// Puts one answer right, by the form that the page opens for it.
async fn correct(browser: &mut Browser, case: &str, [field, answer, why]: [&str; 3]) -> Page {
    let version = browser.get(&format!("{case}?correct={field}")).await.value("version");
    let form = [("correct", field), ("answer", answer), ("said-correct", why)];
    act_at(browser, case, (version.as_str(), "correct"), &form).await
}

/// Sends the form of an act that the page may not offer, with a version that somebody saw.
async fn act_at(browser: &mut Browser, case: &str, (version, act): (&str, &str), more: &[(&str, &str)]) -> Page {
    let form = [("do", act), ("version", version)];
    let form: Vec<_> = form.iter().chain(more).copied().collect();
    browser.post(case, &form).await
}

/// Where a case leads after an act.
fn done(case: &str, act: &str) -> String {
    format!("{case}?done={act}")
}

/// Accepts a case and begins its review.
async fn reviewed(browser: &mut Browser, case: &str) {
    act(browser, case, "accept", &[]).await.leads_to(&done(case, "accept"));
    act(browser, case, "review", &[]).await.leads_to(&done(case, "review"));
}

async fn reviewer(house: &House, n: usize) -> (Clerk, Browser) {
    at_work(house, n, Role::Reviewer, "nanshan").await
}

async fn approver(house: &House, n: usize) -> (Clerk, Browser) {
    at_work(house, n, Role::Approver, "nanshan").await
}
