//! What a row says of a place beside where it is and whose.

use chrono::NaiveDate;
use shared::directory::access::Feature;
use shared::directory::{Capacity, Closed, Confirmation, Grade, Kind, Listing, Section, ServiceHere, Times};
use shared::field::Reason;
use shared::hours::{Rule, written};
use shared::localised::Localised;

use super::Options;
use super::row_cells::{Cells, say};
use crate::directory::file::columns::{Column, Plain};
use crate::directory::import::cells;

pub(super) fn facts(cells: &mut Cells<'_>, listing: &mut Listing, options: &Options) {
    let kind = options.kind;
    if let Some(text) = cells.said(Plain::Hours) {
        match times(text, kind) {
            Some(times) => listing.times = times,
            // What no rule can be read from is shown as it is written.
            None => match cells::words(text) {
                Ok(words) => listing.times = Times::default().announced(Some(words)),
                Err(reason) => cells.wrong(Column::Plain(Plain::Hours), reason),
            },
        }
    }
    if let Some(services) = cells.read(Plain::Services, |text| cells::services(text, kind)) {
        // What is said in English of the same stays.
        let old = std::mem::take(&mut listing.services);
        let kept = |new: ServiceHere| {
            old.iter()
                .find(|old| old.service == new.service && old.who.zh == new.who.zh)
                .map_or(new.clone(), |old| ServiceHere { who: old.who.clone(), ..new })
        };
        listing.services = services.into_iter().map(kept).collect();
    }
    for feature in Feature::ALL {
        let column = Column::Access(*feature);
        match cells
            .headings
            .cell(cells.row, column)
            .filter(|text| !text.is_empty())
            .map(|text| cells::fact(text, *feature))
        {
            Some(Ok(fact)) => listing.access.set(*feature, fact),
            Some(Err(reason)) => cells.wrong(column, reason),
            None => {}
        }
    }
    if let Some(directions) = cells.words(Plain::Directions) {
        let mut words = listing.directions.take().unwrap_or_else(|| Localised::new("", ""));
        say(&mut words, Some(directions), None);
        listing.directions = Some(words);
    }
    let as_of = listing.capacity.map_or(options.checked, |known| known.as_of.max(options.checked));
    let mut capacity = listing.capacity.unwrap_or(Capacity { beds: None, nursing_beds: None, places: None, as_of });
    let read = [Plain::Beds, Plain::NursingBeds, Plain::Places].map(|column| cells.read(column, cells::number));
    if read.iter().any(Option::is_some) {
        let [beds, nursing_beds, places] = read;
        capacity = Capacity {
            beds: beds.or(capacity.beds),
            nursing_beds: nursing_beds.or(capacity.nursing_beds),
            places: places.or(capacity.places),
            as_of,
        };
        listing.capacity = Some(capacity);
    }
    grade(cells, listing);
}

/// Rules as lists write them, or as data.
fn times(text: &str, kind: &Kind) -> Option<Times> {
    let service = |name: &str| {
        let known = kind.services.iter().find(|known| known.id == name || known.name.zh == name);
        known.map(|known| known.id.clone())
    };
    let rules: Vec<Rule> =
        if text.starts_with('[') { serde_json::from_str(text).ok()? } else { written::read(text, service)? };
    Times::read(rules, Vec::new()).ok()
}

/// A grade says who gave it and when, or nothing.
fn grade(cells: &mut Cells<'_>, listing: &mut Listing) {
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

pub(super) fn closing(cells: &mut Cells<'_>, listing: &mut Listing) {
    let Some(on) = cells.read(Plain::ClosedOn, cells::day) else { return };
    let reason = cells.words(Plain::ClosedReason).unwrap_or_else(|| "已停办".to_owned());
    let en = if reason == "已停办" { "It has closed for good.".to_owned() } else { reason.clone() };
    listing.closed = Some(Closed { on, reason: Localised::new(reason, en) });
}

/// What the file speaks of, its maker confirms; what it does not, nobody.
pub(super) fn confirm(cells: &mut Cells<'_>, listing: &mut Listing, options: &Options) {
    let on: NaiveDate = cells.read(Plain::ConfirmedOn, cells::day).unwrap_or(options.checked).min(options.checked);
    let has = |column: Plain| cells.said(column).is_some();
    let spoken: Vec<Section> = [
        (Section::Contact, has(Plain::Phone)),
        (Section::Location, has(Plain::Address)),
        (Section::Hours, has(Plain::Hours)),
        (Section::Services, has(Plain::Services)),
        (
            Section::Access,
            listing.access.is_known() && cells.headings.columns().any(|one| matches!(one, Column::Access(_))),
        ),
        (Section::Capacity, has(Plain::Beds) || has(Plain::NursingBeds) || has(Plain::Places)),
        (Section::Grade, has(Plain::Grade)),
    ]
    .into_iter()
    .filter_map(|(section, spoken)| spoken.then_some(section))
    .collect();
    for section in spoken {
        let new = Confirmation { on, by: options.source.clone() };
        let known = listing.confirmed.entry(section).or_insert_with(|| new.clone());
        if known.on <= new.on {
            *known = new;
        }
    }
}
