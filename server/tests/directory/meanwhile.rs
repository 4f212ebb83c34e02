//! Two lists at once or one after the other, what somebody confirms beside them, and taking them back in any order.

use server::Error;
use server::audit::{Actor, verify_all};
use server::directory::import::{self, Gone, Read, Refused};
use server::directory::{change, confirm, store};
use server::domains::streams;
use shared::directory::{Confirmation, Refusal, Section};
use shared::hours::{Change, ChangeKind};
use shared::localised::Localised;
use shared::places::PlaceId;
use shared::problem::Problem;

use super::files::{before, listed, options, over, read};
use super::import::{LIST, named, take, take_over};
use crate::support::{Setup, TestApp, test_apps};

const ONE: &str = "甲演示站";

fn phone(number: &str) -> String {
    format!("名称,所属区,电话\n{ONE},南山区,0755-00000{number}\n")
}

async fn phone_of(test: &TestApp, name: &str) -> String {
    named(test, name).await.phone.unwrap().as_str().to_owned()
}

async fn undo(test: &TestApp, import: &str) -> import::Undone {
    import::undo(&test.app, import, test.now(), |_| {}).await.unwrap()
}

async fn confirm(test: &TestApp, id: &PlaceId) -> Result<Vec<Section>, Error> {
    let confirmation = Confirmation { on: "2026-05-13".parse().unwrap(), by: "粤海街道办".to_owned() };
    confirm::confirm(&test.app, id, &[Section::Contact], confirmation, Actor::Operator, test.now()).await
}

async fn version(test: &TestApp) -> i64 {
    store::version(&mut test.connection().await, "elderly_station").await.unwrap()
}

#[tokio::test]
async fn a_list_is_not_taken_in_over_what_somebody_has_changed_or_confirmed_since_it_was_held_against_it() {
    for test in test_apps(Setup::default()).await {
        take(&test, LIST, Gone::Keep).await.unwrap();
        let seen = before(&test).await;
        take(&test, &phone("201"), Gone::Keep).await.unwrap();
        let address = format!("名称,所属区,地址\n{ONE},南山区,示例路 9 号\n");
        let refused = take_over(&test, &address, seen, Gone::Keep).await;
        assert_eq!(refused, Err(Refused::ChangedMeanwhile));
        assert_eq!(phone_of(&test, ONE).await, "0755-00000201");
        let seen = before(&test).await;
        confirm(&test, &named(&test, ONE).await.id).await.unwrap();
        assert_eq!(take_over(&test, &address, seen, Gone::Keep).await, Err(Refused::ChangedMeanwhile));
        assert_eq!(named(&test, ONE).await.confirmed[&Section::Contact].by, "粤海街道办");
        take(&test, &address, Gone::Keep).await.unwrap();
        assert_eq!(phone_of(&test, ONE).await, "0755-00000201");
    }
}

#[tokio::test]
async fn lists_are_taken_back_one_after_the_other_in_whatever_order() {
    for backwards in [true, false] {
        for test in test_apps(Setup::default()).await {
            take(&test, LIST, Gone::Keep).await.unwrap();
            let (at_first, all) = (named(&test, ONE).await, listed(&test).await);
            let mut imports = Vec::new();
            for number in ["201", "202", "203"] {
                let also_new = format!("{}丙演示站,南山区,0755-00000{number}\n", phone(number));
                imports.push(take(&test, &also_new, Gone::Keep).await.unwrap().import);
            }
            assert_eq!(named(&test, ONE).await.phone.unwrap().as_str(), "0755-00000203");
            if backwards {
                imports.reverse();
            }
            let before = version(&test).await;
            let undone = undo(&test, &imports[0]).await;
            assert_eq!(version(&test).await, before + 2, "once when it is taken back, once when all of it is");
            if backwards {
                assert_eq!((undone.restored, undone.kept.len()), (2, 0));
                assert_eq!(phone_of(&test, ONE).await, "0755-00000202");
                assert_eq!(
                    (undo(&test, &imports[1]).await.restored, phone_of(&test, ONE).await.as_str()),
                    (2, "0755-00000201")
                );
            } else {
                assert_eq!((undone.restored, undone.kept.len()), (0, 2), "two later ones have changed it");
                assert_eq!(undo(&test, &imports[1]).await.kept.len(), 2);
                assert_eq!(phone_of(&test, ONE).await, "0755-00000203");
            }
            let last = undo(&test, &imports[2]).await;
            assert_eq!((last.restored, last.closed, last.kept), (1, 1, vec![]));
            assert_eq!(named(&test, ONE).await, at_first);
            let open: Vec<_> = listed(&test).await.into_iter().filter(|one| one.closed.is_none()).collect();
            assert_eq!(open, all);
            for import in &imports {
                assert!(import::undo(&test.app, import, test.now(), |_| {}).await.is_err(), "each is undone once");
            }
            assert!(take(&test, &phone("301"), Gone::Keep).await.is_ok(), "nothing stands in the way");
            assert!(verify_all(test.app.database(), streams()).await.unwrap().is_ok());
        }
    }
}

