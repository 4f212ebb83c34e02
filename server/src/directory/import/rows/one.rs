//! One row.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use shared::directory::{
    Access, Area, Capacity, Closed, Confirmation, Dial, Grade, Listing, Section, Spot, Times, position,
};
use shared::field::Reason;
use shared::hours::{Rule, written};
use shared::localised::Localised;
use shared::places::{Datum, PlaceId};

use super::Options;
use crate::directory::file::Mistake;
use crate::directory::file::areas::bounds;
use crate::directory::file::columns::{Column, Plain};
use crate::directory::file::table::{Row, Table};
use crate::directory::import::cells;

/// What is there already.
pub(super) struct There<'a> {
    pub by_id: BTreeMap<&'a str, &'a Listing>,
    /// By division and name.
    pub by_name: BTreeMap<(&'a str, &'a str), &'a Listing>,
    /// Ids of places of other kinds.
    pub taken: &'a BTreeSet<String>,
    pub options: &'a Options,
}

/// A row with where its mistakes go.
struct Cells<'a> {
    table: &'a Table,
    row: &'a Row,
    mistakes: &'a mut Vec<Mistake>,
}

impl Cells<'_> {
    /// None where there is no such column.
    fn text(&self, column: Plain) -> Option<&str> {
        self.table.cell(self.row, Column::Plain(column))
    }

    /// None where there is no such column, or nothing in it.
    fn said(&self, column: Plain) -> Option<&str> {
        self.text(column).filter(|text| !text.is_empty())
    }

    fn wrong(&mut self, column: Column, reason: impl Into<Reason>) {
        let value = self.table.cell(self.row, column).unwrap_or_default().to_owned();
        let column = self.table.heading(column).to_owned();
        self.mistakes.push(Mistake { row: self.row.number, column, value, reason: reason.into() });
    }

    /// What a cell says; none where it says nothing or something wrong.
    fn read<T>(&mut self, column: Plain, read: impl FnOnce(&str) -> Result<T, Reason>) -> Option<T> {
        match read(self.said(column)?) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.wrong(Column::Plain(column), reason);
                None
            }
        }
    }

    fn words(&mut self, column: Plain) -> Option<String> {
        self.read(column, cells::words)
    }
}

/// The place that a row is about, as it is from now on; none where that cannot be said.
pub(super) fn read(table: &Table, row: &Row, there: &There<'_>, mistakes: &mut Vec<Mistake>) -> Option<Listing> {
    let before = mistakes.len();
    let mut cells = Cells { table, row, mistakes };
    let Some(name) = cells.words(Plain::Name) else {
        if cells.mistakes.len() == before {
            cells.wrong(Column::Plain(Plain::Name), merged());
        }
        return None;
    };
    let division = division(&mut cells, there)?;
    let known = which(&mut cells, there, &division, &name)?;
    let mut listing = match known {
        Known::Listed(listing) => listing.clone(),
        Known::New(id) => blank(id, there.options),
    };
    // Closed places that are on the list again are open again.
    listing.closed = None;
    listing.division.clone_from(&division);
    listing.source.clone_from(&there.options.source);
    listing.checked = there.options.checked;
    listing.demo = there.options.demo;
    say(&mut listing.name, Some(name), cells.words(Plain::NameEn));
    let address = cells.words(Plain::Address);
    say(&mut listing.address, address, cells.words(Plain::AddressEn));
    belongings(&mut cells, &mut listing, there);
    point(&mut cells, &mut listing, there.options);
    if let Some(phone) = cells.read(Plain::Phone, |text| Dial::parse(text).map_err(|_| bad_phone())) {
        listing.phone = Some(phone);
    }
    facts(&mut cells, &mut listing, there.options);
    closing(&mut cells, &mut listing);
    confirm(&mut cells, &mut listing, there.options);
    (cells.mistakes.len() == before).then_some(listing)
}

enum Known<'a> {
    Listed(&'a Listing),
    New(PlaceId),
}

