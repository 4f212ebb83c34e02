//! Half-filled applications that are not lost.

use chrono::TimeDelta;
use server::Error;
use server::database::sql::sql;
use server::procedures::drafts::{self, Elsewhere, Saved, lifetime};
use server::procedures::submit;
use shared::identity::Phone;
use shared::locale::Locale;
use shared::problem::Problem;
use shared::procedures::{DraftToken, Refusal};

use super::super::counter::hall::{holds, setup};
use super::super::support::people::nobody;
use super::super::support::test_apps;
use super::desk::{self, PROCEDURE, REGION, answers, but, drafted, jobs, only, refused};

#[tokio::test]
async fn every_step_is_kept_and_the_draft_goes_on_with_its_token_alone() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let begun = drafts::begin(app, &desk::offered(&test), None, now).await.unwrap();
        assert_eq!(begun.expires_at, now + lifetime(app));
        let all = answers(1);
        for ((field, text), version) in all.iter().zip(0..) {
            let draft = drafts::load(app, &begun.id, &begun.token, now).await.unwrap();
            let saved = drafts::save(app, &draft, version, &only(field, text), now).await.unwrap();
            assert!(matches!(saved, Saved::Kept { version: kept, .. } if kept == version + 1), "{saved:?}");
        }
        let draft = drafts::load(app, &begun.id, &begun.token, now).await.unwrap();
        assert_eq!(draft.typed, all);
        assert!(!format!("{draft:?}").contains("钱演示"));

        let other = drafts::begin(app, &desk::offered(&test), None, now).await.unwrap();
        for token in [&other.token, &DraftToken::parse("none").unwrap()] {
            let foreign = drafts::load(app, &begun.id, token, now).await.unwrap_err();
            assert!(matches!(foreign, Error::Problem(Problem::NotFound)), "{foreign}");
        }
    }
}

#[tokio::test]
async fn what_two_windows_fill_in_differently_is_shown_and_what_only_one_fills_in_is_not_lost() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let begun = drafts::begin(app, &desk::offered(&test), None, now).await.unwrap();
        let draft = drafts::load(app, &begun.id, &begun.token, now).await.unwrap();
        let first = but(only("burial_kind", "sea"), "organised", "yes");
        drafts::save(app, &draft, 0, &first, now).await.unwrap();

        let other = but(but(first.clone(), "burial_kind", "river"), "buried_on", "2026-05-10");
        let saved = drafts::save(app, &draft, 0, &other, now).await.unwrap();
        assert_eq!(saved, Saved::Changed { version: 1, theirs: only("burial_kind", "sea") });
        let stands = drafts::load(app, &begun.id, &begun.token, now).await.unwrap();
        assert_eq!((stands.version, stands.typed), (1, first.clone()), "nothing was kept");

        // Another page of the form, open since before.
        let saved = drafts::save(app, &draft, 0, &only("relation", "child"), now).await.unwrap();
        assert!(matches!(saved, Saved::Kept { version: 2, .. }), "{saved:?}");
        // The same press once more.
        let saved = drafts::save(app, &draft, 0, &only("relation", "child"), now).await.unwrap();
        assert!(matches!(saved, Saved::Kept { .. }), "{saved:?}");
        let stands = drafts::load(app, &begun.id, &begun.token, now).await.unwrap();
        assert_eq!(stands.typed, but(first, "relation", "child"));
    }
}

#[tokio::test]
async fn of_two_windows_that_save_at_once_neither_overwrites_the_other_unseen() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let draft = drafted(&test, &only("relation", "child"), None).await;
        let (sea, tree) = (only("burial_kind", "sea"), only("burial_kind", "river"));
        let (one, other) =
            tokio::join!(drafts::save(app, &draft, 1, &sea, now), drafts::save(app, &draft, 1, &tree, now));
        let kept = [one.unwrap(), other.unwrap()].map(|saved| matches!(saved, Saved::Kept { .. }));
        assert_eq!(kept.iter().filter(|kept| **kept).count(), 1, "the other is shown both");
    }
}

#[tokio::test]
async fn a_draft_is_kept_until_the_day_that_was_told_and_each_saving_puts_it_off() {
    for test in test_apps(setup()).await {
        let app = &test.app;
        let begun = drafts::begin(app, &desk::offered(&test), None, test.now()).await.unwrap();
        test.wait(lifetime(&test.app) - TimeDelta::days(1));
        let draft = drafts::load(app, &begun.id, &begun.token, test.now()).await.unwrap();
        let saved = drafts::save(app, &draft, 0, &only("relation", "child"), test.now()).await.unwrap();
        let Saved::Kept { expires_at, .. } = saved else { panic!("{saved:?}") };
        assert_eq!(expires_at, test.now() + lifetime(&test.app));
        test.wait(lifetime(&test.app) - TimeDelta::milliseconds(1));
        jobs(&test).await;
        let draft = drafts::load(app, &begun.id, &begun.token, test.now()).await.unwrap();
        assert_eq!(draft.typed, only("relation", "child"));

        test.wait(TimeDelta::milliseconds(1));
        let over = drafts::load(app, &begun.id, &begun.token, test.now()).await;
        assert_eq!(refused(over), Some(Refusal::DraftOver));
        let over = drafts::save(app, &draft, 1, &only("relation", "parent"), test.now()).await;
        assert_eq!(refused(over), Some(Refusal::DraftOver));
        jobs(&test).await;
        let gone = drafts::load(app, &begun.id, &begun.token, test.now()).await.unwrap_err();
        assert!(matches!(gone, Error::Problem(Problem::NotFound)), "{gone}");
    }
}

