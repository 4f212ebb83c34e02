//! Files that go out come in again as the same.

use std::io::Cursor;

use serde_json::Value;
use server::directory::file::areas::Areas;
use server::directory::file::text::Written;
use server::directory::import::{Before, Options, Preview, Read};
use server::directory::{export, import, kinds, store};
use shared::directory::{Kind, Listing, Spot};
use shared::places::{Coordinates, Datum};

use crate::support::{Setup, TestApp, test_apps};

pub(super) fn kind() -> &'static Kind {
    kinds::kind("elderly_station").unwrap()
}

pub(super) fn options() -> Options {
    Options {
        kind: kind(),
        division: "440305".to_owned(),
        datum: None,
        area_code: None,
        source: "演示名单".to_owned(),
        checked: "2026-05-13".parse().unwrap(),
        demo: true,
        areas: Areas::with(""),
        whole_of: Vec::new(),
    }
}

pub(super) async fn listed(test: &TestApp) -> Vec<Listing> {
    let mut instant = test.app.database().instant().await.unwrap();
    store::load(&mut instant, "elderly_station", test.now()).await.unwrap()
}

pub(super) async fn before(test: &TestApp) -> Before {
    Before::load(&test.app, "elderly_station", test.now()).await.unwrap()
}

/// These places and no others, as of no version.
pub(super) fn over(known: &[Listing]) -> Before {
    Before { listings: known.to_vec(), ..Before::default() }
}

pub(super) fn read(file: &[u8], before: &Before, options: &Options) -> Read {
    import::read(&mut Cursor::new(file), before, options, |_| {}).unwrap()
}

/// What a list says of a place: who confirmed it, and when, is the list's own.
fn said(listing: &Listing) -> Listing {
    let mut said = listing.clone();
    said.confirmed.clear();
    said.source = String::new();
    said.checked = "2026-05-13".parse().unwrap();
    said.capacity = said.capacity.map(|capacity| shared::directory::Capacity { as_of: said.checked, ..capacity });
    said
}

#[tokio::test]
async fn a_list_in_either_encoding_comes_in_as_it_went_out() {
    for test in test_apps(Setup::default()).await {
        let known = listed(&test).await;
        assert_eq!(known.len(), 57);
        for written in [Written::Utf8, Written::Gb18030] {
            let file = export::csv(kind(), &known, written);
            let Read { listings, unknown, unread_hours, mistakes, .. } = read(&file, &over(&known), &options());
            assert_eq!((mistakes.first(), unknown, unread_hours), (&[][..], vec![], vec![]));
            let preview = Preview::of(listings, &over(&known), &options());
            assert_eq!((preview.same, preview.gone.len()), (57, 0));
        }
        // Also where nothing is known of it yet, but for what a list has in one language only.
        let Read { listings, mistakes, .. } =
            read(&export::csv(kind(), &known, Written::Utf8), &Before::default(), &options());
        assert_eq!(mistakes.first(), []);
        let only_zh = |listing: &Listing| {
            let mut said = said(listing);
            for service in &mut said.services {
                service.who.en = service.who.zh.clone();
            }
            said
        };
        let mut expected: Vec<_> = known.iter().map(only_zh).collect();
        let mut found: Vec<_> = listings.iter().map(only_zh).collect();
        for list in [&mut expected, &mut found] {
            list.sort_by_key(|one| one.id.clone());
        }
        assert_eq!(found, expected);
    }
}

#[tokio::test]
async fn a_geometry_is_in_wgs84_and_only_where_it_was_measured_and_may_be_published() {
    for test in test_apps(Setup::default()).await {
        let all = listed(&test).await;
        let mut known = all[..2].to_vec();
        known[0].spot = Coordinates::new(22_543_847, 113_912_316, Datum::Wgs84).map(Spot::of);
        let features = |wgs84: bool| -> Vec<Value> {
            let collection: Value = serde_json::from_slice(&export::geojson(kind(), &known, wgs84)).unwrap();
            collection["features"].as_array().unwrap().clone()
        };
        assert!(features(false).iter().all(|feature| feature["geometry"].is_null()));
        let published = features(true);
        assert_eq!(published[0]["geometry"]["coordinates"], serde_json::json!([113.912_316, 22.543_847]));
        assert!(published[1]["geometry"].is_null(), "never by an inverse");
        assert!(published.iter().all(|feature| feature["properties"]["gcj02"].is_array()));
        let file = export::geojson(kind(), &known[..1], true);
        let Read { listings, mistakes, .. } = read(&file, &over(&all), &options());
        assert_eq!(mistakes.first(), []);
        assert_eq!(listings[0].spot, known[0].spot);
    }
}

#[tokio::test]
async fn a_list_for_others_has_no_point_as_it_was_measured() {
    for test in test_apps(Setup::default()).await {
        let mut known = listed(&test).await[..1].to_vec();
        known[0].spot = Coordinates::new(22_543_847, 113_912_316, Datum::Wgs84).map(Spot::of);
        let text = |listings: &[Listing]| String::from_utf8(export::csv(kind(), listings, Written::Utf8)).unwrap();
        let (own, public) = (text(&known), text(&export::public(&known)));
        assert!(own.contains("22.543847,113.912316,wgs84"), "{own}");
        assert!(public.contains("22.540800,113.917180,gcj02") && !public.contains("22.543847"), "{public}");
    }
}

#[tokio::test]
async fn no_cell_of_a_list_is_a_formula_of_a_spreadsheet() {
    for test in test_apps(Setup::default()).await {
        let mut known = listed(&test).await;
        known.truncate(1);
        known[0].name.zh = "=HYPERLINK(\"http://x\")".to_owned();
        known[0].address.zh = "@SUM(A1)".to_owned();
        let text = String::from_utf8(export::csv(kind(), &known, Written::Utf8)).unwrap();
        assert!(text.contains("\"'=HYPERLINK(\"\"http://x\"\")\"") && text.contains(",'@SUM(A1),"), "{text}");
    }
}
