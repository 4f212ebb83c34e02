//! Places as files: CSV for spreadsheets, whose formulas they do not become, and GeoJSON for programs.

use serde_json::{Map, Value, json};
use shared::directory::access::Feature;
use shared::directory::{Fact, Kind, Listing, Spot};
use shared::hours::written;
use shared::locale::Locale;

use super::file::columns::{Column, Plain};
use super::file::text::Written;
use super::import::cells_written;

/// What a cell begins with that a spreadsheet would calculate.
pub const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The property of a feature with its longitude and latitude in GCJ-02.
pub const GCJ02: &str = "gcj02";

/// The places with their points as they are published: what was measured, and in which datum, stays in the house.
pub fn public(listings: &[Listing]) -> Vec<Listing> {
    let public = |listing: &Listing| Listing { spot: listing.spot.and_then(Spot::made_public), ..listing.clone() };
    listings.iter().map(public).collect()
}

/// All columns under our own headings, with points as they were measured.
///
/// # Panics
/// Never: memory takes every row.
pub fn csv(kind: &Kind, listings: &[Listing], written: Written) -> Vec<u8> {
    let columns = Column::all();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(columns.iter().map(|column| column.heading())).expect("memory takes every row");
    for listing in listings {
        let cells = columns.iter().map(|column| harmless(cell(kind, listing, *column)));
        writer.write_record(cells).expect("memory takes every row");
    }
    let text = writer.into_inner().expect("memory takes every row");
    written.encode(&String::from_utf8_lossy(&text))
}

/// A collection of points. A geometry is in WGS-84, and only of points that were measured in it, where `wgs84` is allowed; what
/// maps number is a property of its own ([`GCJ02`]), by which the point comes in again where there is no geometry.
///
/// # Panics
/// Never: memory takes every feature.
pub fn geojson(kind: &Kind, listings: &[Listing], wgs84: bool) -> Vec<u8> {
    let feature = |listing: &Listing| {
        let mut properties = Map::new();
        for column in Column::all() {
            let is_point = matches!(column, Column::Plain(Plain::Latitude | Plain::Longitude | Plain::Datum));
            let text = cell(kind, listing, column);
            if !is_point && !text.is_empty() {
                properties.insert(column.name().to_owned(), text.into());
            }
        }
        if let Some(spot) = listing.spot {
            let point = spot.published().0;
            properties.insert(GCJ02.to_owned(), json!([point.longitude, point.latitude]));
        }
        let measured = listing.spot.filter(|_| wgs84).and_then(Spot::measured);
        let geometry =
            measured.map(|point| json!({ "type": "Point", "coordinates": [point.0.longitude, point.0.latitude] }));
        json!({ "type": "Feature", "id": listing.id, "geometry": geometry, "properties": properties })
    };
    let features: Vec<Value> = listings.iter().map(feature).collect();
    let collection = json!({ "type": "FeatureCollection", "features": features });
    serde_json::to_vec_pretty(&collection).expect("memory takes every feature")
}

/// A text that no spreadsheet takes for a formula.
pub fn harmless(text: String) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text }
}

/// What a list has of a place in a column.
pub(super) fn cell(kind: &Kind, listing: &Listing, column: Column) -> String {
    let column = match column {
        Column::Plain(column) => column,
        Column::Access(feature) => return fact(listing, feature),
    };
    let area = |area: &Option<shared::directory::Area>| {
        area.clone().unwrap_or(shared::directory::Area { code: String::new(), name: String::new() })
    };
    let degrees = |millionths: i32| format!("{:.6}", f64::from(millionths) / 1e6);
    let point = listing.spot.map(Spot::coordinates);
    let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    let tier = || listing.tier.as_deref().and_then(|id| kind.tier(id)).map(|tier| tier.name.zh.clone());
    // Of all of it somebody has said since then that it is right.
    let confirmed = || listing.confirmed.values().map(|one| one.on).min().map(|on| on.to_string());
    let text = |text: Option<String>| text.unwrap_or_default();
    match column {
        Plain::Id => listing.id.to_string(),
        Plain::Name => listing.name.zh.clone(),
        Plain::NameEn => listing.name.en.clone(),
        Plain::Tier => text(tier()),
        Plain::Parent => text(listing.parent.as_ref().map(ToString::to_string)),
        Plain::Address => listing.address.zh.clone(),
        Plain::AddressEn => listing.address.en.clone(),
        Plain::Division => listing.division.clone(),
        Plain::Street => area(&listing.street).name,
        Plain::StreetCode => area(&listing.street).code,
        Plain::Community => area(&listing.community).name,
        Plain::CommunityCode => area(&listing.community).code,
        Plain::Latitude => text(point.map(|point| degrees(point.latitude))),
        Plain::Longitude => text(point.map(|point| degrees(point.longitude))),
        Plain::Datum => text(point.map(|point| point.datum.name().to_owned())),
        Plain::Phone => text(listing.phone.as_ref().map(|phone| phone.as_str().to_owned())),
        Plain::Hours => hours(kind, listing),
        Plain::Services => cells_written(&listing.services, kind),
        Plain::Directions => text(listing.directions.as_ref().map(|directions| directions.zh.clone())),
        Plain::DirectionsEn => text(listing.directions.as_ref().map(|directions| directions.en.clone())),
        Plain::Beds => number(listing.capacity.and_then(|capacity| capacity.beds)),
        Plain::NursingBeds => number(listing.capacity.and_then(|capacity| capacity.nursing_beds)),
        Plain::Places => number(listing.capacity.and_then(|capacity| capacity.places)),
        Plain::Grade => text(listing.grade.as_ref().map(|grade| grade.grade.zh.clone())),
        Plain::GradeIssuer => text(listing.grade.as_ref().map(|grade| grade.issuer.zh.clone())),
        Plain::GradeOn => text(listing.grade.as_ref().map(|grade| grade.on.to_string())),
        Plain::ConfirmedOn => text(confirmed()),
        Plain::ClosedOn => text(listing.closed.as_ref().map(|closed| closed.on.to_string())),
        Plain::ClosedReason => text(listing.closed.as_ref().map(|closed| closed.reason.zh.clone())),
        Plain::Demo => text(listing.demo.then(|| "是".to_owned())),
    }
}

fn fact(listing: &Listing, feature: Feature) -> String {
    match listing.access.of(feature) {
        Fact::Unknown => String::new(),
        known => known.words(Locale::Zh).to_owned(),
    }
}

/// In the words of lists where those can say it, and else as data.
fn hours(kind: &Kind, listing: &Listing) -> String {
    let times = &listing.times;
    if let Some(words) = times.words() {
        return words.to_owned();
    }
    if times.rules().is_empty() {
        return String::new();
    }
    let called = |id: &str| kind.service(id).map(|service| service.name.zh.clone());
    let service = |name: &str| kind.services.iter().find(|one| one.name.zh == name).map(|one| one.id.clone());
    let data = || serde_json::to_string(times.rules()).expect("rules always serialise");
    let is_read = |text: &String| written::read(text, service).is_some_and(|read| read == times.rules());
    written::write(times.rules(), called).filter(is_read).unwrap_or_else(data)
}
