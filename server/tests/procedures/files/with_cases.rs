//! Photographs on their way from a draft to a decision, and who of the office opens them.

use chrono::TimeDelta;
use server::keys::rotate::rotate;
use server::procedures::cases::{self, FamilyCase};
use server::procedures::files::{self, Owner};
use server::procedures::papers::{self, Tray};
use server::procedures::{acts, drafts, family, submit};
use shared::locale::Locale;
use shared::procedures::{Act, FileKind, Outcome, Refusal, Typed};
use shared::staff::{Refusal as NotStaff, Role};

use super::super::desk::{Handed, act, answers, drafted, jobs, proposed, refused, reviewer, signed, submitted};
use super::{is_not_found, jpeg, photo, stored, swept};
use crate::counter::hall::{holds, number, setup, staff_at};
use crate::support::{TestApp, test_apps, test_apps_set};

const PROOF: &str = "cremation_proof";
const CERTIFICATE: &str = "burial_certificate";

/// The case of the `n`th family, which sent a photograph of the cremation proof.
pub(super) async fn photographed(test: &TestApp, n: usize) -> Handed {
    let (app, now) = (&test.app, test.now());
    let draft = drafted(test, &answers(n), None).await;
    let tray = Tray::of_draft(&draft).unwrap();
    tray.take(app, (PROOF, "IMG_0001.JPG"), jpeg(&photo(200)), now).await.unwrap();
    let submitted = submit::submit(app, &draft, Locale::Zh, None, now).await.unwrap();
    let token = submitted.manage_token.reveal();
    let family = family::by_token(app, submitted.reference, token).await.unwrap();
    Handed { id: family.id().clone(), family, submitted }
}

async fn seen_by_family(test: &TestApp, handed: &Handed) -> FamilyCase {
    let (reference, token) = (handed.submitted.reference, handed.submitted.manage_token.reveal());
    cases::for_family(&test.app, reference, token, test.now()).await.unwrap()
}

fn to_bring(case: &FamilyCase) -> Vec<&str> {
    papers::missing(case).into_iter().map(|paper| paper.id.as_str()).collect()
}

#[tokio::test]
async fn what_was_photographed_is_handed_in_with_the_receipt_and_the_rest_is_brought() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let draft = drafted(&test, &answers(1), None).await;
        let tray = Tray::of_draft(&draft).unwrap();
        assert!(is_not_found(tray.take(app, ("no_such_paper", "a.jpg"), jpeg(&photo(200)), now).await));
        tray.take(app, (PROOF, "IMG_0001.JPG"), jpeg(&photo(200)), now).await.unwrap();
        let marks = async |owner: Owner| {
            let mut connection = test.connection().await;
            files::marks(&mut connection, &owner).await.unwrap()
        };
        let before = marks(Owner::Draft(draft.id.clone())).await;
        assert_eq!(before.len(), 1);
        let submitted = submit::submit(app, &draft, Locale::Zh, None, now).await.unwrap();
        let family = family::by_token(app, submitted.reference, submitted.manage_token.reveal()).await.unwrap();
        let handed = Handed { id: family.id().clone(), family, submitted };
        assert_eq!(marks(Owner::Case(handed.id.clone())).await, before, "what the receipt rests on");
        let case = seen_by_family(&test, &handed).await;
        let names: Vec<_> = case.files.iter().map(|file| (file.paper.as_str(), file.name.as_str())).collect();
        assert_eq!(names, [(PROOF, "IMG_0001.jpg")]);
        let bring = to_bring(&case);
        assert!(!bring.contains(&PROOF) && bring.contains(&CERTIFICATE), "{bring:?}");
        // A family without a telephone that takes photographs hands in all the same.
        let without = seen_by_family(&test, &self::submitted(&test, 2).await).await;
        assert!(without.files.is_empty() && to_bring(&without).contains(&PROOF));
        holds(&test).await;
    }
}

