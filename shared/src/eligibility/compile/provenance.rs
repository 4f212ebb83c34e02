//! Sources that cannot bear the figures that rest on them.

use super::{super::pack::Grade, files::SourceFile};

/// Something must lead back to what a figure rests on; the name of an official text does.
pub(super) fn traceless(source: &SourceFile) -> Option<&'static str> {
    let title = &source.document.get_ref().zh;
    let year = title.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
    // An invented figure rests on nothing, and says so.
    let traced = matches!(source.grade, Grade::Official | Grade::Demo)
        || year
        || source.url.is_some()
        || source.seen.is_some()
        || source.dated.is_some();
    (!traced).then_some("nothing leads back to this source: it has no year, no `dated`, no `url` and no `seen`")
}

/// A city's figure does not rest on what one of its districts says.
pub(super) fn of_a_district(source: &SourceFile, region: &str) -> Option<String> {
    let city = region.ends_with("00");
    let named = district(&source.document.get_ref().zh).filter(|_| city)?;
    Some(format!("the source speaks of {named}, and the figure would be shown for the whole of {region}"))
}

/// Words that end like a district and are none.
const NO_DISTRICTS: [&str; 12] =
    ["特区", "社区", "城区", "地区", "市区", "辖区", "园区", "小区", "校区", "景区", "郊区", "各区"];

/// `…崂山区` in a title, up to its end.
fn district(title: &str) -> Option<&str> {
    let ends = title.match_indices('区').map(|(at, word)| &title[..at + word.len()]);
    ends.into_iter().find(|named| !NO_DISTRICTS.iter().any(|word| named.ends_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_is_told_from_words_that_end_like_one() {
        assert_eq!(district("深圳特区报 2023年5月17日"), None);
        assert_eq!(district("长者助餐（社区）"), None);
        assert_eq!(district("半岛都市报（崂山区）"), Some("半岛都市报（崂山区"));
        assert_eq!(district("某区特区报"), Some("某区"));
    }
}
