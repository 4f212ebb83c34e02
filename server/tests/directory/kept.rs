//! What a list does not say stays as it was, with whoever confirmed it.

use server::directory::import::{Options, Preview, Read};
use shared::dice::Dice;
use shared::directory::{Confirmation, Dial, Fact, Listing, Section};

use super::files::{listed, options, over, read};
use crate::support::{Setup, test_apps};

/// One listed place beside the one above it, and what a list makes of it.
fn after(file: &str, known: &Listing, options: &Options) -> Listing {
    let mut above = known.clone();
    above.id = known.parent.clone().unwrap();
    above.parent = None;
    "演示中心".clone_into(&mut above.name.zh);
    let Read { listings, mistakes, .. } = read(file.as_bytes(), &over(&[above, known.clone()]), options);
    assert_eq!(mistakes.first(), [], "{file}");
    listings.into_iter().next().unwrap()
}

async fn point() -> Listing {
    let test = test_apps(Setup::default()).await.remove(0);
    let all = listed(&test).await;
    all.into_iter().find(|one| one.parent.is_some() && one.spot.is_some()).unwrap()
}

#[tokio::test]
async fn an_empty_cell_says_nothing_and_a_word_says_that_there_is_none() {
    let known = point().await;
    let (id, name) = (&known.id, &known.name.zh);
    let headings = "编号,名称,上级编号,纬度,经度,街道,社区,电话,怎么走,服务项目,开放时间,类型";
    let empty = after(&format!("{headings}\n{id},{name},,,,,,,,,,\n"), &known, &options());
    assert_eq!(empty, known);
    let json = format!(
        r#"{{"type":"FeatureCollection","features":[{{"geometry":null,"properties":{{"编号":"{id}","名称":"{name}","电话":""}}}}]}}"#
    );
    assert_eq!(after(&json, &known, &options()), known);

    let none = after(&format!("{headings}\n{id},{name},无,-,-,无,无,/,—,无,无,无\n"), &known, &options());
    assert_eq!((none.parent, none.spot, none.street, none.community, none.tier), (None, None, None, None, None));
    assert_eq!((none.phone, none.directions, none.services.len(), none.times.rules().len()), (None, None, 0, 0));
    let left: Vec<_> = none.confirmed.keys().copied().collect();
    assert!(!left.contains(&Section::Contact) && !left.contains(&Section::Hours), "nobody confirms what is not said");
}

#[tokio::test]
async fn a_list_confirms_what_it_speaks_of_in_that_row_and_no_older_one_takes_a_later_day() {
    let mut known = point().await;
    known.access.lift = Fact::Yes;
    known.capacity = None;
    known.confirmed.remove(&Section::Capacity);
    for section in [Section::Access, Section::Hours, Section::Contact, Section::Location, Section::Services] {
        let on = "2026-05-10".parse().unwrap();
        known.confirmed.insert(section, Confirmation { on, by: "粤海街道办".to_owned() });
    }
    let (id, name) = (&known.id, &known.name.zh);
    let phone = known.phone.as_ref().unwrap().as_str().to_owned();
    // The access columns are there, and say nothing in this row.
    let file = format!("编号,名称,电话,有电梯,有坡道\n{id},{name},{phone},,\n");
    let confirmed = after(&file, &known, &options());
    assert_eq!(confirmed.confirmed[&Section::Access], known.confirmed[&Section::Access]);
    let list = Confirmation { on: options().checked, by: options().source };
    assert_eq!(confirmed.confirmed[&Section::Contact], list);
    assert_eq!(confirmed.confirmed[&Section::Hours], known.confirmed[&Section::Hours]);
    assert_eq!((&confirmed.source, confirmed.checked), (&known.source, known.checked), "where it was read first");

    let old = Options { checked: "2025-01-01".parse().unwrap(), ..options() };
    assert_eq!(after(&file, &known, &old), known);
    // What an older list says otherwise is its own, and as old as it is.
    let other = after(&format!("编号,名称,电话,床位数\n{id},{name},0755-00000999,5\n"), &known, &old);
    let of_old = Confirmation { on: old.checked, by: old.source.clone() };
    assert_eq!([&other.confirmed[&Section::Contact], &other.confirmed[&Section::Capacity]], [&of_old, &of_old]);
    assert_eq!(other.capacity.unwrap().as_of, old.checked);
    let before = over(std::slice::from_ref(&known));
    let preview = Preview::of(vec![other], &before, &old);
    let said: Vec<_> =
        preview.changed[0].1.iter().map(|one| (one.column.name(), one.from.clone(), one.to.clone())).collect();
    let from = |text: &str| text.to_owned();
    assert!(
        said.contains(&("phone", phone, from("0755-00000999"))) && said.contains(&("beds", from(""), from("5"))),
        "{said:?}"
    );
}

#[tokio::test]
async fn an_extension_is_kept_and_landlines_without_their_area_code_get_that_of_the_list() {
    let known = point().await;
    let (id, name) = (&known.id, &known.name.zh);
    let row = |phone: &str| format!("编号,名称,电话\n{id},{name},{phone}\n");
    for written in ["0755-12345678-8001", "0755-12345678转8001"] {
        let listing = Listing { demo: false, ..after(&row(written), &known, &options()) };
        assert_eq!(listing.phone.as_ref().map(Dial::dashed).as_deref(), Some("0755-12345678-8001"));
        assert_eq!(listing.tel().as_deref(), Some("075512345678"));
    }
    let shenzhen = Options { area_code: Some("0755".to_owned()), ..options() };
    for (written, dialled) in [("26661013", "075526661013"), ("010-26661013", "01026661013"), ("12345", "12345")] {
        let listing = Listing { demo: false, ..after(&row(written), &known, &shenzhen) };
        assert_eq!(listing.tel().as_deref(), Some(dialled));
    }
}

/// A list of so many points with so many decimals, as JSON and spreadsheets write numbers.
fn points(count: u32, digits: u32) -> String {
    let mut dice = Dice::of(&format!("{count} points"));
    let mut degrees =
        |from: f64| from + f64::from(dice.below(8 * 10_u32.pow(digits - 2))) / 10_f64.powi(digits.cast_signed());
    let rows = (0..count).map(|n| {
        let [latitude, longitude] =
            [degrees(22.5), degrees(113.9)].map(|degrees| format!("{degrees:.*}", digits as usize));
        let number = |text: &str| text.trim_end_matches('0').trim_end_matches('.').to_owned();
        format!(
            r#"{{"geometry":{{"type":"Point","coordinates":[{},{}]}},"properties":{{"name":"演示站 {n}"}}}}"#,
            number(&longitude),
            number(&latitude)
        )
    });
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, rows.collect::<Vec<_>>().join(","))
}

#[test]
fn noughts_that_json_and_spreadsheets_drop_refuse_no_list_and_a_coarse_list_is_refused() {
    for (count, digits) in [(1, 5), (500, 5), (5_000, 5), (500, 4), (500, 6)] {
        let Read { listings, mistakes, .. } = read(points(count, digits).as_bytes(), &over(&[]), &options());
        assert_eq!((mistakes.first(), listings.len()), (&[][..], count as usize), "{digits} decimals");
        assert!(listings.iter().all(|one| one.spot.is_some()));
    }
    let Read { mistakes, .. } = read(points(50, 3).as_bytes(), &over(&[]), &options());
    assert_eq!(
        (mistakes.count(), mistakes.first()[0].reason.code()),
        (100, "position_coarse"),
        "of each point both numbers"
    );
}
