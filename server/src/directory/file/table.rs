//! Text to rows under headings.

use std::io::Read;

use csv::{ErrorKind, ReaderBuilder, StringRecord, Terminator};
use shared::directory::Kind;

use super::columns::{Column, Plain};
use super::lasting::Lasting;
use super::quotes::Watched;
use super::rows::{Each, Headings, Row};
use super::{BadFile, MOST_COLUMNS};

/// Rows above the headings that a list may have: a title, who made it, when.
const ABOVE: usize = 10;
/// Lines of a cell that have as many commas as rows have, by chance in no address.
const FEWEST_ROWS: usize = 2;

/// Reads a text of which each line ends with `\n`.
///
/// # Errors
/// As [`BadFile`] has them.
pub(super) fn read(
    text: Lasting<'_, impl Read>,
    delimiter: u8,
    kind: &Kind,
    each: &mut Each<'_>,
) -> Result<Headings, BadFile> {
    let allowance = text.allowance;
    let mut reader = builder(delimiter).from_reader(Watched::of(text, delimiter));
    let (mut headings, mut above, mut record) = (Headings::default(), Vec::new(), StringRecord::new());
    // Lines that are none of a spreadsheet's rows: those after the first of a cell.
    let mut within = 0;
    loop {
        allowance.renew();
        let begun = reader.position().line() - within;
        if !reader.read_record(&mut record).map_err(|error| bad(error, begun))? {
            break;
        }
        if record.len() > MOST_COLUMNS {
            return Err(BadFile::TooWide);
        }
        within += record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        // Behind the end of its row, unless the file ended before.
        let number = reader.position().line() - u64::from(!reader.is_done()) - within;
        let cells: Vec<String> = record.iter().map(clean).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if !headings.is_empty() {
            if record.iter().any(|cell| has_rows(cell, delimiter, headings.len())) {
                return Err(BadFile::OpenQuote(number));
            }
            each(&headings, &Row { number, cells, wrong: Vec::new() })?;
            continue;
        }
        headings = found(&cells, kind)?;
        if headings.is_empty() {
            above.push(cells.join(" "));
            if above.len() > ABOVE {
                break;
            }
        }
    }
    if let Some(row) = reader.get_ref().never_closed() {
        return Err(BadFile::OpenQuote(row));
    }
    match (headings.is_empty(), above.is_empty()) {
        (false, _) => Ok(headings),
        (true, true) => Err(BadFile::Empty),
        (true, false) => Err(BadFile::NoHeadings(above.join(" / ").chars().take(80).collect())),
    }
}

/// What divides the cells of a text, of which this is the beginning: that under which most headings are known.
pub(super) fn delimiter(beginning: &[u8], kind: &Kind) -> u8 {
    let known = |delimiter: &u8| {
        let first = builder(*delimiter).from_reader(beginning).into_records().take(ABOVE).flatten();
        first.map(|record| record.iter().filter(|cell| Column::of(cell, kind).is_some()).count()).max()
    };
    [b',', b'\t', b';'].into_iter().rev().max_by_key(known).unwrap_or(b',')
}

fn builder(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).terminator(Terminator::Any(b'\n'));
    builder
}

/// Whether a cell has whole rows within it: then a quotation mark was closed by that of another cell.
fn has_rows(cell: &str, delimiter: u8, columns: usize) -> bool {
    let lines: Vec<&str> = cell.split('\n').collect();
    let is_row = |line: &&&str| line.bytes().filter(|byte| *byte == delimiter).count() + 1 == columns;
    // The first and the last line are of other cells too.
    lines.get(1..lines.len() - 1).is_some_and(|inner| inner.iter().filter(is_row).count() >= FEWEST_ROWS)
}

fn bad(error: csv::Error, line: u64) -> BadFile {
    match error.into_kind() {
        ErrorKind::Io(error) => match BadFile::from(error) {
            BadFile::LongRow(_) => BadFile::LongRow(line),
            other => other,
        },
        other => BadFile::Row(line, format!("{other:?}")),
    }
}

/// The headings, if these cells are some: the name and one more.
fn found(cells: &[String], kind: &Kind) -> Result<Headings, BadFile> {
    let all: Vec<_> = cells.iter().map(|cell| (cell.clone(), Column::of(cell, kind))).collect();
    let known: Vec<Column> = all.iter().filter_map(|(_, column)| *column).collect();
    if !known.contains(&Column::Plain(Plain::Name)) || known.len() < 2 {
        return Ok(Headings::default());
    }
    let mut headings = Headings::default();
    for (heading, column) in all {
        headings.add(heading, column)?;
    }
    Ok(headings)
}

