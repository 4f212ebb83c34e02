//! A family sees its own photographs: while it fills in, and with a copy of its data, which takes a code.

use chrono::TimeDelta;
use server::Error;
use server::procedures::cases::{self, FamilyCase};
use server::procedures::family::{self, Family};
use server::procedures::files::{Handed as File, Opened};
use server::procedures::papers::{Tray, open_of_draft};
use server::procedures::{acts, own, submit};
use shared::appointments::ManageToken;
use shared::identity::{Phone, PhoneCode};
use shared::locale::Locale;
use shared::problem::Problem;
use shared::procedures::{Act, FileKind, NotTaken, Typed};

use super::super::desk::{Handed, act, answers, drafted, reviewer};
use super::with_cases::photographed;
use super::{is_not_found, jpeg, photo, why};
use crate::counter::hall::setup;
use crate::support::people::nobody;
use crate::support::{TestApp, test_apps, test_apps_set};

const PROOF: &str = "cremation_proof";
const CERTIFICATE: &str = "burial_certificate";

/// What opens the files of a case, as a copy gives it to whoever has the phone.
async fn key(test: &TestApp, family: &Family) -> String {
    let (app, now) = (&test.app, test.now());
    let phone = own::send_code(app, family, &nobody(), Locale::Zh, now).await.unwrap();
    let code = PhoneCode::parse(&test.last_code(phone.as_str()).await).unwrap();
    own::copy(app, family, &code, &nobody(), now).await.unwrap().files_key
}

async fn case_of(test: &TestApp, handed: &Handed) -> FamilyCase {
    let (reference, token) = (handed.submitted.reference, &handed.submitted.manage_token);
    cases::for_family(&test.app, reference, token.reveal(), test.now()).await.unwrap()
}

async fn opens(test: &TestApp, case: &FamilyCase, file: &File, key: &str) -> Result<Opened, Error> {
    own::file(&test.app, case, (&file.id, key), test.now()).await
}

fn is_shut(outcome: Result<Opened, Error>) -> bool {
    matches!(outcome.err(), Some(Error::Problem(Problem::Unauthorized)))
}

#[tokio::test]
async fn a_photograph_of_a_draft_opens_for_whoever_fills_it_in_and_in_no_other() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let [draft, other] = [drafted(&test, &answers(1), None).await, drafted(&test, &answers(2), None).await];
        let tray = Tray::of_draft(&draft).unwrap();
        let file = tray.take(app, (PROOF, "IMG_0001.JPG"), jpeg(&photo(200)), now).await.unwrap();
        assert_eq!(open_of_draft(app, &draft, &file.id).await.unwrap().kind, FileKind::Photo);
        assert!(is_not_found(open_of_draft(app, &other, &file.id).await));
        submit::submit(app, (&draft, &nobody()), Locale::Zh, None, now).await.unwrap();
        assert!(is_not_found(open_of_draft(app, &draft, &file.id).await), "it is the case’s now");
    }
}

#[tokio::test]
async fn the_files_of_a_case_open_for_a_while_with_the_code_of_a_copy() {
    for test in test_apps(setup()).await {
        let [one, two] = [photographed(&test, 1).await, photographed(&test, 2).await];
        let [case, other] = [case_of(&test, &one).await, case_of(&test, &two).await];
        let (mine, theirs) = (key(&test, &one.family).await, key(&test, &two.family).await);
        assert_eq!(opens(&test, &case, &case.files[0], &mine).await.unwrap().kind, FileKind::Photo);
        let later = mine.replacen(|sign: char| sign.is_ascii_digit(), "9", 1);
        assert_ne!(later, mine);
        for wrong in ["", "-", theirs.as_str(), later.as_str(), one.submitted.manage_token.reveal()] {
            assert!(is_shut(opens(&test, &case, &case.files[0], wrong).await), "{wrong}");
        }
        assert!(is_not_found(opens(&test, &case, &other.files[0], &mine).await), "another family’s");
        test.wait(own::FILES_OPEN);
        assert!(is_shut(opens(&test, &case, &case.files[0], &mine).await), "its time is over");
    }
}

