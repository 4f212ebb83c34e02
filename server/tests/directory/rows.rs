//! Rows that are about another place than their id says, or about none.

use server::directory::import::Read;
use shared::directory::{Closed, Listing};
use shared::localised::Localised;

use super::files::{options, over, read};

const LIST: &str = "编号,名称,地址\nx-1,演示甲站,示例路 1 号\n";

/// What a list says over the place of another that has closed: its name and address, and what is wrong.
fn over_closed(file: &str) -> Result<(String, bool), Vec<&'static str>> {
    let Read { mut listings, .. } = read(LIST.as_bytes(), &over(&[]), &options());
    let closed = Closed { on: "2026-04-01".parse().unwrap(), reason: Localised::new("停办", "Closed") };
    listings[0].closed = Some(closed);
    let Read { listings, mistakes, .. } = read(file.as_bytes(), &over(&listings), &options());
    if !mistakes.is_empty() {
        assert!(mistakes.first().iter().all(|one| (one.row, one.column.as_str()) == (2, "编号")), "{mistakes:?}");
        return Err(mistakes.first().iter().map(|one| one.reason.code()).collect());
    }
    let [Listing { name, closed, .. }] = &listings[..] else { panic!("{listings:?}") };
    Ok((name.zh.clone(), closed.is_some()))
}

#[test]
fn the_id_of_a_closed_place_is_no_other_places_and_one_that_may_be_the_same_is_a_question() {
    let opened = |name: &str| Ok((name.to_owned(), false));
    let told = |code| Err(vec![code]);
    for (file, expected) in [
        ("编号,名称,地址\nx-1,完全另一家,很远路 99 号\n", told("id_of_another")),
        ("编号,名称,地址,停办日期\nx-1,完全另一家,很远路 99 号,无\n", told("id_of_another")),
        ("编号,名称,地址\nx-1,演示甲站,很远路 99 号\n", told("id_reopened")),
        ("编号,名称,地址\nx-1,完全另一家,示例路 1 号\n", told("id_reopened")),
        ("编号,名称\nx-1,完全另一家\n", told("id_reopened")),
        ("编号,名称,地址,停办日期\nx-1,演示甲站,很远路 99 号,无\n", opened("演示甲站")),
        (
            "编号,名称,地址,停办日期\nx-1,演示甲站（旧址）,示例路 1 号,2026-04-01\n",
            Ok(("演示甲站（旧址）".to_owned(), true)),
        ),
        (LIST, opened("演示甲站")),
        ("编号,名称,地址\nx-1,演示甲站,示例路１号\n", opened("演示甲站")),
        ("编号,名称\nx-1,演示甲站\n", opened("演示甲站")),
    ] {
        assert_eq!(over_closed(file), expected, "{file}");
    }
}

#[test]
fn a_row_of_totals_is_passed_over_and_told() {
    let file = "名称,地址,电话\n演示甲站,示例路 1 号,0755-00000101\n合计,1,\n";
    let Read { listings, totals, mistakes, .. } = read(file.as_bytes(), &over(&[]), &options());
    assert_eq!((listings.len(), totals, mistakes.first()), (1, vec![3], &[][..]));
}

#[test]
fn what_the_form_of_a_feature_has_wrong_is_told_at_its_row() {
    let file = r#"{"type":"FeatureCollection","features":[
        {"geometry":null,"properties":{"name":"演示甲站"}},
        {"geometry":null,"properties":{"name":{"zh":"x"}}}]}"#;
    let Read { mistakes, .. } = read(file.as_bytes(), &over(&[]), &options());
    let told: Vec<_> = mistakes
        .first()
        .iter()
        .map(|one| (one.row, one.column.as_str(), one.value.as_str(), one.reason.code()))
        .collect();
    assert_eq!(told, [(2, "name", r#"{"zh":"x"}"#, "property_no_text")]);
}

#[test]
fn in_a_column_of_which_most_are_fine_a_number_that_lost_its_noughts_is_too() {
    let row = |n: u32, latitude: &str| format!("演示站 {n},{latitude},113.930{n:02},gcj02\n");
    let list = |latitude: &str| {
        let rows: String = (11..40).map(|n| row(n, if n == 20 { latitude } else { "22.53301" })).collect();
        let file = format!("名称,纬度,经度,坐标系\n{rows}");
        read(file.as_bytes(), &over(&[]), &options()).mistakes.count()
    };
    assert_eq!([list("22.533"), list("２２．５３３"), list("22.5")], [0, 0, 1]);
    let coarse: String = (11..40).map(|n| row(n, "22.53")).collect();
    let Read { mistakes, .. } = read(format!("名称,纬度,经度,坐标系\n{coarse}").as_bytes(), &over(&[]), &options());
    let told: Vec<_> = mistakes.first().iter().map(|one| (one.column.as_str(), one.reason.code())).collect();
    assert_eq!(told, [("纬度", "position_coarse"); 29]);
}