fn division(cells: &mut Cells<'_>, there: &There<'_>) -> Option<String> {
    let options = there.options;
    let Some(text) = cells.text(Plain::Division) else { return Some(options.division.clone()) };
    let is_code = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let found = if is_code { Some(text) } else { options.areas.code(text, 6, "") };
    if let Some(code) = found {
        return Some(code.to_owned());
    }
    let reason = if text.is_empty() { merged() } else { unknown_area() };
    cells.wrong(Column::Plain(Plain::Division), reason);
    None
}

/// The place of the row's id, or of its name where it has none.
fn which<'a>(cells: &mut Cells<'_>, there: &There<'a>, division: &str, name: &str) -> Option<Known<'a>> {
    let Some(text) = cells.said(Plain::Id) else {
        if let Some(listing) = there.by_name.get(&(division, name)) {
            return Some(Known::Listed(listing));
        }
        // The same list makes the same ids.
        let kind = &there.options.kind.id;
        let digest = HEXLOWER.encode(&Sha256::digest(format!("{kind} {division} {name}"))[..6]);
        return PlaceId::parse(&format!("{division}-{digest}")).ok().map(Known::New);
    };
    if let Some(listing) = there.by_id.get(text) {
        return Some(Known::Listed(listing));
    }
    match PlaceId::parse(text) {
        Ok(id) if !there.taken.contains(id.as_str()) => Some(Known::New(id)),
        Ok(_) => {
            let reason = Reason::own(
                "id_taken",
                "这个编号已经是另一类地点的。编号不能重复，请换一个。",
                "A place of another kind has this id. Ids are never used twice: choose another.",
            );
            cells.wrong(Column::Plain(Plain::Id), reason);
            None
        }
        Err(_) => {
            let reason = Reason::own(
                "id_shape",
                "编号只写英文字母、数字、- 和 _，最多 64 个。",
                "An id has letters, digits, - and _, 64 at most.",
            );
            cells.wrong(Column::Plain(Plain::Id), reason);
            None
        }
    }
}

fn blank(id: PlaceId, options: &Options) -> Listing {
    Listing {
        id,
        kind: options.kind.id.clone(),
        tier: None,
        parent: None,
        name: Localised::new("", ""),
        address: Localised::new("", ""),
        division: options.division.clone(),
        street: None,
        community: None,
        spot: None,
        phone: None,
        directions: None,
        demo: options.demo,
        times: Times::default(),
        services: Vec::new(),
        access: Access::default(),
        capacity: None,
        grade: None,
        confirmed: BTreeMap::new(),
        closed: None,
        source: options.source.clone(),
        checked: options.checked,
    }
}

/// New words; the English ones go with the Chinese, so that neither tells of something else.
fn say(words: &mut Localised, zh: Option<String>, en: Option<String>) {
    let Some(zh) = zh else { return };
    let en = en.unwrap_or_else(|| if zh == words.zh { words.en.clone() } else { zh.clone() });
    *words = Localised::new(zh, en);
}

fn belongings(cells: &mut Cells<'_>, listing: &mut Listing, there: &There<'_>) {
    let kind = there.options.kind;
    if let Some(tier) = cells.read(Plain::Tier, |text| cells::tier(text, kind).map(|tier| tier.id.clone())) {
        listing.tier = Some(tier);
    }
    let bad_parent = || Reason::own("id_shape", "上级请写它的编号。", "Write the id of what it belongs to.");
    match cells.text(Plain::Parent) {
        Some("") => listing.parent = None,
        Some(_) => listing.parent = cells.read(Plain::Parent, |text| PlaceId::parse(text).map_err(|_| bad_parent())),
        None => {}
    }
    let street = area(cells, (Plain::Street, Plain::StreetCode, 9), &listing.division, there);
    let within = street.as_ref().map_or_else(|| listing.division.clone(), |area| area.code.clone());
    let community = area(cells, (Plain::Community, Plain::CommunityCode, 12), &within, there);
    listing.street = street.or_else(|| listing.street.take());
    listing.community = community.or_else(|| listing.community.take());
}

