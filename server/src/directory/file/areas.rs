//! Districts, streets and communities by name, since lists name them and places are kept by code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use shared::directory::{Area, position::Bounds, position::CHINA};

const DISTRICTS: &str = include_str!("../../../../shared/packs/cn/districts.csv");
const BOXES: &str = include_str!("../../../regions/boxes.toml");

/// Codes by the names that lists use.
#[derive(Clone, Debug, Default)]
pub struct Areas(BTreeMap<String, Vec<String>>);

impl Areas {
    /// The districts of the program, and whatever a file of divisions adds: rows of `level,code,name,parent` or `code,name`.
    pub fn with(divisions: &str) -> Self {
        let mut areas = Self::default();
        for line in DISTRICTS.lines().chain(divisions.lines()) {
            let cells: Vec<&str> = line.trim().split(',').collect();
            let is_code =
                |cell: &str| matches!(cell.len(), 6 | 9 | 12) && cell.bytes().all(|byte| byte.is_ascii_digit());
            if let Some(at) = cells.iter().position(|cell| is_code(cell))
                && let Some(name) = cells.get(at + 1)
            {
                areas.add(cells[at], name);
            }
        }
        areas
    }

    /// One that is known by a place that has it.
    pub fn learn(&mut self, area: &Area) {
        self.add(&area.code, &area.name);
    }

    fn add(&mut self, code: &str, name: &str) {
        let codes = self.0.entry(short(name).to_owned()).or_default();
        if !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }

    /// The code of so many digits that begins with another; none where several do.
    pub fn code(&self, name: &str, digits: usize, within: &str) -> Option<&str> {
        let codes = self.0.get(short(name))?;
        let mut fitting = codes.iter().filter(|code| code.len() == digits && code.starts_with(within));
        fitting.next().filter(|_| fitting.next().is_none()).map(String::as_str)
    }
}

/// Where places of a division can lie.
///
/// # Panics
/// Where the program's own boxes are none, which a test finds.
pub fn bounds(division: &str) -> Bounds {
    static ALL: LazyLock<BTreeMap<String, Bounds>> =
        LazyLock::new(|| toml::from_str(BOXES).expect("boxes of the program"));
    let fitting = ALL.iter().filter(|(code, _)| division.starts_with(code.as_str()));
    fitting.max_by_key(|(code, _)| code.len()).map_or(CHINA, |(_, bounds)| *bounds)
}

/// `南头城社区居委会` and `南头城社区` are one.
fn short(name: &str) -> &str {
    let name = name.trim();
    let ends = ["居民委员会", "村民委员会", "居委会", "村委会", "办事处", "工作站"];
    ends.iter().find_map(|end| name.strip_suffix(end)).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_known_by_its_name_within_what_it_belongs_to() {
        let file = "level,code,name,parent\nstreet,440305007,粤海街道,440305\ncommunity,440305007015,海珠社区居委会,440305007\n\
                    community,440304001001,海珠社区,440304001\n";
        let areas = Areas::with(file);
        assert_eq!(areas.code("南山区", 6, ""), Some("440305"));
        assert_eq!(areas.code("粤海街道办事处", 9, "440305"), Some("440305007"));
        assert_eq!(areas.code("海珠社区", 12, "440305"), Some("440305007015"));
        assert_eq!(areas.code("海珠社区", 12, ""), None, "two of this name");
        assert_eq!(areas.code("火星街道", 9, ""), None);
    }

    #[test]
    fn the_box_of_the_smallest_division_holds() {
        assert!(bounds("440305").holds(22_530_000, 113_930_000));
        assert!(!bounds("440305").holds(22_530_000, 114_130_000));
        assert!(bounds("440304").holds(22_530_000, 114_050_000));
        // Of 黄石: 下陆, 阳新, and neither 武汉 nor 九江.
        assert!(bounds("420204").holds(30_170_000, 114_980_000) && bounds("420222").holds(29_830_000, 115_210_000));
        assert!(!bounds("420204").holds(30_590_000, 114_300_000) && !bounds("420222").holds(29_710_000, 115_990_000));
        assert_eq!(bounds("110101"), CHINA);
    }
}
