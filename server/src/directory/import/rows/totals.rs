//! Rows at the end of a list that say how many places it has.

use crate::directory::file::columns::{Column, Plain};
use crate::directory::file::{Headings, Row};
use crate::directory::import::cells::narrow;

const TOTALS: [&str; 9] = ["合计", "总计", "小计", "共计", "总数", "total", "totals", "subtotal", "grandtotal"];
/// What is counted, beside the number.
const COUNTED: [&str; 7] = ["个", "家", "处", "所", "间", "条", "站"];

/// Whether a row is one of totals: a cell says so and no more, or the name does with a number.
pub(super) fn is_one(headings: &Headings, row: &Row) -> bool {
    let name = headings.cell(row, Column::Plain(Plain::Name)).unwrap_or_default();
    row.cells.iter().any(|cell| after(cell).is_some_and(|rest| rest.is_empty()))
        || after(name).is_some_and(|rest| is_number(&rest))
}

/// What follows the word, without spaces and colons; none where it is not there.
fn after(cell: &str) -> Option<String> {
    // A cell of words is longer: nobody looks for the word in it.
    if cell.len() > 60 {
        return None;
    }
    let plain: String = narrow(cell).to_lowercase().chars().filter(|c| !c.is_whitespace() && *c != ':').collect();
    TOTALS.iter().filter_map(|word| plain.strip_prefix(word)).min_by_key(|rest| rest.len()).map(str::to_owned)
}

fn is_number(text: &str) -> bool {
    let digits = COUNTED.iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_totals_is_known_and_no_place_is_taken_for_one() {
        let headings = |names: [&str; 2]| {
            let mut headings = Headings::default();
            headings.add(names[0].to_owned(), None).unwrap();
            headings.add(names[1].to_owned(), Some(Column::Plain(Plain::Name))).unwrap();
            headings
        };
        let is_one = |first: &str, name: &str| {
            let cells = vec![first.to_owned(), name.to_owned()];
            is_one(&headings(["序号", "名称"]), &Row { number: 2, cells, wrong: Vec::new() })
        };
        for (first, name) in [
            ("", "合计"),
            ("合计", ""),
            ("合 计", "57"),
            ("", "总计：57家"),
            ("", "小计 3"),
            ("Total:", "57"),
            ("", "Grand total"),
        ] {
            assert!(is_one(first, name), "{first}, {name}");
        }
        for (first, name) in
            [("1", "甲站"), ("", ""), ("", "总数路长者服务站"), ("", "合计路 3 号站"), ("", "Total Care")]
        {
            assert!(!is_one(first, name), "{first}, {name}");
        }
    }
}