#[tokio::test]
async fn what_was_handed_in_takes_and_loses_nothing_more() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let draft = drafted(&test, &answers(1), None).await;
        let tray = Tray::of_draft(&draft).unwrap();
        let kept = tray.take(app, (PROOF, "IMG_0001.JPG"), jpeg(&photo(200)), now).await.unwrap();
        let submitted = submit::submit(app, &draft, Locale::Zh, None, now).await.unwrap();
        // The window that stayed open.
        let late = tray.take(app, (PROOF, "IMG_0002.JPG"), jpeg(&photo(120)), now).await;
        assert_eq!(refused(late), Some(Refusal::DraftSubmitted));
        assert_eq!(refused(tray.remove(app, &kept.id, now).await), Some(Refusal::DraftSubmitted));
        let family = family::by_token(app, submitted.reference, submitted.manage_token.reveal()).await.unwrap();
        let owner = Owner::Case(family.id().clone());
        let removed = files::remove(app, &owner, &kept.id, now).await;
        assert!(matches!(refused(removed), Some(Refusal::NotNow { .. })));
        assert_eq!(files::list(app, &owner).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn what_another_window_photographed_meanwhile_is_not_handed_in_unseen() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let draft = drafted(&test, &answers(1), None).await;
        let tray = Tray::of_draft(&draft).unwrap();
        let adds = tray.take(app, (PROOF, "IMG_0001.JPG"), jpeg(&photo(200)), now);
        let (added, submitted) = tokio::join!(adds, submit::submit(app, &draft, Locale::Zh, None, now));
        // Whoever was first: a file is in the case exactly where its sender was told that it was taken before.
        match submitted {
            Ok(submitted) => {
                let token = submitted.manage_token.reveal();
                let family = family::by_token(app, submitted.reference, token).await.unwrap();
                let files = files::list(app, &Owner::Case(family.id().clone())).await.unwrap();
                assert_eq!(files.len(), usize::from(added.is_ok()));
            }
            Err(error) => {
                assert!(
                    matches!(&error, submit::NotSubmitted::Other(error) if error.refusal::<Refusal>() == Some(Refusal::DraftChanged))
                );
                assert!(added.is_ok(), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn a_family_that_was_asked_sends_photographs_of_that_and_takes_away_no_others() {
    for test in test_apps(setup()).await {
        let app = &test.app;
        let handed = photographed(&test, 1).await;
        assert!(matches!(Tray::of_case(&seen_by_family(&test, &handed).await), Err(Refusal::NotNow { .. })));
        test.wait(TimeDelta::minutes(5));
        let li = reviewer(&test, 1).await;
        act(&test, &li, &handed.id, Act::Accept).await.unwrap();
        act(&test, &li, &handed.id, Act::Review).await.unwrap();
        act(&test, &li, &handed.id, Act::Ask { items: vec![CERTIFICATE.to_owned()] }).await.unwrap();
        let (case, now) = (seen_by_family(&test, &handed).await, test.now());
        let tray = Tray::of_case(&case).unwrap();
        assert!(is_not_found(tray.take(app, (PROOF, "a.jpg"), jpeg(&photo(120)), now).await), "it was not asked for");
        let added = tray.take(app, (CERTIFICATE, "IMG_0002.JPG"), jpeg(&photo(120)), now).await.unwrap();
        let listed: Vec<_> = tray.list(app).await.unwrap().into_iter().map(|file| file.id).collect();
        assert_eq!(listed, std::slice::from_ref(&added.id));
        assert!(is_not_found(tray.remove(app, &case.files[0].id, now).await), "it was handed in before");
        acts::supply(app, &handed.family, case.version, &Typed::new(), now).await.unwrap();
        let after = seen_by_family(&test, &handed).await;
        assert_eq!(after.files.len(), 2);
        assert!(matches!(Tray::of_case(&after), Err(Refusal::NotNow { .. })));
        assert!(matches!(refused(tray.remove(app, &added.id, now).await), Some(Refusal::NotNow { .. })));
        holds(&test).await;
    }
}

#[tokio::test]
async fn who_opens_a_photograph_is_written_down_first_and_the_family_reads_it() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let [handed, other] = [photographed(&test, 1).await, photographed(&test, 2).await];
        let file = seen_by_family(&test, &handed).await.files[0].id.clone();
        let li = reviewer(&test, 1).await;
        for _ in 0..2 {
            let opened = papers::look(app, &li, (&handed.id, &file), now).await.unwrap();
            assert_eq!(opened.kind, FileKind::Photo);
        }
        let looks = seen_by_family(&test, &handed).await.looks;
        let told: Vec<_> = looks.iter().map(|look| (look.paper.as_deref(), &look.field, &look.by)).collect();
        assert_eq!(told, [(Some(PROOF), &None, &None)], "once within a quarter of an hour, and not by whom");
        let events = "select count(*) from audit where act = 'case_looked' and detail like '%cremation_proof%'";
        assert_eq!(number(app, events).await, 1);
        assert!(is_not_found(papers::look(app, &li, (&other.id, &file), now).await), "another case’s");
        for (n, role) in [(3, Role::CounterClerk), (4, Role::Finance)] {
            let stranger = staff_at(&test, n, role, "nanshan").await;
            let looked = papers::look(app, &stranger, (&handed.id, &file), now).await.err().unwrap();
            assert_eq!(looked.refusal::<NotStaff>(), Some(NotStaff::NotAllowed), "{role:?}");
        }
        assert_eq!(number(app, "select count(*) from case_look").await, 1);
        holds(&test).await;
    }
}

#[tokio::test]
async fn a_proposal_rests_on_the_photographs_too() {
    for test in test_apps(setup()).await {
        let handed = photographed(&test, 1).await;
        let (li, wang) = (reviewer(&test, 11).await, staff_at(&test, 12, Role::Approver, "nanshan").await);
        proposed(&test, &handed.id, &li, Outcome::Granted).await;
        // As the scanner does when it finds something later on.
        let gone = "update case_file set state = 'refused', kind = null, size = null, address = null, object = null";
        sqlx::query(gone).execute(&mut test.connection().await).await.unwrap();
        assert_eq!(refused(signed(&test, &handed.id, &wang).await), Some(Refusal::ProposalChanged));
    }
}

#[tokio::test]
async fn a_draft_that_is_discarded_takes_its_photographs_with_it() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let draft = drafted(&test, &answers(1), None).await;
        let tray = Tray::of_draft(&draft).unwrap();
        let kept = tray.take(app, (PROOF, "IMG_0001.JPG"), jpeg(&photo(200)), now).await.unwrap();
        let second = tray.take(app, (PROOF, "IMG_0002.JPG"), jpeg(&photo(120)), now).await.unwrap();
        tray.move_up(app, &second.id).await.unwrap();
        tray.move_up(app, &second.id).await.unwrap();
        let listed: Vec<_> = tray.list(app).await.unwrap().into_iter().map(|file| file.id).collect();
        assert_eq!(listed, [second.id, kept.id.clone()], "the first stays the first");
        drafts::discard(app, &draft, now).await.unwrap();
        assert!(is_not_found(files::open(app, tray.owner(), &kept.id).await));
        swept(&test).await;
        assert!(stored(&test).is_empty());
    }
}

#[tokio::test]
async fn a_case_that_is_erased_takes_its_photographs_with_it() {
    for test in test_apps_set(setup(), &["--case-years", "1"]).await {
        let handed = photographed(&test, 1).await;
        acts::withdraw(&test.app, &handed.family, 0, test.now()).await.unwrap();
        test.wait(TimeDelta::days(360));
        jobs(&test).await;
        assert_eq!(seen_by_family(&test, &handed).await.files.len(), 1);
        test.wait(TimeDelta::days(7));
        jobs(&test).await;
        assert!(seen_by_family(&test, &handed).await.files.is_empty());
        swept(&test).await;
        assert!(stored(&test).is_empty());
    }
}

#[tokio::test]
async fn photographs_open_after_the_keys_were_changed_and_none_is_written_anew() {
    for test in test_apps(setup()).await {
        let handed = photographed(&test, 1).await;
        let before = stored(&test);
        rotate(&test.app).await.unwrap();
        let (app, owner) = (test.reopened().await, Owner::Case(handed.id.clone()));
        let file = files::list(&app, &owner).await.unwrap().remove(0);
        assert_eq!(files::open(&app, &owner, &file.id).await.unwrap().kind, FileKind::Photo);
        assert_eq!(stored(&test), before);
    }
}
