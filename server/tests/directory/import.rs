//! Lists that come in, right and wrong.

use std::collections::BTreeMap;
use std::io::Cursor;

use server::audit::verify_all;
use server::database::sql::{int, sql};
use server::directory::file::Mistake;
use server::directory::import::{self, Before, Gone, Missing, Options, Preview, Read, Refused, Taken, Unread};
use server::domains::streams;
use shared::directory::{Dial, Listing, Section};
use shared::locale::Locale;
use shared::places::Datum;

use super::files::{before, kind, listed, options, over, read};
use crate::support::{Setup, TestApp, http::Api, test_apps};

/// A list of a bureau, with a title above it, columns of its own, and a remark nobody reads.
pub(super) const LIST: &str = "演示区长者服务站名单,,,,,,,\n序号,机构名称,类型,所属区,详细地址,联系电话,服务时间,服务项目\n\
    1,甲演示站,社区长者服务站,南山区,示例路 1 号,0755-00000101,周一至周五 9:00-17:00,助餐(15元)、日间照料\n\
    2,乙演示站,小区长者服务点,南山区,示例路 2 号,0755-00000102,白天,\n";

pub(super) async fn take(test: &TestApp, file: &str, gone: Gone) -> Result<Taken, Refused> {
    take_over(test, file, before(test).await, gone).await
}

/// Over what was there at some time.
pub(super) async fn take_over(test: &TestApp, file: &str, before: Before, gone: Gone) -> Result<Taken, Refused> {
    let Read { listings, mistakes, .. } = read(file.as_bytes(), &before, &options());
    assert_eq!(mistakes.first(), []);
    let preview = Preview::of(listings, &before, &options());
    let by = ("演示".to_owned(), import::fingerprint(&mut Cursor::new(file)).unwrap());
    import::take(&test.app, "elderly_station", preview, gone, by, test.now(), |_| {}).await.unwrap()
}

pub(super) async fn named(test: &TestApp, name: &str) -> Listing {
    listed(test).await.into_iter().find(|one| one.name.zh == name).unwrap()
}

#[tokio::test]
async fn a_list_of_a_bureau_is_taken_in_with_what_it_says_confirmed_by_whoever_made_it() {
    for test in test_apps(Setup::default()).await {
        let taken = take(&test, LIST, Gone::Keep).await.unwrap();
        assert_eq!((taken.added, taken.changed, taken.closed), (2, 0, 0));
        let first = named(&test, "甲演示站").await;
        assert_eq!((first.tier.as_deref(), first.division.as_str()), (Some("community_station"), "440305"));
        assert_eq!((first.services.len(), first.services[0].price_fen), (2, Some(1_500)));
        let confirmed: Vec<_> = first.confirmed.keys().copied().collect();
        assert_eq!(confirmed, [Section::Contact, Section::Location, Section::Hours, Section::Services]);
        assert_eq!(first.confirmed[&Section::Hours].by, "演示名单");
        let second = named(&test, "乙演示站").await;
        assert_eq!(
            (second.times.words(), second.times.rules().len()),
            (Some("白天"), 0),
            "what cannot be read is shown as it is"
        );
        // The same list again makes the same places, and nothing new.
        let known = listed(&test).await;
        let Read { listings, unread_hours, unknown, .. } = read(LIST.as_bytes(), &over(&known), &options());
        let unread = Unread { row: 4, value: "白天".to_owned() };
        assert_eq!((unread_hours, unknown), (vec![unread], vec!["序号".to_owned()]));
        let again = Preview::of(listings, &over(&known), &options());
        assert_eq!((again.added.len(), again.changed.len(), again.same), (0, 0, 2));
    }
}

