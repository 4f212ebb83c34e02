//! A list is shown whole or not at all, however many transactions it takes and wherever it breaks off.

use std::collections::BTreeSet;
use std::time::Duration;

use server::audit::{Actor, verify_all};
use server::database::Backend;
use server::directory::file::MOST_PLACES;
use server::directory::import::{self, Gone, Preview, Refused, Taken};
use server::directory::shown;
use server::directory::{change, store};
use server::domains::streams;
use shared::directory::{Listing, Refusal};
use shared::hours::{Change, ChangeKind};
use shared::invented::city::city;
use shared::localised::Localised;
use shared::places::PlaceId;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::block_in_place;

use super::files::{before, kind, listed, options, read};
use crate::support::{Setup, TestApp, test_apps};

/// Some more than one transaction takes: the demonstration's 57 with another phone, and new ones.
const NEW: usize = 230;

async fn preview(test: &TestApp) -> Preview {
    let before = before(test).await;
    let old = before.listings.iter().filter(|one| !one.id.as_str().starts_with("new-"));
    let changed = old.map(|one| format!("{},{},0755-00009999", one.id, one.name.zh));
    let added = (0..NEW).map(|n| format!("new-{n},演示新站 {n},0755-00000101"));
    let list = changed.chain(added).collect::<Vec<_>>().join("\n");
    let found = read(format!("编号,名称,电话\n{list}\n").as_bytes(), &before, &options());
    assert_eq!(found.mistakes.first(), []);
    let preview = Preview::of(found.listings, &before, &options());
    assert_eq!((preview.added.len() + preview.changed.len(), preview.gone.len()), (NEW + 57, 0));
    preview
}

async fn take(test: &TestApp, told: impl FnMut(usize) + Send) -> Result<Taken, Refused> {
    let (preview, by) = (preview(test).await, ("演示".to_owned(), String::new()));
    import::take(&test.app, "elderly_station", preview, Gone::Keep, by, test.now(), told).await.unwrap()
}

/// Lets it write some hundred places, and no more, as if the machine had lost its power.
async fn break_off(test: &TestApp) -> String {
    let some = Notify::new();
    tokio::select! {
        _ = take(test, |_| some.notify_one()) => panic!("it was written at once"),
        () = some.notified() => {}
    }
    let mut connection = test.connection().await;
    let statement = "select id from listing_import";
    sqlx::query_scalar(statement).fetch_one(&mut connection).await.unwrap()
}

#[tokio::test]
async fn whoever_looks_while_a_list_is_written_or_taken_back_sees_all_of_it_or_nothing() {
    for test in test_apps(Setup::default()).await {
        let before = listed(&test).await;
        let look_until = async |over: &Notify| {
            let (mut seen, mut is_over) = (BTreeSet::new(), false);
            while !is_over {
                is_over = tokio::time::timeout(Duration::ZERO, over.notified()).await.is_ok();
                let now = listed(&test).await;
                let changed = now.iter().filter(|one| one.phone.as_ref().is_some_and(|p| p.as_str().ends_with("9999")));
                seen.insert((now.iter().filter(|one| one.closed.is_none()).count(), changed.count()));
            }
            seen
        };
        let over = Notify::new();
        let writing = async {
            let taken = take(&test, |_| {}).await.unwrap();
            over.notify_one();
            taken
        };
        let (taken, seen) = tokio::join!(writing, look_until(&over));
        assert_eq!((taken.added, taken.changed), (NEW, 57));
        let whole = [(57, 0), (57 + NEW, 57)];
        assert!(seen.iter().all(|one| whole.contains(one)) && seen.contains(&whole[1]), "{seen:?}");

        let taking_back = async {
            let undone = import::undo(&test.app, &taken.import, test.now(), |_| {}).await.unwrap();
            over.notify_one();
            undone
        };
        let (undone, seen) = tokio::join!(taking_back, look_until(&over));
        assert_eq!((undone.restored, undone.closed, undone.kept), (57, NEW, vec![]));
        assert!(seen.iter().all(|one| whole.contains(one)) && seen.contains(&whole[0]), "{seen:?}");
        let open: Vec<_> = listed(&test).await.into_iter().filter(|one| one.closed.is_none()).collect();
        assert_eq!(open, before);
    }
}

