//! A family that applies for a green-burial reward in Shenzhen, and those who look at it. All people and numbers are invented.

use std::fs;
use std::sync::Arc;

use server::Error;
use server::policy::{self, Offered};
use server::procedures::cases::{self, OfficeCase};
use server::procedures::drafts::{self, Draft, Saved};
use server::procedures::family::{self, Family};
use server::procedures::submit::{self, Submitted};
use server::procedures::{acts, domain};
use server::staff::authority::{self, Staff};
use shared::identity::Sex;
use shared::invented::person;
use shared::locale::Locale;
use shared::procedures::{Act, CaseId, Outcome, Refusal, Typed};
use shared::staff::{Role, StaffId};

use super::super::counter::hall::{grant, staff_at};
use super::super::support::{TestApp, people::nobody};

pub const REGION: &str = "440300";
pub const PROCEDURE: &str = "green_burial";

/// Everything that the `n`th family types.
pub fn answers(n: usize) -> Typed {
    let (deceased, applicant) = (person(n, Sex::Male), person(n, Sex::Female));
    let proof = format!("YS2026{n:05}");
    let pairs: [(&str, &str); 14] = [
        ("deceased_name", "赵演示"),
        ("deceased_id", &deceased.id_number),
        ("died_on", "2026-04-06"),
        ("deceased_hukou_here", "yes"),
        ("proof_number", &proof),
        ("burial_kind", "sea"),
        ("buried_on", "2026-05-10"),
        ("organised", "yes"),
        ("relation", "child"),
        ("applicant_name", "钱演示"),
        ("applicant_id", &applicant.id_number),
        ("applicant_phone", &applicant.phone),
        ("account", "0918273645"),
        ("wish", "yes"),
    ];
    pairs.into_iter().map(|(field, text)| (field.to_owned(), text.to_owned())).collect()
}

/// These answers with one that is otherwise.
pub fn but(mut answers: Typed, field: &str, text: &str) -> Typed {
    answers.insert(field.to_owned(), text.to_owned());
    answers
}

/// One answer alone, as a page sends it.
pub fn only(field: &str, text: &str) -> Typed {
    but(Typed::new(), field, text)
}

pub fn offered(test: &TestApp) -> Arc<Offered> {
    test.app.policies().procedure(REGION, PROCEDURE).unwrap()
}

/// Puts rules in force that set times, such as `clock = { days = 10, unit = "working", source = "sz2023" }`: the shipped ones
/// set none.
pub fn with_times(test: &TestApp, times: &str) {
    let folder = tempfile::TempDir::new().unwrap();
    for (path, text) in policy::embedded() {
        let is_meant = path == format!("{REGION}/procedures/{PROCEDURE}.toml");
        let text = if is_meant { format!("{times}\n{text}") } else { text };
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    assert!(test.app.policies().load(folder.path()).unwrap());
}

/// A draft with these answers, filled in at the counter by somebody or by the family itself.
pub async fn drafted(test: &TestApp, answers: &Typed, filed_by: Option<&StaffId>) -> Draft {
    drafted_by(test, &offered(test), answers, filed_by).await
}

/// The same by the rules of another place.
async fn drafted_by(test: &TestApp, offered: &Offered, answers: &Typed, filed_by: Option<&StaffId>) -> Draft {
    let (app, now) = (&test.app, test.now());
    let begun = drafts::begin(app, offered, filed_by, now).await.unwrap();
    let draft = drafts::load(app, &begun.id, &begun.token, now).await.unwrap();
    let saved = drafts::save(app, &draft, draft.version, answers, now).await.unwrap();
    assert!(matches!(saved, Saved::Kept { version: 1, .. }), "{saved:?}");
    drafts::load(app, &begun.id, &begun.token, now).await.unwrap()
}

/// A case as whoever handed it in knows it.
pub struct Handed {
    pub id: CaseId,
    pub family: Family,
    pub submitted: Submitted,
}

/// The case of the `n`th family.
pub async fn submitted(test: &TestApp, n: usize) -> Handed {
    handed_in(test, &answers(n), None).await
}

pub async fn handed_in(test: &TestApp, answers: &Typed, filed_by: Option<&StaffId>) -> Handed {
    handed_in_by(test, &offered(test), answers, filed_by).await
}

/// A case by the rules of another place than the city's.
pub async fn handed_in_by(test: &TestApp, offered: &Offered, answers: &Typed, filed_by: Option<&StaffId>) -> Handed {
    let draft = drafted_by(test, offered, answers, filed_by).await;
    let submitted = submit::submit(&test.app, (&draft, &nobody()), Locale::Zh, None, test.now()).await.unwrap();
    let token = submitted.manage_token.reveal();
    let family = family::by_token(&test.app, submitted.reference, token).await.unwrap();
    Handed { id: family.id().clone(), family, submitted }
}

pub async fn reviewer(test: &TestApp, n: usize) -> Staff {
    staff_at(test, n, Role::Reviewer, "nanshan").await
}

pub async fn approver(test: &TestApp, n: usize) -> Staff {
    staff_at(test, n, Role::Approver, "nanshan").await
}

/// Somebody who may review and sign.
pub async fn both(test: &TestApp, n: usize) -> Staff {
    let staff = reviewer(test, n).await;
    grant(test, staff.person(), Role::Approver, "nanshan").await;
    authority::again(&test.app, &staff, test.now()).await.unwrap()
}

/// A case as somebody of the office sees it now.
pub async fn seen(test: &TestApp, by: &Staff, id: &CaseId) -> OfficeCase {
    cases::one(&test.app, by, id, test.now()).await.unwrap()
}

/// Does something to a case as it stands now.
pub async fn act(test: &TestApp, by: &Staff, id: &CaseId, act: Act) -> Result<OfficeCase, Error> {
    let version = seen(test, by, id).await.version;
    acts::act(&test.app, by, id, version, act, Some("材料已经核对过。"), test.now()).await
}

pub fn proposes(outcome: Outcome) -> Act {
    Act::Propose { outcome, hash: String::new() }
}

/// A case that is accepted, reviewed and proposed by one person.
pub async fn proposed(test: &TestApp, id: &CaseId, by: &Staff, outcome: Outcome) -> OfficeCase {
    act(test, by, id, Act::Accept).await.unwrap();
    act(test, by, id, Act::Review).await.unwrap();
    act(test, by, id, proposes(outcome)).await.unwrap()
}

/// Signs what stands proposed.
pub async fn signed(test: &TestApp, id: &CaseId, by: &Staff) -> Result<OfficeCase, Error> {
    let hash = seen(test, by, id).await.proposal_hash.unwrap_or_default();
    act(test, by, id, Act::Approve { hash }).await
}

/// A case that one person proposes to grant and another signs.
pub async fn granted(test: &TestApp, id: &CaseId, (one, other): (&Staff, &Staff)) -> OfficeCase {
    proposed(test, id, one, Outcome::Granted).await;
    signed(test, id, other).await.unwrap()
}

/// What the clock does by itself.
pub async fn jobs(test: &TestApp) {
    for job in domain::DOMAIN.jobs.iter().chain(domain::DOMAIN.slow_jobs) {
        job(&test.app, test.now()).await.unwrap();
    }
}

/// Why something was not done to a case.
pub fn refused<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Option<Refusal> {
    outcome.unwrap_err().refusal()
}