#[tokio::test]
async fn a_relative_sees_what_came_since_and_not_what_the_applicant_of_before_had_sent() {
    for test in test_apps(setup()).await {
        let app = &test.app;
        let by = reviewer(&test, 11).await;
        let handed = photographed(&test, 1).await;
        let before = case_of(&test, &handed).await;
        let old = key(&test, &handed.family).await;
        act(&test, &by, &handed.id, Act::Accept).await.unwrap();
        let version = act(&test, &by, &handed.id, Act::Review).await.unwrap().version;
        let typed = answers(2);
        let fields = ["relation", "applicant_name", "applicant_id", "applicant_phone", "account"];
        let relative: Typed = fields.map(|field| (field.to_owned(), typed[field].clone())).into();
        test.wait(TimeDelta::minutes(1));
        let said = "死亡证明和户口本已经看过。";
        acts::pass(app, &by, &handed.id, version, &relative, said, test.now()).await.unwrap();
        assert!(is_shut(opens(&test, &before, &before.files[0], &old).await), "the keys of before are dead");

        test.wait(TimeDelta::minutes(2));
        let (family, token) = opened_anew(&test, &handed, &typed["applicant_phone"]).await;
        act(&test, &by, &handed.id, Act::Ask { items: vec![CERTIFICATE.to_owned()] }).await.unwrap();
        let reference = handed.submitted.reference;
        let case = cases::for_family(app, reference, token.reveal(), test.now()).await.unwrap();
        let tray = Tray::of_case(&case).unwrap();
        let sent = tray.take(app, (CERTIFICATE, "IMG_0002.JPG"), jpeg(&photo(120)), test.now()).await.unwrap();
        test.wait(TimeDelta::minutes(2));
        let key = key(&test, &family).await;
        let case = cases::for_family(app, reference, token.reveal(), test.now()).await.unwrap();
        assert_eq!(case.files.len(), 2, "that both are there they read");
        assert_eq!(own::files_of(&case).map(|file| &file.id).collect::<Vec<_>>(), [&sent.id]);
        assert!(opens(&test, &case, &sent, &key).await.is_ok());
        assert!(is_not_found(opens(&test, &case, &before.files[0], &key).await));
    }
}

/// The case as the relative opens it.
async fn opened_anew(test: &TestApp, handed: &Handed, phone: &str) -> (Family, ManageToken) {
    let (app, now, phone) = (&test.app, test.now(), Phone::parse(phone).unwrap());
    let which = (handed.submitted.reference, &phone);
    family::send_code(app, which, &nobody(), Locale::Zh, now).await.unwrap();
    let code = PhoneCode::parse(&test.last_code(phone.as_str()).await).unwrap();
    family::by_code(app, which, &code, &nobody(), now).await.unwrap()
}

#[tokio::test]
async fn what_no_scanner_has_seen_is_not_given_to_its_family_either() {
    // Nobody listens there.
    for test in test_apps_set(setup(), &["--clamd=unix:/nonexistent/clamd.ctl"]).await {
        let (app, now) = (&test.app, test.now());
        let draft = drafted(&test, &answers(1), None).await;
        let tray = Tray::of_draft(&draft).unwrap();
        let file = tray.take(app, (PROOF, "IMG_0001.JPG"), jpeg(&photo(200)), now).await.unwrap();
        assert_eq!(why(open_of_draft(app, &draft, &file.id).await), Some(NotTaken::NotScanned));
        let handed = photographed(&test, 2).await;
        let case = case_of(&test, &handed).await;
        let key = key(&test, &handed.family).await;
        assert_eq!(why(opens(&test, &case, &case.files[0], &key).await), Some(NotTaken::NotScanned));
    }
}
