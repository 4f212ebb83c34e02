//! What a row says of a place beside where it is and whose.

use chrono::NaiveDate;
use shared::directory::access::Feature;
use shared::directory::{Access, Capacity, Closed, Confirmation, Grade, Kind, Listing, Section, ServiceHere, Times};
use shared::field::{FieldErrors, Reason};
use shared::hours::{Rule, written};
use shared::localised::Localised;

use super::Options;
use super::row_cells::{Cells, say};
use crate::directory::file::columns::{Column, Plain};
use crate::directory::import::cells;
use crate::directory::sections::{is_same, says};

pub(super) fn facts(cells: &mut Cells<'_>, listing: &mut Listing, options: &Options) {
    hours(cells, listing, options.kind);
    services(cells, listing, options.kind);
    access(cells, &mut listing.access);
    directions(cells, listing);
    capacity(cells, listing, options);
    grade(cells, listing);
}

fn hours(cells: &mut Cells<'_>, listing: &mut Listing, kind: &Kind) {
    if cells.clears(Plain::Hours) {
        listing.times = Times::default();
    }
    let Some(text) = cells.said(Plain::Hours) else { return };
    match times(text, kind).and_then(|times| times.map_or_else(|| shown(text), |times| noted(&times).map(|()| times))) {
        Ok(times) => listing.times = times,
        Err(reason) => cells.wrong(Column::Plain(Plain::Hours), reason),
    }
}

/// What no rule can be read from is shown as it is written, unless it names times that are none.
fn shown(text: &str) -> Result<Times, Reason> {
    match written::impossible(text) {
        Some(why) => Err(why.into()),
        None => cells::words(text).map(|words| Times::default().announced(Some(words))),
    }
}

fn services(cells: &mut Cells<'_>, listing: &mut Listing, kind: &Kind) {
    if cells.clears(Plain::Services) {
        listing.services = Vec::new();
    }
    let Some(services) = cells.read(Plain::Services, |text| cells::services(text, kind)) else { return };
    // What is said in English of the same stays.
    let old = std::mem::take(&mut listing.services);
    let kept = |new: ServiceHere| {
        old.iter()
            .find(|old| old.service == new.service && old.who.zh == new.who.zh)
            .map_or(new.clone(), |old| ServiceHere { who: old.who.clone(), ..new })
    };
    listing.services = services.into_iter().map(kept).collect();
}

fn access(cells: &mut Cells<'_>, access: &mut Access) {
    for feature in Feature::ALL {
        let column = Column::Access(*feature);
        match fact(cells, column).map(|text| cells::fact(text, *feature)) {
            Some(Ok(fact)) => access.set(*feature, fact),
            Some(Err(reason)) => cells.wrong(column, reason),
            None => {}
        }
    }
}

/// What is said of a feature, of which `无` means that there is none.
fn fact<'a>(cells: &'a Cells<'_>, column: Column) -> Option<&'a str> {
    cells.headings.cell(cells.row, column).filter(|text| !text.is_empty())
}

fn directions(cells: &mut Cells<'_>, listing: &mut Listing) {
    if cells.clears(Plain::Directions) {
        listing.directions = None;
    }
    let Some(directions) = cells.words(Plain::Directions) else { return };
    let mut words = listing.directions.take().unwrap_or_else(|| Localised::new("", ""));
    say(&mut words, Some(directions), cells.words(Plain::DirectionsEn));
    listing.directions = Some(words);
}

/// As of which day is said once it is known who says so ([`confirm`]).
fn capacity(cells: &mut Cells<'_>, listing: &mut Listing, options: &Options) {
    let nothing = Capacity { beds: None, nursing_beds: None, places: None, as_of: options.checked };
    let mut capacity = listing.capacity.unwrap_or(nothing);
    for (column, count) in [
        (Plain::Beds, &mut capacity.beds),
        (Plain::NursingBeds, &mut capacity.nursing_beds),
        (Plain::Places, &mut capacity.places),
    ] {
        if cells.clears(column) {
            *count = None;
        }
        *count = cells.read(column, cells::number).or(*count);
    }
    let says = [capacity.beds, capacity.nursing_beds, capacity.places].iter().any(Option::is_some);
    listing.capacity = says.then_some(capacity);
}

/// Rules as lists write them, or as data; none where words are not understood.
fn times(text: &str, kind: &Kind) -> Result<Option<Times>, Reason> {
    if text.starts_with('[') {
        let rules: Vec<Rule> = serde_json::from_str(text).map_err(|_| no_rules())?;
        let wrong = |errors: FieldErrors| errors.iter().next().map_or_else(no_rules, |error| error.reason.clone());
        return Times::read(rules, Vec::new()).map(Some).map_err(wrong);
    }
    let service = |name: &str| {
        let known = kind.services.iter().find(|known| known.id == name || known.name.zh == name);
        known.map(|known| known.id.clone())
    };
    Ok(written::read(text, service).and_then(|rules| Times::read(rules, Vec::new()).ok()))
}

