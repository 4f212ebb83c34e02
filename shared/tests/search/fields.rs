//! A place is found by its community and its address too, after those that are called so.

use shared::search::{Query, find, letters};

/// Name, community, address.
const PLACES: [[&str; 3]; 4] = [
    ["桃源居敬老院（演示）", "龙辉社区", "学苑大道 1 号"],
    ["长青服务站（演示）", "桃源社区", "龙珠大道 12 号"],
    ["松鹤日间照料中心（演示）", "平山社区", "桃源街 3 号"],
    ["学苑社区服务中心（演示）", "学苑社区", "留仙大道 5 号"],
];

fn found(typed: &str) -> Vec<usize> {
    let letters = letters(PLACES.as_flattened().iter().copied());
    let entries: Vec<_> =
        PLACES.iter().map(|[name, community, address]| letters.entry(name, community, address)).collect();
    find(&Query::parse(typed).unwrap(), &letters, &entries).into_iter().map(|hit| hit.at).collect()
}

#[test]
fn a_name_comes_before_a_community_and_that_before_an_address() {
    for typed in ["桃源", "taoyuan", "taoyu", "桃yuan"] {
        assert_eq!(found(typed), [0, 1, 2], "{typed}");
    }
    assert_eq!(found("ty"), [0, 1], "two letters say nothing of an address");
}

#[test]
fn numbers_of_houses_and_streets_are_found() {
    assert_eq!(found("龙珠大道12号"), [1]);
    assert_eq!(found("longzhudadao12"), [1]);
    assert_eq!(found("留仙大道"), [3]);
}

#[test]
fn words_between_spaces_may_stand_in_different_fields() {
    assert_eq!(found("服务站 桃源"), [1]);
    assert_eq!(found("fuwu longzhu"), [1]);
    assert_eq!(found("松鹤　桃源街"), [2]);
    assert!(found("松鹤 龙珠").is_empty());
}