#[tokio::test]
async fn a_file_without_places_is_not_taken_in() {
    for test in test_apps(Setup::default()).await {
        take(&test, LIST, Gone::Keep).await.unwrap();
        let known = listed(&test).await;
        for gone in [Gone::Ask, Gone::Keep, Gone::Close] {
            assert_eq!(take(&test, "名称,所属区,电话\n", gone).await, Err(Refused::Nothing), "{gone:?}");
        }
        assert_eq!(listed(&test).await, known);
        let row = sql("select count(*) as n from listing_import", []);
        let row = row.fetch_one(&mut test.connection().await).await.unwrap();
        assert_eq!(int(&row, "n").unwrap(), 1, "and nothing is there to be taken back");
    }
}

#[tokio::test]
async fn a_list_only_changes_what_it_speaks_of() {
    for test in test_apps(Setup::default()).await {
        take(&test, LIST, Gone::Keep).await.unwrap();
        let before = named(&test, "甲演示站").await;
        let phones = "名称,所属区,电话\n甲演示站,南山区,0755-00000201\n";
        let taken = take(&test, phones, Gone::Keep).await.unwrap();
        assert_eq!((taken.added, taken.changed), (0, 1));
        let after = named(&test, "甲演示站").await;
        assert_eq!(after.phone.as_ref().map(Dial::as_str), Some("0755-00000201"));
        assert_eq!(
            (&after.address, &after.services, after.times.rules()),
            (&before.address, &before.services, before.times.rules())
        );
    }
}

#[tokio::test]
async fn what_is_not_on_a_list_any_more_is_a_question_then_closed_and_never_more_than_a_tenth_at_once() {
    for test in test_apps(Setup::default()).await {
        let known = listed(&test).await;
        let all = server::directory::export::csv(kind(), &known, server::directory::file::text::Written::Utf8);
        let all = String::from_utf8(all).unwrap();
        let is_point = |line: &&str| line.contains("ep-440305009");
        let without_two = all.lines().filter(|line| !is_point(line)).collect::<Vec<_>>().join("\n");
        let two = Missing { places: 2, is_whole_list_guessed: true };
        assert_eq!(take(&test, &without_two, Gone::Ask).await, Err(Refused::Question(two)));
        assert_eq!(listed(&test).await, known, "nothing was changed");
        let few = all.lines().take(11).collect::<Vec<_>>().join("\n");
        let refused = Err(Refused::TooManyGone { gone: 47, open: 57 });
        assert_eq!(
            [take(&test, &few, Gone::Ask).await, take(&test, &few, Gone::Close).await],
            [refused.clone(), refused]
        );

        let taken = take(&test, &without_two, Gone::Close).await.unwrap();
        assert_eq!(taken.closed, 2);
        let now = listed(&test).await;
        assert_eq!(now.len(), 57, "they are closed and not deleted");
        assert_eq!(now.iter().filter(|one| one.closed.is_some()).count(), 2);
        let closed = now.iter().find(|one| one.closed.is_some()).unwrap();
        let looked_at = Api::of(&test.app).get(&format!("/api/v1/places/{}", closed.id)).await;
        assert_eq!(looked_at.body["open"]["state"], "closed", "whoever has its page open learns it");
        assert!(looked_at.body["closed"]["reason"]["zh"].is_string());
        // On the list again they are open again.
        take(&test, &all, Gone::Ask).await.unwrap();
        assert!(listed(&test).await.iter().all(|one| one.closed.is_none()));
    }
}

#[tokio::test]
async fn an_import_is_undone_but_for_what_was_changed_since_and_the_record_has_both() {
    for test in test_apps(Setup::default()).await {
        take(&test, LIST, Gone::Keep).await.unwrap();
        let before = named(&test, "甲演示站").await;
        let other = "名称,所属区,电话\n甲演示站,南山区,0755-00000201\n乙演示站,南山区,0755-00000202\n丙演示站,南山区,0755-00000203\n";
        let taken = take(&test, other, Gone::Keep).await.unwrap();
        let later = "名称,所属区,电话\n乙演示站,南山区,0755-00000302\n";
        take(&test, later, Gone::Keep).await.unwrap();
        let undone = import::undo(&test.app, &taken.import, test.now(), |_| {}).await.unwrap();
        assert_eq!((undone.restored, undone.closed, undone.kept.len()), (1, 1, 1));
        assert_eq!(named(&test, "甲演示站").await, before);
        assert_eq!(named(&test, "乙演示站").await.phone.unwrap().as_str(), "0755-00000302");
        assert!(named(&test, "丙演示站").await.closed.is_some());
        assert!(import::undo(&test.app, &taken.import, test.now(), |_| {}).await.is_err(), "it is undone once");
        assert!(verify_all(test.app.database(), streams()).await.unwrap().is_ok());
    }
}