#[tokio::test]
async fn a_list_that_broke_off_is_not_seen_stands_in_the_way_of_the_next_and_is_taken_back_by_its_name() {
    for test in test_apps(Setup::default()).await {
        let before = listed(&test).await;
        let import = break_off(&test).await;
        assert_eq!(listed(&test).await, before);
        let shown = shown::of(&test.app, kind(), test.now()).await.unwrap();
        assert_eq!(shown.listings.len(), 57);
        let mut connection = test.connection().await;
        let statement = "select count(*) from listing where place_id like 'new-%'";
        let written: i64 = sqlx::query_scalar(statement).fetch_one(&mut connection).await.unwrap();
        assert!((1..230).contains(&written), "{written} were written");

        assert_eq!(take(&test, |_| {}).await, Err(Refused::Unfinished(import.clone())));
        assert_eq!(
            preview(&test).await.admit(Gone::Keep),
            Err(Refused::Unfinished(import.clone())),
            "a look says so too"
        );
        let closed = async |place: &str| {
            let (from, to) = ("2026-05-13T10:00:00".parse().unwrap(), "2026-05-13T12:00:00".parse().unwrap());
            let change = Change { from, to, kind: ChangeKind::Closed, reason: Localised::new("停电", "Power cut") };
            let place = PlaceId::parse(place).unwrap();
            change::announce(&test.app, &place, change, Actor::Operator, test.now()).await
        };
        let unseen = closed("new-0").await.unwrap_err();
        assert_eq!(unseen.refusal(), Some(Refusal::ListUnfinished));
        let seen = closed("es-440305007").await.expect("what everybody sees can close at any time");
        change::take_back(&test.app, &seen, Actor::Operator, test.now()).await.unwrap();
        let undone = import::undo(&test.app, &import, test.now(), |_| {}).await.unwrap();
        assert!(undone.closed > 0 && undone.kept.is_empty());
        let open: Vec<_> = listed(&test).await.into_iter().filter(|one| one.closed.is_none()).collect();
        assert_eq!(open, before);
        assert_eq!(take(&test, |_| {}).await.map(|taken| taken.changed >= 57), Ok(true));
    }
}

