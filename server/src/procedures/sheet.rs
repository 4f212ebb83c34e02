//! Tables of the office as files for spreadsheets, whose formulas they do not become.

use crate::directory::export::harmless;

/// Rows as CSV, behind the mark by which spreadsheets know UTF-8.
///
/// # Panics
/// Never: memory takes every row.
pub fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.into_iter().map(harmless)).expect("memory takes every row");
    }
    let text = writer.into_inner().expect("memory takes every row");
    format!("\u{feff}{}", String::from_utf8_lossy(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_a_spreadsheet_would_calculate_is_a_text() {
        let row = ["=1+1", "+86", "-3", "@now", "平常", "甲,乙"].map(str::to_owned);
        assert_eq!(csv([row.to_vec()]), "\u{feff}'=1+1,'+86,'-3,'@now,平常,\"甲,乙\"\r\n");
    }
}
