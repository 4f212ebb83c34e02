//! Files that come in parts, over connections and past processes that end.

use std::fs;

use chrono::TimeDelta;
use server::Error;
use server::keys::token::new_id;
use server::procedures::files::{self, New, Owner, Progress};
use shared::problem::Problem;
use shared::procedures::file::{MOST_BYTES, MOST_OF_A_PAPER, SHORTEST_PART};
use shared::procedures::{CaseId, FileId, FileKind, NotTaken};

use super::{handing, is_not_found, jpeg, long_jpeg, open, pdf, photo, someone, stored, swept, take, why};
use crate::support::{Setup, TestApp, test_apps};

async fn begin(test: &TestApp, owner: &Owner, size: u64) -> Result<FileId, Error> {
    let new = New { paper: "cremation_proof", name: "IMG_0002.JPG", size };
    files::begin(&test.app, owner, new, test.now()).await
}

async fn append(test: &TestApp, owner: &Owner, id: &FileId, from: u64, bytes: &[u8]) -> Result<Progress, Error> {
    files::append(&test.app, owner, id, (from, bytes), test.now()).await
}

#[tokio::test]
async fn a_photograph_goes_on_where_the_connection_broke() {
    for test in test_apps(Setup::default()).await {
        let (owner, bytes) = (someone(), long_jpeg());
        let (size, half) = (bytes.len() as u64, bytes.len() / 2);
        let id = begin(&test, &owner, size).await.unwrap();
        let first = append(&test, &owner, &id, 0, &bytes[..half]).await.unwrap();
        assert_eq!(first, Progress { received: half as u64, size });
        assert_eq!(append(&test, &owner, &id, 0, &bytes[..half]).await.unwrap(), first, "sent twice is the same");
        let elsewhere = NotTaken::OtherPart { received: half as u64 };
        assert_eq!(why(append(&test, &owner, &id, 0, &bytes[half..]).await), Some(elsewhere), "other bytes");
        assert_eq!(why(append(&test, &owner, &id, 1, &bytes[1..]).await), Some(elsewhere), "another place");
        assert_eq!(why(append(&test, &owner, &id, size, b"more").await), Some(elsewhere), "behind the end");
        let early = files::finish(&test.app, handing(&owner), &id, test.now()).await;
        assert_eq!(why(early), Some(NotTaken::NotWhole { received: half as u64, size }));
        assert!(is_not_found(open(&test, &owner, &id).await));
        assert!(files::list(&test.app, &owner).await.unwrap().is_empty());

        // The process ends here; the next one knows where it was.
        let next = test.reopened().await;
        assert_eq!(files::progress(&next, &owner, &id).await.unwrap(), first);
        files::append(&next, &owner, &id, (half as u64, &bytes[half..]), test.now()).await.unwrap();
        let handed = files::finish(&next, handing(&owner), &id, test.now()).await.unwrap();
        assert_eq!(files::finish(&next, handing(&owner), &id, test.now()).await.unwrap(), handed, "twice is once");
        assert_eq!(open(&test, &owner, &id).await.unwrap().kind, FileKind::Photo);
        swept(&test).await;
        assert_eq!(stored(&test).len(), 1, "the parts are gone");
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_any_of_it_is_sent() {
    for test in test_apps(Setup::default()).await {
        let owner = someone();
        assert_eq!(why(begin(&test, &owner, 40 * 1024 * 1024).await), Some(NotTaken::TooLarge));
        assert_eq!(why(begin(&test, &owner, 0).await), Some(NotTaken::Empty));
        let id = begin(&test, &owner, 3 * 1024 * 1024).await.unwrap();
        let part = append(&test, &owner, &id, 0, &vec![0_u8; 2 * 1024 * 1024 + 1]).await;
        assert!(matches!(part, Err(Error::Problem(Problem::TooLarge))));
    }
}

#[tokio::test]
async fn a_program_that_comes_in_parts_leaves_nothing_behind() {
    for test in test_apps(Setup::default()).await {
        let owner = someone();
        let id = begin(&test, &owner, SHORTEST_PART as u64 + 4).await.unwrap();
        let mut program = b"MZ\x90\0".to_vec();
        program.resize(SHORTEST_PART, 0);
        append(&test, &owner, &id, 0, &program).await.unwrap();
        append(&test, &owner, &id, SHORTEST_PART as u64, b"\x03\0\0\0").await.unwrap();
        let whole = files::finish(&test.app, handing(&owner), &id, test.now()).await;
        assert_eq!(why(whole), Some(NotTaken::Program));
        assert!(is_not_found(files::progress(&test.app, &owner, &id).await));
        swept(&test).await;
        assert!(stored(&test).is_empty());
    }
}

#[tokio::test]
async fn what_never_comes_whole_is_forgotten_after_a_day() {
    for test in test_apps(Setup::default()).await {
        let owner = Owner::Case(CaseId::parse(&new_id()).unwrap());
        let id = begin(&test, &owner, 2 * SHORTEST_PART as u64).await.unwrap();
        append(&test, &owner, &id, 0, &vec![0; SHORTEST_PART]).await.unwrap();
        let kept = take(&test, &owner, "page.jpg", &jpeg(&photo(200))).await.unwrap();
        test.wait(TimeDelta::hours(23));
        files::forget(&test.app, test.now()).await.unwrap();
        assert!(files::progress(&test.app, &owner, &id).await.is_ok());
        test.wait(TimeDelta::hours(2));
        files::forget(&test.app, test.now()).await.unwrap();
        assert!(is_not_found(files::progress(&test.app, &owner, &id).await));
        swept(&test).await;
        assert_eq!(stored(&test).len(), 1);
        assert!(open(&test, &owner, &kept.id).await.is_ok());
    }
}

#[tokio::test]
async fn files_of_a_draft_that_is_no_more_are_removed() {
    for test in test_apps(Setup::default()).await {
        let (gone, case) = (someone(), Owner::Case(CaseId::parse(&new_id()).unwrap()));
        let page = jpeg(&photo(200));
        let [lost, kept] = [
            take(&test, &gone, "page.jpg", &page).await.unwrap(),
            take(&test, &case, "page.jpg", &page).await.unwrap(),
        ];
        files::forget(&test.app, test.now()).await.unwrap();
        assert!(is_not_found(open(&test, &gone, &lost.id).await));
        assert!(open(&test, &case, &kept.id).await.is_ok());
        swept(&test).await;
        assert_eq!(stored(&test).len(), 1);
    }
}

#[tokio::test]
async fn what_was_stored_and_never_named_is_swept_away_and_given_to_nobody() {
    for test in test_apps(Setup::default()).await {
        let (owner, bytes) = (someone(), jpeg(&photo(200)));
        let id = begin(&test, &owner, bytes.len() as u64).await.unwrap();
        append(&test, &owner, &id, 0, &bytes).await.unwrap();
        let mut connection = test.connection().await;
        // As if the process had ended after the object was stored and before its row was told.
        for statement in [
            "insert into file_doomed (object, from_at) select object, 0 from case_file_part",
            "delete from case_file_part",
            "update case_file set received = 0",
        ] {
            sqlx::query(statement).execute(&mut connection).await.unwrap();
        }
        assert_eq!(stored(&test).len(), 1);
        assert!(is_not_found(open(&test, &owner, &id).await));
        append(&test, &owner, &id, 0, &bytes).await.unwrap();
        files::sweep(&test.app, test.now()).await.unwrap();
        assert_eq!(stored(&test).len(), 1, "only the one that nobody names is gone");
        files::finish(&test.app, handing(&owner), &id, test.now()).await.unwrap();
    }
}

#[tokio::test]
async fn nobody_adds_to_a_file_of_another_draft_nor_hands_it_in() {
    for test in test_apps(Setup::default()).await {
        let (owner, stranger, bytes) = (someone(), someone(), jpeg(&photo(200)));
        let id = begin(&test, &owner, bytes.len() as u64).await.unwrap();
        assert!(is_not_found(append(&test, &stranger, &id, 0, &bytes).await));
        append(&test, &owner, &id, 0, &bytes).await.unwrap();
        assert!(is_not_found(files::finish(&test.app, handing(&stranger), &id, test.now()).await));
        assert!(files::list(&test.app, &stranger).await.unwrap().is_empty());
        files::finish(&test.app, handing(&owner), &id, test.now()).await.unwrap();
    }
}

#[tokio::test]
async fn a_part_that_is_sent_twice_at_once_is_joined_once() {
    for test in test_apps(Setup::default()).await {
        let (owner, bytes) = (someone(), long_jpeg());
        let id = begin(&test, &owner, bytes.len() as u64).await.unwrap();
        let half = bytes.len() / 2;
        let [one, other] =
            [append(&test, &owner, &id, 0, &bytes[..half]), append(&test, &owner, &id, 0, &bytes[..half])];
        let (one, other) = tokio::join!(one, other);
        assert_eq!([one.unwrap().received, other.unwrap().received], [half as u64; 2]);
        append(&test, &owner, &id, half as u64, &bytes[half..]).await.unwrap();
        let handed = files::finish(&test.app, handing(&owner), &id, test.now()).await.unwrap();
        assert_eq!(open(&test, &owner, &handed.id).await.unwrap().kind, FileKind::Photo);
        swept(&test).await;
        assert_eq!(stored(&test).len(), 1, "the part that came too late is gone too");
    }
}

#[tokio::test]
async fn a_part_is_no_smaller_than_it_has_to_be_but_for_the_last() {
    for test in test_apps(Setup::default()).await {
        let (owner, bytes) = (someone(), long_jpeg());
        let id = begin(&test, &owner, bytes.len() as u64).await.unwrap();
        let short = append(&test, &owner, &id, 0, &bytes[..SHORTEST_PART - 1]).await;
        assert!(matches!(short, Err(Error::Problem(Problem::Malformed))));
        assert!(stored(&test).is_empty(), "nothing of it was kept");
        append(&test, &owner, &id, 0, &bytes[..bytes.len() - 1]).await.unwrap();
        append(&test, &owner, &id, bytes.len() as u64 - 1, &bytes[bytes.len() - 1..]).await.unwrap();
        files::finish(&test.app, handing(&owner), &id, test.now()).await.unwrap();
    }
}

#[tokio::test]
async fn what_broke_off_fills_no_paper_and_the_oldest_of_it_goes_for_the_newest() {
    for test in test_apps(Setup::default()).await {
        let owner = someone();
        let mut begun = Vec::new();
        for _ in 0..MOST_OF_A_PAPER {
            begun.push(begin(&test, &owner, 8).await.unwrap());
            test.wait(TimeDelta::seconds(1));
        }
        let kept = take(&test, &owner, "page.pdf", &pdf("<< >>")).await.unwrap();
        assert_eq!(files::list(&test.app, &owner).await.unwrap(), [kept]);
        assert!(is_not_found(files::progress(&test.app, &owner, &begun[0]).await), "the oldest");
        assert!(files::progress(&test.app, &owner, &begun[1]).await.is_ok());
        for _ in 1..MOST_OF_A_PAPER {
            take(&test, &owner, "page.pdf", &pdf(&new_id())).await.unwrap();
        }
        assert!(is_not_found(files::progress(&test.app, &owner, begun.last().unwrap()).await));
        assert_eq!(why(begin(&test, &owner, 8).await), Some(NotTaken::TooManyOfPaper), "what is whole stays");
    }
}

#[tokio::test]
async fn all_files_of_one_draft_together_have_a_limit() {
    for test in test_apps(Setup::default()).await {
        let owner = someone();
        for number in 0..10 {
            let new =
                New { paper: ["cremation_proof", "burial_certificate"][number % 2], name: "a.pdf", size: MOST_BYTES };
            files::begin(&test.app, &owner, new, test.now()).await.unwrap();
        }
        // As if all of them had come.
        let kept = "update case_file set state = 'kept', kind = 'pdf', size = announced, address = id, object = id";
        sqlx::query(kept).execute(&mut test.connection().await).await.unwrap();
        assert_eq!(why(begin(&test, &owner, 1).await), Some(NotTaken::TooManyOfCase));
        assert!(begin(&test, &someone(), 1).await.is_ok(), "another draft");
    }
}

#[tokio::test]
async fn what_cannot_be_removed_from_the_store_comes_again_behind_the_others() {
    for test in test_apps(Setup::default()).await {
        let folder = test.app.settings().data.join("files");
        // No file can be removed where a folder stands.
        fs::create_dir_all(folder.join("aa/aa-stuck")).unwrap();
        fs::create_dir_all(folder.join("bb")).unwrap();
        fs::write(folder.join("bb/bb-other"), b"sealed").unwrap();
        let doomed = "insert into file_doomed (object, from_at) values ('aa-stuck', 0), ('bb-other', 1)";
        sqlx::query(doomed).execute(&mut test.connection().await).await.unwrap();
        assert!(files::sweep(&test.app, test.now()).await.is_err());
        assert!(folder.join("bb/bb-other").exists(), "a store that is silent is asked once in a round");
        files::sweep(&test.app, test.now()).await.unwrap();
        assert!(!folder.join("bb/bb-other").exists());
        test.wait(TimeDelta::hours(1));
        assert!(files::sweep(&test.app, test.now()).await.is_err(), "it is still to be removed");
    }
}