/// Without spaces around it, and without the mark that keeps a spreadsheet from reading a formula.
fn clean(cell: &str) -> String {
    let cell = cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let bare = cell.strip_prefix('\'').filter(|bare| bare.starts_with(super::super::export::FORMULA));
    bare.unwrap_or(cell).to_owned()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::directory::file::{MOST_BYTES_OF_A_ROW, MOST_PLACES, each_row};
    use crate::directory::kinds::kind;

    /// The rows, each with what it has under a heading.
    fn under(heading: Plain, text: &str) -> Result<Vec<(u64, String)>, BadFile> {
        let mut rows = Vec::new();
        each_row(&mut Cursor::new(text), kind("elderly_station").unwrap(), |headings, row| {
            rows.push((row.number, headings.cell(row, Column::Plain(heading)).unwrap().to_owned()));
        })?;
        Ok(rows)
    }

    fn rows(expected: &[(u64, &str)]) -> Vec<(u64, String)> {
        expected.iter().map(|(number, name)| (*number, (*name).to_owned())).collect()
    }

    #[test]
    fn whatever_divides_the_cells_and_stands_above_them_the_rows_are_found() {
        for text in [
            "名称,地址\n甲站,一号\n乙站,二号\n",
            "名称\t地址\r\n甲站\t一号\r\n乙站\t二号",
            "名称;地址\n甲站;一,号\n乙站;二号",
            "名称,地址\r甲站,一号\r乙站,二号",
        ] {
            assert_eq!(under(Plain::Name, text), Ok(rows(&[(2, "甲站"), (3, "乙站")])), "{text}");
        }
        let titled = "南山区长者服务站名单,,\n,,\n序号,机构名称,详细地址\n1,甲站,一号\n\n2,乙站,二号\n";
        assert_eq!(under(Plain::Name, titled), Ok(rows(&[(4, "甲站"), (6, "乙站")])));
    }

    #[test]
    fn quotes_hold_commas_breaks_and_quotes_and_rows_are_counted_as_a_spreadsheet_counts_them() {
        let text = "名称,地址\n\"甲\"\"站\"\"\",\"一号,\r\n二楼\"\r\n乙站,二号\r\n";
        assert_eq!(under(Plain::Name, text), Ok(rows(&[(2, "甲\"站\""), (3, "乙站")])));
        assert_eq!(under(Plain::Address, text), Ok(rows(&[(2, "一号,\n二楼"), (3, "二号")])));
        let blank = "\"名单\n2026\",\n名称,地址\n甲站,\"一号\n\n\n三楼\"\n\n,\n乙站,二号\n";
        assert_eq!(under(Plain::Name, blank), Ok(rows(&[(3, "甲站"), (6, "乙站")])));
    }

    #[test]
    fn a_formula_that_was_made_harmless_is_a_text_again() {
        assert_eq!(under(Plain::Phone, "名称,电话\n甲站,'+86755\n"), Ok(rows(&[(2, "+86755")])));
        assert_eq!(under(Plain::Name, "名称,电话\n'甲站',1\n"), Ok(rows(&[(2, "'甲站'")])));
    }

    #[test]
    fn a_file_that_is_none_or_has_no_headings_or_one_twice_is_refused() {
        for empty in ["", "\u{feff} \n", "\n\n", ",,,\n,,\n"] {
            assert_eq!(under(Plain::Name, empty), Err(BadFile::Empty), "{empty:?}");
        }
        let bare = under(Plain::Name, "甲站,一号\n乙站,二号\n");
        assert!(matches!(&bare, Err(BadFile::NoHeadings(found)) if found.contains("甲站")), "{bare:?}");
        assert_eq!(under(Plain::Name, "名称,地址,详细地址\n"), Err(BadFile::Twice("详细地址".into())));
        let wide = "名称,地址\n甲,乙".to_owned() + &",".repeat(MOST_COLUMNS);
        assert_eq!(under(Plain::Name, &wide), Err(BadFile::TooWide));
    }

    #[test]
    fn a_list_of_any_length_ends_after_the_most_rows_that_can_be_kept() {
        let list = |rows| "名称,地址\n".to_owned() + &"甲,乙\n".repeat(rows);
        assert_eq!(under(Plain::Name, &list(MOST_PLACES)).map(|rows| rows.len()), Ok(MOST_PLACES));
        let mut given = 0;
        let endless = list(1_000_000);
        let ended = each_row(&mut Cursor::new(&endless), kind("elderly_station").unwrap(), |_, _| given += 1);
        assert_eq!((ended, given), (Err(BadFile::TooMany), MOST_PLACES));
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_does_not_make_one_row_of_the_whole_file() {
        let open = "名称,地址\n甲,一号\n\"乙,二号\n".to_owned() + &"丙,三号\n".repeat(1_000_000);
        assert_eq!(under(Plain::Name, &open), Err(BadFile::LongRow(3)));
        for (short, row) in [
            ("名称,地址,电话\n甲,\"一\n号\",1\n乙,\"二号,2\n丙,三号,3\n", 3),
            ("名称,地址\n甲,一号\n\"乙,二号\n丙,三号\n", 3),
            // Closed by what was to open another cell, and by the last mark of another.
            ("名称,地址\n甲,\"一号\n乙,\"二号\"\n丙,三号\n", 2),
            ("名称,地址\n甲,\"一号\n乙,二号\n丙,三号\n丁,四号\"\n", 2),
        ] {
            assert_eq!(under(Plain::Name, short), Err(BadFile::OpenQuote(row)), "{short}");
        }
        // Lines of a cell are none.
        let lines = "名称,地址,电话\n甲,\"一号,\n二楼,\n三楼,\n四楼\",1\n";
        assert_eq!(under(Plain::Name, lines), Ok(rows(&[(2, "甲")])));
        // A long row alone is none.
        let long = format!("名称,地址\n甲,{}\n", "号".repeat(MOST_BYTES_OF_A_ROW / 3 - 10_000));
        assert_eq!(under(Plain::Name, &long), Ok(rows(&[(2, "甲")])));
    }
}