#[tokio::test]
async fn taking_back_goes_on_where_it_broke_off() {
    for test in test_apps(Setup::default()).await {
        let before = listed(&test).await;
        let taken = take(&test, |_| {}).await.unwrap();
        let some = Notify::new();
        tokio::select! {
            _ = import::undo(&test.app, &taken.import, test.now(), |_| some.notify_one()) => panic!("it was done at once"),
            () = some.notified() => {}
        }
        assert_eq!(listed(&test).await.iter().filter(|one| one.closed.is_none()).count(), before.len());
        let rest = import::undo(&test.app, &taken.import, test.now(), |_| {}).await.unwrap();
        assert!(rest.restored + rest.closed > 0 && rest.restored + rest.closed < 57 + NEW);
        assert!(import::undo(&test.app, &taken.import, test.now(), |_| {}).await.is_err(), "it is undone once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_takes_back_while_it_is_written_is_not_written_on() {
    for test in test_apps(Setup::default()).await {
        let before = listed(&test).await;
        let mut taken_back = None;
        let written = take(&test, |_| {
            taken_back.get_or_insert_with(|| block_in_place(|| Handle::current().block_on(take_back_whatever(&test))));
        });
        let written = written.await;
        assert_eq!(written, Err(Refused::TakenBack(taken_back.unwrap())));
        assert_eq!(listed(&test).await.into_iter().filter(|one| one.closed.is_none()).collect::<Vec<_>>(), before);
        assert!(verify_all(test.app.database(), streams()).await.unwrap().is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_office_says_of_a_place_while_a_list_is_written_is_not_written_over() {
    for test in test_apps(Setup::default()).await {
        let place = PlaceId::parse("es-440305007").unwrap();
        let mut is_said = false;
        // What is new is written first; the demonstration's own follow.
        let written = take(&test, |_| {
            if !std::mem::replace(&mut is_said, true) {
                block_in_place(|| Handle::current().block_on(say(&test, &place, "0755-00001234")));
            }
        });
        let taken = written.await.unwrap();
        assert_eq!(taken.kept, std::slice::from_ref(&place));
        let now = listed(&test).await;
        let number = |one: &Listing| one.phone.as_ref().is_some_and(|phone| phone.as_str().ends_with("9999"));
        let kept = now.iter().find(|one| one.id == place).unwrap();
        assert_eq!(kept.phone.as_ref().unwrap().as_str(), "0755-00001234");
        assert_eq!(now.iter().filter(|one| number(one)).count(), 56, "all others are as the list says");
        let undone = import::undo(&test.app, &taken.import, test.now(), |_| {}).await.unwrap();
        assert_eq!((undone.restored, undone.kept), (56, vec![]));
    }
}

#[tokio::test]
async fn what_an_office_says_of_a_place_in_the_moment_in_which_a_list_is_taken_back_is_not_written_over() {
    for test in test_apps(Setup::default()).await {
        let (place, taken) = (PlaceId::parse("es-440305007").unwrap(), take(&test, |_| {}).await.unwrap());
        let mut office = test.connection().await;
        let begin = if test.backend() == Backend::Sqlite { "begin immediate" } else { "begin" };
        sqlx::raw_sql(begin).execute(&mut office).await.unwrap();
        write_phone(&mut office, &place, "0755-00001234").await;
        let said = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            store::touch(&mut office, &place).await.unwrap();
            sqlx::raw_sql("commit").execute(&mut office).await.unwrap();
        };
        let (undone, ()) = tokio::join!(import::undo(&test.app, &taken.import, test.now(), |_| {}), said);
        let undone = undone.unwrap();
        assert_eq!((undone.restored, undone.closed), (56, NEW));
        assert_eq!(undone.kept, std::slice::from_ref(&place));
        let all = listed(&test).await;
        let kept = all.iter().find(|one| one.id == place).unwrap();
        assert_eq!(kept.phone.as_ref().unwrap().as_str(), "0755-00001234");
        assert!(verify_all(test.app.database(), streams()).await.unwrap().is_ok());
    }
}

/// As an office says another phone of one of its places.
async fn say(test: &TestApp, place: &PlaceId, phone: &str) {
    let mut connection = test.connection().await;
    write_phone(&mut connection, place, phone).await;
    store::touch(&mut connection, place).await.unwrap();
}

async fn write_phone(connection: &mut sqlx::AnyConnection, place: &PlaceId, phone: &str) {
    let statement = "update place set phone = $1 where id = $2";
    sqlx::query(statement).bind(phone).bind(place.as_str()).execute(connection).await.unwrap();
}

async fn take_back_whatever(test: &TestApp) -> String {
    let mut connection = test.connection().await;
    let statement = "select id from listing_import where undone_at is null";
    let import: String = sqlx::query_scalar(statement).fetch_one(&mut connection).await.unwrap();
    import::undo(&test.app, &import, test.now(), |_| {}).await.unwrap();
    import
}

#[tokio::test]
async fn a_portal_keeps_no_more_places_of_a_kind_than_its_memory_is_meant_for() {
    for test in test_apps(Setup::default()).await {
        let before = before(&test).await;
        let (known, version) = (before.listings, before.version);
        let city = city(kind(), 1, options().checked);
        let many = vec![city[0].clone(); MOST_PLACES - known.len() + 1];
        let preview = Preview { added: many, all_before: known.len(), version, ..Preview::default() };
        let by = ("演示".to_owned(), String::new());
        let refused = import::take(&test.app, "elderly_station", preview, Gone::Keep, by, test.now(), |_| {}).await;
        assert_eq!(refused.unwrap(), Err(Refused::TooMany(MOST_PLACES + 1)));
        assert_eq!(listed(&test).await, known);
    }
}
