//! Text to rows under headings.

use shared::directory::Kind;

use super::columns::{Column, Plain};
use super::{BadFile, MOST_ROWS};

/// Rows under headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// As the file has them, with the column where it is known.
    pub headings: Vec<(String, Option<Column>)>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As a spreadsheet numbers it.
    pub number: u64,
    pub cells: Vec<String>,
}

/// Rows above the headings that a list may have: a title, who made it, when.
const ABOVE: usize = 10;

impl Table {
    /// # Errors
    /// As [`BadFile`] has them.
    pub fn read(text: &str, kind: &Kind) -> Result<Self, BadFile> {
        let delimiter = delimiter(text, kind);
        let mut table = Self::default();
        let (mut above, mut lines) = (Vec::new(), Lines { text: text.as_bytes(), at: 0, line: 1 });
        for record in reader(text, delimiter).records() {
            let record = record.map_err(|error| {
                let row = error.position().map_or(0, csv::Position::line);
                BadFile::Row(row, error.to_string())
            })?;
            let number = lines.of(record.position().map_or(0, csv::Position::byte));
            let cells: Vec<String> = record.iter().map(clean).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            if table.headings.is_empty() {
                let headings = headings(&cells, kind)?;
                if !headings.is_empty() {
                    table.headings = headings;
                } else if above.len() >= ABOVE {
                    break;
                } else {
                    above.push(cells.join(" "));
                }
                continue;
            }
            if table.rows.len() == MOST_ROWS {
                return Err(BadFile::TooMany);
            }
            table.rows.push(Row { number, cells });
        }
        if table.headings.is_empty() {
            let first: String = above.join(" / ").chars().take(80).collect();
            return Err(BadFile::NoHeadings(first));
        }
        Ok(table)
    }

    /// A cell, empty where the row has none.
    pub fn cell<'a>(&self, row: &'a Row, column: Column) -> Option<&'a str> {
        let at = self.headings.iter().position(|(_, known)| *known == Some(column))?;
        Some(row.cells.get(at).map_or("", String::as_str))
    }

    /// What the file calls a column.
    pub fn heading(&self, column: Column) -> &str {
        self.headings.iter().find(|(_, known)| *known == Some(column)).map_or(column.name(), |(heading, _)| heading)
    }

    /// Columns that nobody knows.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        let unknown = self.headings.iter().filter(|(heading, known)| known.is_none() && !heading.is_empty());
        unknown.map(|(heading, _)| heading.as_str())
    }
}

/// Numbers rows as spreadsheets do, whose reader leaves the end of a line to the row after it.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which what comes after this byte begins; asked in the order of the text.
    fn of(&mut self, byte: u64) -> u64 {
        let ends = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let from = usize::try_from(byte).unwrap_or(0).min(self.text.len());
        let start = from + self.text[from..].iter().take_while(|byte| ends(byte)).count();
        let passed = self.text.get(self.at..start).unwrap_or_default();
        self.line += passed.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        self.at = start.max(self.at);
        self.line
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// The one under which most headings are known.
fn delimiter(text: &str, kind: &Kind) -> u8 {
    let known = |delimiter: &u8| {
        let first = reader(text, *delimiter).into_records().take(ABOVE).flatten();
        first.map(|record| record.iter().filter(|cell| Column::of(cell, kind).is_some()).count()).max()
    };
    [b',', b'\t', b';'].into_iter().rev().max_by_key(known).unwrap_or(b',')
}

/// The headings, if these cells are some: the name and one more.
fn headings(cells: &[String], kind: &Kind) -> Result<Vec<(String, Option<Column>)>, BadFile> {
    let all: Vec<_> = cells.iter().map(|cell| (cell.clone(), Column::of(cell, kind))).collect();
    let known: Vec<Column> = all.iter().filter_map(|(_, column)| *column).collect();
    if !known.contains(&Column::Plain(Plain::Name)) || known.len() < 2 {
        return Ok(Vec::new());
    }
    let twice = all
        .iter()
        .enumerate()
        .find(|(n, (_, column))| column.is_some() && all[..*n].iter().any(|(_, other)| other == column));
    match twice {
        Some((_, (heading, _))) => Err(BadFile::Twice(heading.clone())),
        None => Ok(all),
    }
}

/// Without spaces around it, and without the mark that keeps a spreadsheet from reading a formula.
fn clean(cell: &str) -> String {
    let cell = cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let bare = cell.strip_prefix('\'').filter(|bare| bare.starts_with(super::super::export::FORMULA));
    bare.unwrap_or(cell).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::kinds::kind;

    fn read(text: &str) -> Result<Table, BadFile> {
        Table::read(text, kind("elderly_station").unwrap())
    }

    fn names(text: &str) -> Vec<(u64, String)> {
        let table = read(text).unwrap();
        let name = |row: &Row| table.cell(row, Column::Plain(Plain::Name)).unwrap().to_owned();
        table.rows.iter().map(|row| (row.number, name(row))).collect()
    }

    #[test]
    fn whatever_divides_the_cells_and_stands_above_them_the_rows_are_found() {
        let expected = vec![(2, "甲站".to_owned()), (3, "乙站".to_owned())];
        for text in [
            "名称,地址\n甲站,一号\n乙站,二号\n",
            "名称\t地址\r\n甲站\t一号\r\n乙站\t二号",
            "名称;地址\n甲站;一,号\n乙站;二号",
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
        let titled = "南山区长者服务站名单,,\n,,\n序号,机构名称,详细地址\n1,甲站,一号\n\n2,乙站,二号\n";
        assert_eq!(names(titled), [(4, "甲站".to_owned()), (6, "乙站".to_owned())]);
    }

    #[test]
    fn quotes_hold_commas_breaks_and_quotes() {
        let table = read("名称,地址\n\"甲\"\"站\"\"\",\"一号,\n二楼\"\n").unwrap();
        assert_eq!(table.rows[0].cells, ["甲\"站\"", "一号,\n二楼"]);
    }

    #[test]
    fn a_formula_that_was_made_harmless_is_a_text_again() {
        assert_eq!(read("名称,电话\n甲站,'+86755\n").unwrap().rows[0].cells[1], "+86755");
        assert_eq!(read("名称,电话\n'甲站',1\n").unwrap().rows[0].cells[0], "'甲站'");
    }

    #[test]
    fn a_file_without_headings_or_with_one_twice_or_endless_is_refused() {
        assert!(matches!(read("甲站,一号\n乙站,二号\n"), Err(BadFile::NoHeadings(found)) if found.contains("甲站")));
        assert_eq!(read("名称,地址,详细地址\n"), Err(BadFile::Twice("详细地址".into())));
        let endless = "名称,地址\n".to_owned() + &"甲,乙\n".repeat(1_000_000);
        assert_eq!(read(&endless), Err(BadFile::TooMany));
    }
}
