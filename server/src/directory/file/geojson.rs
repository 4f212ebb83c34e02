//! GeoJSON (RFC 7946) to rows under headings: the properties are columns by the same names, and the point, whose longitude comes
//! first, is in WGS-84 unless a property says otherwise.

use serde_json::{Map, Value};
use shared::directory::Kind;

use super::columns::{Column, Plain};
use super::table::{Row, Table};
use super::{BadFile, MOST_ROWS};

/// Whether a text is meant as GeoJSON.
pub fn is(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// # Errors
/// [`BadFile::GeoJson`], [`BadFile::TooMany`], [`BadFile::Twice`].
pub fn read(text: &str, kind: &Kind) -> Result<Table, BadFile> {
    let whole: Value = serde_json::from_str(text).map_err(|error| BadFile::GeoJson(error.to_string()))?;
    let features = whole["features"].as_array().filter(|_| whole["type"] == "FeatureCollection");
    let features = features.ok_or_else(|| BadFile::GeoJson("there is no FeatureCollection".to_owned()))?;
    if features.len() > MOST_ROWS {
        return Err(BadFile::TooMany);
    }
    let mut headings: Vec<(String, Option<Column>)> = Vec::new();
    for name in features.iter().filter_map(|feature| feature["properties"].as_object()).flat_map(Map::keys) {
        if headings.iter().any(|(known, _)| known == name) {
            continue;
        }
        let column = Column::of(name, kind);
        if column.is_some() && headings.iter().any(|(_, known)| *known == column) {
            return Err(BadFile::Twice(name.clone()));
        }
        headings.push((name.clone(), column));
    }
    let point = [Plain::Latitude, Plain::Longitude, Plain::Datum].map(Column::Plain);
    // Where the point of a feature stands for them.
    headings.retain(|(_, column)| !column.is_some_and(|column| point[..2].contains(&column)));
    let own = headings.len();
    let has_datum = headings.iter().any(|(_, column)| *column == Some(point[2]));
    headings
        .extend(point[..if has_datum { 2 } else { 3 }].iter().map(|column| (column.name().to_owned(), Some(*column))));
    let row = |(number, feature): (u64, &Value)| {
        let mut cells: Vec<String> =
            headings[..own].iter().map(|(name, _)| cell(&feature["properties"][name.as_str()])).collect();
        let [latitude, longitude] = position(number, &feature["geometry"])?;
        let datum = if latitude.is_empty() { String::new() } else { "wgs84".to_owned() };
        cells.extend([latitude, longitude]);
        cells.extend((!has_datum).then_some(datum));
        Ok(Row { number, cells })
    };
    let rows = (1..).zip(features).map(row).collect::<Result<_, _>>()?;
    Ok(Table { headings, rows })
}

/// Latitude and longitude as they are written; both empty where there is no point.
fn position(number: u64, geometry: &Value) -> Result<[String; 2], BadFile> {
    if geometry.is_null() {
        return Ok([String::new(), String::new()]);
    }
    let point = geometry["coordinates"].as_array().filter(|_| geometry["type"] == "Point");
    match point.map(Vec::as_slice) {
        Some([Value::Number(longitude), Value::Number(latitude), ..]) => {
            Ok([latitude.to_string(), longitude.to_string()])
        }
        _ => Err(BadFile::GeoJson(format!("feature {number} has no point"))),
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::kinds::kind;

    fn read(text: &str) -> Result<Table, BadFile> {
        super::read(text, kind("elderly_station").unwrap())
    }

    #[test]
    fn a_point_has_its_longitude_first_and_is_measured_in_wgs84() {
        let text = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","geometry":{"type":"Point","coordinates":[113.93042,22.53301]},"properties":{"名称":"甲站","beds":12}},
            {"type":"Feature","geometry":null,"properties":{"名称":"乙站","电话":null}}]}"#;
        let table = read(text).unwrap();
        let cell = |row: usize, column| table.cell(&table.rows[row], Column::Plain(column)).unwrap();
        assert_eq!(
            [cell(0, Plain::Latitude), cell(0, Plain::Longitude), cell(0, Plain::Datum)],
            ["22.53301", "113.93042", "wgs84"]
        );
        assert_eq!(
            [cell(0, Plain::Beds), cell(1, Plain::Name), cell(1, Plain::Latitude), cell(1, Plain::Datum)],
            ["12", "乙站", "", ""]
        );
    }

    #[test]
    fn what_is_no_collection_of_points_is_refused() {
        for text in [
            "{}",
            r#"{"type":"Feature"}"#,
            r#"{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":["1","2"]}}]}"#,
            r#"{"type":"FeatureCollection","features":[{"geometry":{"type":"LineString","coordinates":[[1,2]]}}]}"#,
            "{\"type\"",
        ] {
            assert!(matches!(read(text), Err(BadFile::GeoJson(_))), "{text}");
        }
    }
}