/// The codes of what is wrong, by row and column.
fn mistakes(file: &str, options: &Options) -> Vec<(u64, String, &'static str)> {
    let Read { mistakes, .. } = read(file.as_bytes(), &Before::default(), options);
    for Mistake { reason, .. } in mistakes.first() {
        assert!([Locale::Zh, Locale::En].iter().all(|locale| !reason.sentence(*locale).is_empty()));
    }
    mistakes.first().iter().map(|one| (one.row, one.column.clone(), one.reason.code())).collect()
}

#[test]
fn each_wrong_cell_is_told_by_its_row_and_column_with_what_would_be_right() {
    let options = options();
    let gcj = Options { datum: Some(Datum::Gcj02), ..options.clone() };
    let point = |latitude: &str, longitude: &str| format!("名称,纬度,经度\n甲,{latitude},{longitude}\n");
    let at = |row: u64, column: &str, code| vec![(row, column.to_owned(), code)];
    let note = r#"[{"on":{"weekdays":[1]},"status":"open","spans":[{"opens":"09:00","closes":"17:00"}],"note":{"zh":"见 evil.cn/x","en":""}}]"#;
    let noted_hours = format!("名称,开放时间\n甲,\"{}\"\n", note.replace('"', "\"\""));
    for (file, options, expected) in [
        (point("113.93042", "22.53301"), &gcj, at(2, "纬度", "position_swapped")),
        (point("0", "0"), &gcj, at(2, "纬度", "position_zero")),
        (point("39.91502", "116.40401"), &gcj, at(2, "纬度", "position_outside")),
        (
            point("22.533", "113.930"),
            &gcj,
            vec![(2, "纬度".to_owned(), "position_coarse"), (2, "经度".to_owned(), "position_coarse")],
        ),
        (point("22.5", "113.93042"), &gcj, at(2, "纬度", "position_coarse")),
        (point("22.53301", "113.93042"), &options, at(2, "datum", "position_datum")),
        (point("北纬22", "113.93042"), &gcj, at(2, "纬度", "position_number")),
        ("名称,地址\n甲,一号\n,二号\n".into(), &options, at(3, "名称", "cell_empty")),
        ("名称,区\n甲,南山区\n乙,\n".into(), &options, at(3, "区", "cell_empty")),
        ("名称,区\n甲,火星区\n".into(), &options, at(2, "区", "area_unknown")),
        ("名称,街道\n甲,火星街道\n".into(), &options, at(2, "街道", "area_unknown")),
        ("名称,社区,社区代码\n甲,海珠社区,440304001001\n".into(), &options, at(2, "社区代码", "area_unknown")),
        ("名称,电话\n甲,打 110 转 3\n".into(), &options, at(2, "电话", "cell_phone")),
        ("名称,电话\n甲,26661013\n".into(), &options, at(2, "电话", "cell_area_code")),
        ("名称,服务项目\n甲,日间照料(800元/月)\n".into(), &options, at(2, "服务项目", "cell_price")),
        ("名称,演示\n甲,也许\n".into(), &options, at(2, "演示", "cell_yes_or_no")),
        ("名称,类型\n甲,宫殿\n乙,小区长者服务点\n".into(), &options, at(2, "类型", "cell_tier")),
        ("名称,服务项目\n甲,助餐、电影\n".into(), &options, at(2, "服务项目", "cell_service")),
        ("名称,床位数\n甲,很多\n".into(), &options, at(2, "床位数", "cell_number")),
        ("名称,有电梯\n甲,大概\n".into(), &options, at(2, "有电梯", "cell_fact")),
        ("名称,等级\n甲,五星\n".into(), &options, at(2, "等级", "grade_of_nobody")),
        ("名称,核实日期\n甲,去年\n".into(), &options, at(2, "核实日期", "cell_day")),
        ("名称,地址\n\"=1+1\",一号\n".into(), &options, at(2, "名称", "cell_formula")),
        ("名称,地址\n长者站 http://evil.example,一号\n".into(), &options, at(2, "名称", "words_link")),
        ("名称,英文名称\n甲,See evil.example\n".into(), &options, at(2, "英文名称", "words_link")),
        ("名称,地址\n甲,示例路 1 号 evil.cn/x\n".into(), &options, at(2, "地址", "words_link")),
        ("名称,地址\n甲,示例路 1 号 0755-12345678\n".into(), &options, at(2, "地址", "cell_long_number")),
        ("名称,地址\n【惠民】退款站,一号\n".into(), &options, at(2, "名称", "words_brackets")),
        ("名称,怎么走\n甲,加微信 minzheng_ns 问路\n".into(), &options, at(2, "怎么走", "words_link")),
        ("名称,服务项目\n甲,助餐(先上 evil.example 登记)\n".into(), &options, at(2, "服务项目", "words_link")),
        ("名称,开放时间\n甲,白天，见 evil.example\n".into(), &options, at(2, "开放时间", "words_link")),
        (noted_hours, &options, at(2, "开放时间", "words_link")),
        ("名称,开放时间\n甲,周一至周五 12:00-12:00\n".into(), &options, at(2, "开放时间", "hours_same")),
        ("名称,开放时间\n甲,每天 24:00-8:00\n".into(), &options, at(2, "开放时间", "hours_opens")),
        ("名称,开放时间\n甲,每天 9:60-12:00\n".into(), &options, at(2, "开放时间", "hours_opens")),
        ("名称,开放时间\n甲,[{}]\n".into(), &options, at(2, "开放时间", "hours_data")),
        ("名称,停办日期,停办原因\n甲,2026-05-01,见 evil.example\n".into(), &options, at(2, "停办原因", "words_link")),
        ("名称,地址\n甲,一号\n甲,二号\n".into(), &options, at(3, "名称", "row_twice")),
        ("编号,名称\na b,甲\n".into(), &options, at(2, "编号", "id_shape")),
        ("编号,名称,上级编号\na,甲,c\n".into(), &options, at(2, "上级编号", "parent_unknown")),
    ] {
        assert_eq!(mistakes(&file, options), expected, "{file}");
    }
    let looped = mistakes("编号,名称,上级编号\na,甲,b\nb,乙,a\nc,丙,c\n", &options);
    assert_eq!(
        looped.iter().map(|(row, _, code)| (*row, *code)).collect::<BTreeMap<_, _>>(),
        BTreeMap::from([(2, "parent_loop"), (3, "parent_loop"), (4, "parent_loop")])
    );
}

#[test]
fn a_file_full_of_mistakes_tells_the_first_hundred_and_counts_the_rest() {
    let long = "x".repeat(10_000);
    let file = "名称,电话\n".to_owned() + &format!("甲,{long}\n").repeat(2_000);
    let Read { mistakes, .. } = read(file.as_bytes(), &Before::default(), &options());
    assert_eq!((mistakes.first().len(), mistakes.count()), (100, 2_000));
    assert!(mistakes.first().iter().all(|one| one.value.len() < 200), "of what is wrong the beginning is kept");
}

#[test]
fn a_row_that_cannot_be_read_is_not_said_to_be_missing_where_others_belong_to_it() {
    let found = mistakes("编号,名称,上级编号,电话\na,甲,,x\nb,乙,a,\n", &options());
    assert_eq!(found, [(2, "电话".to_owned(), "cell_phone")]);
}
