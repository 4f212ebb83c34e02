//! What was found, as the text of BENCHMARKS.md.

use std::fmt::Write;

/// Gathers budgets and sections in the order in which they are measured.
pub struct Report {
    machine: String,
    budgets: Vec<Budget>,
    sections: Vec<Section>,
}

/// One row of the table of budgets.
struct Budget {
    what: String,
    least: String,
    measured: String,
    /// None when it could not be measured.
    kept: Option<bool>,
}

struct Section {
    title: &'static str,
    text: String,
}

impl Report {
    pub fn new(machine: String) -> Self {
        Self { machine, budgets: Vec::new(), sections: Vec::new() }
    }

    pub fn budget(&mut self, what: impl Into<String>, least: impl Into<String>, measured: String, kept: bool) {
        self.row(what.into(), least.into(), measured, Some(kept));
    }

    /// A budget that this run has nothing to say about, and why.
    pub fn not_measured(&mut self, what: impl Into<String>, least: impl Into<String>, why: &str) {
        self.row(what.into(), least.into(), format!("not measured: {why}"), None);
    }

    /// A figure that has no budget.
    pub fn told(&mut self, what: impl Into<String>, measured: String) {
        self.row(what.into(), "–".to_owned(), measured, None);
    }

    /// What is to be known beyond the budgets.
    pub fn section(&mut self, title: &'static str, text: String) {
        self.sections.push(Section { title, text });
    }

    pub fn markdown(&self) -> String {
        let mut text = format!(
            "# Measured\n\nWritten by `make bench`; never by hand. Figures are medians of several runs with the lowest \
             and the highest in brackets; ratios compare figures of one run. kB is 1,000 bytes, MB 1,000 kB.\n\n{}\n\
             ## Budgets\n\n| what | budget | measured | verdict |\n| --- | --- | --- | --- |\n",
            self.machine
        );
        for Budget { what, least, measured, kept } in &self.budgets {
            let verdict = match kept {
                Some(true) => "kept",
                Some(false) => "**missed**",
                None => "–",
            };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "| {what} | {least} | {measured} | {verdict} |");
        }
        for Section { title, text: body } in &self.sections {
            let _ = write!(text, "\n## {title}\n\n{}\n", body.trim_end());
        }
        text
    }

    fn row(&mut self, what: String, least: String, measured: String, kept: Option<bool>) {
        crate::progress(format_args!("{what}: {measured}"));
        self.budgets.push(Budget { what, least, measured, kept });
    }
}

/// A Markdown table.
pub fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let rule: Vec<String> =
        (0..N).map(|column| if column == 0 { "---".to_owned() } else { "---:".to_owned() }).collect();
    let mut text = line(&head.map(str::to_owned)) + &line(&rule);
    for row in rows {
        text += &line(&row);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_budget_stands_out_and_one_not_measured_says_why() {
        let mut report = Report::new("- Machine: two cores\n".to_owned());
        report.budget("weight", "≤ 20 kB", "21 kB".to_owned(), false);
        report.not_measured("pictures", "100", "no browser here");
        let text = report.markdown();
        assert!(text.contains("| weight | ≤ 20 kB | 21 kB | **missed** |"));
        assert!(text.contains("| pictures | 100 | not measured: no browser here | – |"));
    }

    #[test]
    fn a_table_lines_figures_up_on_the_right() {
        let text = table(["page", "kB"], [["/".to_owned(), "3".to_owned()]]);
        assert_eq!(text, "| page | kB |\n| --- | ---: |\n| / | 3 |\n");
    }
}