#[tokio::test]
async fn what_a_list_has_closed_for_good_is_not_confirmed_so_that_taking_the_list_back_opens_it_again() {
    for test in test_apps(Setup::default()).await {
        take(&test, LIST, Gone::Keep).await.unwrap();
        let id = named(&test, ONE).await.id;
        let left = format!("编号,名称,停办日期\n{id},{ONE},2026-05-01\n");
        let closing = take(&test, &left, Gone::Keep).await.unwrap();
        let closed = |refused: Result<(), Error>| {
            let Err(Error::Problem(Problem::Fields(errors))) = refused else { panic!("{refused:?}") };
            assert_eq!(errors.iter().next().unwrap().reason.code(), "place_closed");
        };
        closed(confirm(&test, &id).await.map(drop));
        let (from, to) = ("2026-05-13T10:00:00".parse().unwrap(), "2026-05-14T10:00:00".parse().unwrap());
        let power_cut = Change { from, to, kind: ChangeKind::Closed, reason: Localised::new("停电", "Power cut") };
        closed(change::announce(&test.app, &id, power_cut, Actor::Operator, test.now()).await.map(drop));
        assert!(undo(&test, &closing.import).await.kept.is_empty());
        assert!(named(&test, ONE).await.closed.is_none());
        assert_eq!(confirm(&test, &id).await.unwrap(), [Section::Contact]);
    }
}

#[tokio::test]
async fn taking_a_list_back_takes_no_later_confirmation_away() {
    for test in test_apps(Setup::default()).await {
        take(&test, LIST, Gone::Keep).await.unwrap();
        let first = take(&test, &phone("201"), Gone::Keep).await.unwrap();
        let id = named(&test, ONE).await.id;
        confirm(&test, &id).await.unwrap();
        let second = take(&test, &phone("202"), Gone::Keep).await.unwrap();
        assert_eq!(undo(&test, &second.import).await.restored, 1);
        let confirmed = named(&test, ONE).await;
        assert_eq!(confirmed.phone.as_ref().unwrap().as_str(), "0755-00000201");
        assert_eq!(confirmed.confirmed[&Section::Contact].by, "粤海街道办");
        let kept = undo(&test, &first.import).await;
        assert_eq!((kept.restored, kept.kept), (0, vec![id]), "somebody has said since that it is right");
        assert_eq!(named(&test, ONE).await, confirmed);
    }
}

#[tokio::test]
async fn nothing_is_confirmed_that_nobody_sees_while_a_list_is_half_written() {
    for test in test_apps(Setup::default()).await {
        take(&test, LIST, Gone::Keep).await.unwrap();
        let id = named(&test, ONE).await.id;
        let mut connection = test.connection().await;
        let begun = "update listing_import set audit_length = 1 where undone_at is null";
        sqlx::raw_sql(begun).execute(&mut connection).await.unwrap();
        let refused = confirm(&test, &id).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::ListUnfinished));
    }
}

#[tokio::test]
async fn a_list_that_turned_round_what_belongs_to_what_is_taken_back() {
    for test in test_apps(Setup::default()).await {
        let list = |first: &str, second: &str| {
            format!(
                "编号,名称,电话,上级编号\nturn-a,子演示站,0755-00000101,{first}\nturn-b,丑演示站,0755-00000102,{second}\n"
            )
        };
        take(&test, &list("turn-b", ""), Gone::Keep).await.unwrap();
        let all = listed(&test).await;
        let turned = take(&test, &list("无", "turn-a"), Gone::Keep).await.unwrap();
        assert_eq!(turned.changed, 2);
        assert_eq!(undo(&test, &turned.import).await.restored, 2);
        assert_eq!(listed(&test).await, all);
    }
}

#[tokio::test]
async fn no_id_is_ever_another_places() {
    for test in test_apps(Setup::default()).await {
        take(&test, LIST, Gone::Keep).await.unwrap();
        let made = named(&test, ONE).await.id;
        // It has another name now; a new place has its old one.
        let renamed = format!("编号,名称,地址\n{made},新名演示站,示例路 1 号\n");
        take(&test, &renamed, Gone::Keep).await.unwrap();
        let again = take(&test, "名称,地址\n甲演示站,示例路 7 号\n", Gone::Keep).await.unwrap();
        assert_eq!((again.added, again.changed), (1, 0));
        assert_ne!(named(&test, ONE).await.id, made);
        assert_eq!(named(&test, "新名演示站").await.id, made);

        // Who has left is not taken for whoever comes by the same name elsewhere.
        let id = named(&test, ONE).await.id;
        let left = format!("编号,名称,停办日期\n{id},{ONE},2026-05-01\n");
        take(&test, &left, Gone::Keep).await.unwrap();
        let elsewhere = "名称,地址\n甲演示站,别处路 3 号\n";
        assert_eq!(take(&test, elsewhere, Gone::Keep).await.unwrap().added, 1);
        assert_eq!(
            take(&test, elsewhere, Gone::Keep).await.map(|taken| taken.added),
            Ok(0),
            "the same list makes the same place"
        );
        // Where it was, it is open again.
        let closed = listed(&test).await.into_iter().find(|one| one.id == id && one.closed.is_some()).unwrap();
        let same = "名称,地址\n甲演示站,示例路 7 号\n";
        let Read { listings, .. } = read(same.as_bytes(), &over(&[closed]), &options());
        assert_eq!((&listings[0].id, listings[0].closed.is_some()), (&id, false));

        let mut connection = test.connection().await;
        let gone = "update place set withdrawn_at = 1 where id = 'es-440305007'";
        sqlx::raw_sql(gone).execute(&mut connection).await.unwrap();
        let over_it = "编号,名称\nes-440305007,别的演示站\n";
        let wrong = read(over_it.as_bytes(), &before(&test).await, &options()).mistakes;
        assert_eq!(wrong.first()[0].reason.code(), "id_taken");
    }
}