fn no_rules() -> Reason {
    Reason::own(
        "hours_data",
        "这里像是数据，但不是接口文档里的开放时间规则。请写成 周一至周五 9:00-17:00 这样。",
        "This looks like data, and is no list of rules as the API has them. Write hours such as 周一至周五 9:00-17:00.",
    )
}

/// What is noted beside hours that come as data is words as well.
fn noted(times: &Times) -> Result<(), Reason> {
    let notes = times.rules().iter().filter_map(|rule| rule.note.as_ref());
    notes.flat_map(|note| [&note.zh, &note.en]).try_for_each(|words| cells::words(words).map(drop))
}

/// A grade says who gave it and when, or nothing.
fn grade(cells: &mut Cells<'_>, listing: &mut Listing) {
    if cells.clears(Plain::Grade) {
        listing.grade = None;
    }
    let Some(grade) = cells.words(Plain::Grade) else { return };
    let (issuer, on) = (cells.words(Plain::GradeIssuer), cells.read(Plain::GradeOn, cells::day));
    let both = |zh: String, old: Option<&Localised>| {
        let mut words = old.cloned().unwrap_or_else(|| Localised::new("", ""));
        say(&mut words, Some(zh), None);
        words
    };
    let old = listing.grade.take();
    match issuer.zip(on) {
        Some((issuer, on)) => {
            listing.grade = Some(Grade {
                grade: both(grade, old.as_ref().map(|old| &old.grade)),
                issuer: both(issuer, old.as_ref().map(|old| &old.issuer)),
                on,
            });
        }
        None => cells.wrong(
            Column::Plain(Plain::Grade),
            Reason::own(
                "grade_of_nobody",
                "等级要写明是谁评的、哪天评的：请加“评定机构”和“评定日期”。",
                "A grade says who gave it and when: add 评定机构 and 评定日期.",
            ),
        ),
    }
}

/// Closed for good, in the words that are known where the list says the same.
pub(super) fn closing(cells: &mut Cells<'_>, listing: &mut Listing, known: Option<&Listing>) {
    let Some(on) = cells.read(Plain::ClosedOn, cells::day) else { return };
    let mut reason = known.and_then(|known| known.closed.as_ref()).map_or_else(closed, |known| known.reason.clone());
    say(&mut reason, Some(cells.words(Plain::ClosedReason).unwrap_or_else(|| closed().zh)), None);
    listing.closed = Some(Closed { on, reason });
}

fn closed() -> Localised {
    Localised::new("已停办", "It has closed for good.")
}

/// What the file speaks of, its maker confirms; what it does not, nobody. What it says otherwise is theirs, whenever somebody
/// confirmed what was said before.
pub(super) fn confirm(cells: &mut Cells<'_>, listing: &mut Listing, (known, options): (Option<&Listing>, &Options)) {
    let on: NaiveDate = cells.read(Plain::ConfirmedOn, cells::day).unwrap_or(options.checked).min(options.checked);
    for section in Section::ALL {
        if !says(listing, *section) {
            listing.confirmed.remove(section);
            continue;
        }
        let is_new = known.is_none_or(|known| !is_same(known, listing, *section));
        let is_later = speaks(cells, *section) && listing.confirmed.get(section).is_none_or(|known| known.on < on);
        if is_new || is_later {
            listing.confirmed.insert(*section, Confirmation { on, by: options.source.clone() });
            if let (Section::Capacity, Some(capacity)) = (section, &mut listing.capacity) {
                capacity.as_of = on;
            }
        }
    }
}

/// Whether the row itself says something of a section.
fn speaks(cells: &Cells<'_>, section: Section) -> bool {
    let any = |columns: &[Plain]| columns.iter().any(|column| cells.said(*column).is_some());
    match section {
        Section::Contact => any(&[Plain::Phone]),
        Section::Location => any(&[Plain::Address]),
        Section::Hours => any(&[Plain::Hours]),
        Section::Services => any(&[Plain::Services]),
        Section::Access => Feature::ALL.iter().any(|feature| fact(cells, Column::Access(*feature)).is_some()),
        Section::Capacity => any(&[Plain::Beds, Plain::NursingBeds, Plain::Places]),
        Section::Grade => any(&[Plain::Grade]),
    }
}