fn area(
    cells: &mut Cells<'_>,
    (name, code, digits): (Plain, Plain, usize),
    within: &str,
    there: &There<'_>,
) -> Option<Area> {
    let called = cells.words(name)?;
    let given = cells.said(code).map(str::to_owned);
    let found = match &given {
        Some(given) => Some(given.as_str()).filter(|code| code.len() == digits && code.starts_with(within)),
        None => there.options.areas.code(&called, digits, within),
    };
    let Some(found) = found.filter(|code| code.bytes().all(|byte| byte.is_ascii_digit())) else {
        cells.wrong(Column::Plain(if given.is_some() { code } else { name }), unknown_area());
        return None;
    };
    Some(Area { code: found.to_owned(), name: called })
}

fn point(cells: &mut Cells<'_>, listing: &mut Listing, options: &Options) {
    let [Some(latitude), Some(longitude)] = [Plain::Latitude, Plain::Longitude].map(|column| cells.text(column)) else {
        return;
    };
    let datum = match cells.said(Plain::Datum) {
        None => options.datum,
        Some(name) => Datum::from_name(&name.to_lowercase().replace(['-', ' '], "")),
    };
    match position::read(latitude, longitude, datum, bounds(&listing.division)) {
        Ok(point) => listing.spot = point.map(Spot::of),
        Err(bad) => {
            let column = if bad == position::BadPosition::NoDatum { Plain::Datum } else { Plain::Latitude };
            cells.wrong(Column::Plain(column), bad);
        }
    }
}

fn facts(cells: &mut Cells<'_>, listing: &mut Listing, options: &Options) {
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
        let kept = |new: shared::directory::ServiceHere| {
            old.iter()
                .find(|old| old.service == new.service && old.who.zh == new.who.zh)
                .map_or(new.clone(), |old| shared::directory::ServiceHere { who: old.who.clone(), ..new })
        };
        listing.services = services.into_iter().map(kept).collect();
    }
    for feature in shared::directory::access::Feature::ALL {
        let column = Column::Access(*feature);
        match cells
            .table
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
fn times(text: &str, kind: &shared::directory::Kind) -> Option<Times> {
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

fn closing(cells: &mut Cells<'_>, listing: &mut Listing) {
    let Some(on) = cells.read(Plain::ClosedOn, cells::day) else { return };
    let reason = cells.words(Plain::ClosedReason).unwrap_or_else(|| "已停办".to_owned());
    let en = if reason == "已停办" { "It has closed for good.".to_owned() } else { reason.clone() };
    listing.closed = Some(Closed { on, reason: Localised::new(reason, en) });
}

/// What the file speaks of, its maker confirms; what it does not, nobody.
fn confirm(cells: &mut Cells<'_>, listing: &mut Listing, options: &Options) {
    let on: NaiveDate = cells.read(Plain::ConfirmedOn, cells::day).unwrap_or(options.checked).min(options.checked);
    let has = |column: Plain| cells.said(column).is_some();
    let spoken: Vec<Section> = [
        (Section::Contact, has(Plain::Phone)),
        (Section::Location, has(Plain::Address)),
        (Section::Hours, has(Plain::Hours)),
        (Section::Services, has(Plain::Services)),
        (
            Section::Access,
            listing.access.is_known()
                && cells.table.headings.iter().any(|(_, one)| matches!(one, Some(Column::Access(_)))),
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

fn merged() -> Reason {
    Reason::own(
        "cell_empty",
        "这一格是空的，可能是合并单元格留下的。请取消合并，每一行都填写。",
        "This cell is empty, perhaps since cells were merged. Unmerge them and fill every row.",
    )
}

fn unknown_area() -> Reason {
    Reason::own(
        "area_unknown",
        "不认识这个地区，或者不止一个。请写全称，或者加一列写区划代码，也可以用 --divisions 给一份区划表。",
        "No area of this name is known, or several are. Write its full name, add a column with its division code, or give a list of \
         divisions with --divisions.",
    )
}

fn bad_phone() -> Reason {
    Reason::own(
        "cell_phone",
        "电话只写数字和短横线，一格一个，例如 0755-12345678。",
        "Write one phone a cell with digits and dashes, such as 0755-12345678.",
    )
}