#[tokio::test]
async fn a_draft_goes_on_elsewhere_for_whoever_has_its_phone_and_knows_the_end_of_the_number() {
    for test in test_apps(setup()).await {
        let (app, now, of) = (&test.app, test.now(), (REGION, PROCEDURE));
        let answers = answers(1);
        let draft = drafted(&test, &answers, None).await;
        let phone = Phone::parse(&answers["applicant_phone"]).unwrap();
        let last_six = &answers["applicant_id"][12..];
        drafts::send_code(app, of, (&phone, "000000"), &nobody(), Locale::Zh, now).await.unwrap();
        assert!(test.messages_to(phone.as_str(), "phone_code").await.is_empty(), "nobody learns whether there is one");

        drafts::send_code(app, of, (&phone, last_six), &nobody(), Locale::Zh, now).await.unwrap();
        let code = test.last_code(phone.as_str()).await;
        let resume = async |code: &str, last_six: &str| {
            drafts::resume(app, REGION, PROCEDURE, &phone, code, last_six, &nobody(), now).await
        };
        let unknown = resume(&code, "000000").await.unwrap_err();
        assert!(matches!(unknown, Error::Problem(Problem::Unauthorized)), "{unknown}");
        let wrong = if code == "111111" { "222222" } else { "111111" };
        assert!(matches!(resume(wrong, last_six).await.unwrap_err(), Error::Problem(Problem::Fields(_))));
        let found = resume(&code, last_six).await.unwrap();
        assert_eq!(found.iter().map(|begun| &begun.id).collect::<Vec<_>>(), [&draft.id]);
        let again = drafts::load(app, &found[0].id, &found[0].token, now).await.unwrap();
        assert_eq!(again.typed, answers);
    }
}

#[tokio::test]
async fn what_was_handed_in_or_discarded_is_gone_from_the_draft() {
    for test in test_apps(setup()).await {
        let (app, now) = (&test.app, test.now());
        let draft = drafted(&test, &answers(1), None).await;
        submit::submit(app, (&draft, &nobody()), Locale::Zh, None, now).await.unwrap();
        let saved = drafts::save(app, &draft, 1, &only("relation", "parent"), now).await;
        assert_eq!(refused(saved), Some(Refusal::DraftSubmitted));
        let other = drafted(&test, &answers(2), None).await;
        drafts::discard(app, &other, now).await.unwrap();
        let gone = drafts::save(app, &other, 1, &only("relation", "parent"), now).await.unwrap_err();
        assert!(matches!(gone, Error::Problem(Problem::NotFound)), "{gone}");
        holds(&test).await;
    }
}

#[tokio::test]
async fn whoever_begins_many_in_the_name_of_somebody_does_not_keep_them_from_their_own() {
    for test in test_apps(setup()).await {
        let (app, typed) = (&test.app, answers(1));
        let own = drafted(&test, &typed, None).await;
        test.wait(TimeDelta::seconds(1));
        assert_eq!(own.elsewhere, Elsewhere::Found);
        let mut last = None;
        for _ in 0..2 * drafts::MOST_FOUND {
            last = Some(drafted(&test, &typed, None).await);
        }
        assert_eq!(last.map(|draft| draft.elsewhere), Some(Elsewhere::Crowded), "and whoever has it is told");
        let phone = Phone::parse(&typed["applicant_phone"]).unwrap();
        let last_six = &typed["applicant_id"][12..];
        let (of, who) = ((REGION, PROCEDURE), (&phone, last_six));
        drafts::send_code(app, of, who, &nobody(), Locale::Zh, test.now()).await.unwrap();
        let code = test.last_code(phone.as_str()).await;
        let found =
            drafts::resume(app, REGION, PROCEDURE, &phone, &code, last_six, &nobody(), test.now()).await.unwrap();
        assert_eq!(found.len(), usize::try_from(drafts::MOST_FOUND).unwrap());
        assert!(found.iter().any(|begun| begun.id == own.id), "what was begun first is among them");
        // Saving it once more does not push it out.
        drafts::save(app, &own, 1, &only("buried_on", "2026-05-11"), test.now()).await.unwrap();
        let statement = "select 1 as one from application_draft where id = $1 and phone_index is not null";
        let row = sql(statement, [own.id.as_str().into()]).fetch_optional(&mut test.connection().await).await.unwrap();
        assert!(row.is_some());
    }
}
