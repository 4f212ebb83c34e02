//! Another kind of place is data: the one that the documents add.

use std::io::Cursor;

use chrono::TimeDelta;
use server::directory::import::{Before, Gone, Options, Preview, Read};
use server::directory::{Directory, import, kinds, store};
use shared::calendar::shanghai;
use shared::directory::{Filter, Kind, Sought, find};

use super::files::options;
use crate::support::{Setup, http::Api, test_apps};

const GUIDE: &str = include_str!("../../../docs/adding-a-kind-of-place.md");

/// Whose file is the one that the guide shows.
fn children_home() -> &'static Kind {
    let toml = GUIDE.split("```toml").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let toml = toml.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    let kind = kinds::kind("children_home").unwrap();
    assert_eq!(toml::from_str::<Kind>(&toml).unwrap(), *kind);
    kind
}

#[tokio::test]
async fn a_kind_that_is_only_data_takes_in_a_list_and_finds_its_places() {
    let kind = children_home();
    for test in test_apps(Setup::default()).await {
        let list = "儿童之家名称,所属区,地址,服务项目,开放时间\n演示儿童之家,南山区,示例路 3 号,课后托管(免费),工作日 16:00-18:00\n";
        let mut list = Cursor::new(list);
        let options = Options { kind, ..options() };
        let before = Before::load(&test.app, &kind.id, test.now()).await.unwrap();
        let read = import::read(&mut list, &before, &options, |_| {});
        let Read { listings, mistakes, .. } = read.unwrap();
        assert_eq!(mistakes.first(), []);
        let by = ("演示".to_owned(), import::fingerprint(&mut list).unwrap());
        let preview = Preview::of(listings, &before, &options);
        import::take(&test.app, &kind.id, preview, Gone::Ask, by, test.now(), |_| {}).await.unwrap().unwrap();

        let mut connection = test.app.database().read().await.unwrap();
        let kept = store::load(&mut connection, &kind.id, test.now()).await.unwrap();
        let directory = Directory::of(kind, kept, test.app.calendar());
        let filter = Filter::read([("q", "ertong"), ("service", "after_school"), ("free", "1")], kind).unwrap();
        let now = shanghai(test.now()).naive_local();
        let sought = Sought { kind, filter: &filter, kept: "", now, most: 1 };
        let found = find(&directory.listings, &directory.names, sought, None, test.app.calendar());
        assert_eq!(found.count, 1);
    }
}

#[tokio::test]
async fn what_nobody_may_take_money_for_is_free_whatever_was_once_written_and_nobody_looks_for_its_price() {
    for test in test_apps(Setup::default()).await {
        let kind = "marriage_registry";
        let mut connection = test.connection().await;
        let listed = store::load(&mut connection, kind, test.now()).await.unwrap();
        let mut charging = listed.into_iter().find(|one| one.id.as_str() == "demo-bay").unwrap();
        charging.services[0].price_fen = Some(900);
        store::put(&mut connection, &charging, test.now()).await.unwrap();
        store::bump(&mut connection, kind).await.unwrap();
        drop(connection);
        test.wait(TimeDelta::seconds(1));
        let api = Api::of(&test.app);
        let one = api.get("/api/v1/places/demo-bay").await;
        assert_eq!(one.body["services"][0]["price_fen"], 0);
        for query in ["", "&most=1", "&free=1", "&most=0"] {
            let list = api.get(&format!("/api/v1/places?kind={kind}{query}")).await;
            assert_eq!(list.body["total"], 3, "{query}");
        }
    }
}
