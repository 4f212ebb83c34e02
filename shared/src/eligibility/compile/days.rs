//! First days and days of publication that nobody has told.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::files::{BenefitFile, DatedBy, SourceFile, ValidFile, ValueFile};

/// The days from which the figures of a file and the benefit itself are said to hold, as far as something is wrong with
/// them.
pub(super) fn first_days(file: &BenefitFile) -> Vec<(Range<usize>, &'static str)> {
    let values = file.params.values().flat_map(|param| &param.values);
    let figures = values.filter_map(|value| {
        let wrong = first_day(*value.from.get_ref(), value.undated, value.dated_by)?;
        Some((value.from.span(), wrong))
    });
    let valid = file.valid.as_ref().and_then(|valid| {
        let told = valid.get_ref();
        let wrong = first_day(told.from, told.undated, told.dated_by);
        Some((valid.span(), wrong.or_else(|| without_text(told))?))
    });
    figures.chain(valid).collect()
}

/// Who knows only the month or the year writes its first or its last day, so these need a word on how they are named.
fn first_day(from: NaiveDate, undated: bool, dated_by: Option<DatedBy>) -> Option<&'static str> {
    let last = from.succ_opt().is_some_and(|next| next.day() == 1);
    match dated_by {
        Some(_) if undated => Some("this is `undated` and `dated_by` something"),
        Some(DatedBy::Month) if from.day() != 1 => Some("a month that is named begins with its first day"),
        None if !undated && (from.day() == 1 || last) => {
            Some("does the source name this day? say how with `dated_by`, or write `undated = true`")
        }
        _ => None,
    }
}

/// The day of a law is not that of a place's own rule, so a day stands with the text that says it.
fn without_text(valid: &ValidFile) -> Option<&'static str> {
    (!valid.undated && valid.source.is_none()).then_some("name with `source` the text that says this day")
}

/// A figure is seldom made known on the very day from which it holds.
pub(super) fn published(value: &ValueFile, source: &SourceFile) -> Option<&'static str> {
    let copied = value.published == Some(*value.from.get_ref()) && source.dated != value.published;
    copied.then_some("nothing says that it became known on its first day; leave `published` out where it is not known")
}
