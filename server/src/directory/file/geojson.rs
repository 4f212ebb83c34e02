//! GeoJSON (RFC 7946) to rows under headings: the properties are columns by the same names, and the point, whose longitude comes
//! first, is in WGS-84 unless a property of its feature says otherwise.

mod point;

use std::fmt;
use std::io::{self, BufReader, Read};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use shared::directory::Kind;
use shared::field::Reason;
use shared::places::PlaceId;

use self::point::{OF_POINT, elsewhere, position};
use super::super::export::GCJ02;
use super::BadFile;
use super::columns::{Column, Plain};
use super::lasting::{Allowance, Lasting};
use super::rows::{Each, Headings, Row, Wrong};

/// # Errors
/// [`BadFile::GeoJson`], and as [`BadFile`] has them for any file.
pub(super) fn read(text: Lasting<'_, impl Read>, kind: &Kind, each: &mut Each<'_>) -> Result<Headings, BadFile> {
    let mut features = Features {
        kind,
        allowance: text.allowance,
        headings: Headings::default(),
        own_id: None,
        count: 0,
        each,
        bad: None,
    };
    for (column, name) in [Plain::Latitude, Plain::Longitude, Plain::Datum].map(|column| (column, own(column))) {
        features.headings.add(name, Some(Column::Plain(column)))?;
    }
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(text));
    let whole = json.deserialize_map(Collection(&mut features)).and_then(|()| json.end());
    match (features.bad, whole) {
        (Some(bad), _) => Err(bad),
        (None, Err(error)) if error.is_io() => Err(match BadFile::from(io::Error::from(error)) {
            BadFile::LongRow(_) => BadFile::LongRow(features.count + 1),
            other => other,
        }),
        (None, Err(error)) => Err(BadFile::GeoJson(error.to_string())),
        (None, Ok(())) => Ok(features.headings),
    }
}

/// A collection, whose members come in any order.
struct Collection<'f, 'a>(&'f mut Features<'a>);

/// Its features, one after the other.
struct Features<'a> {
    kind: &'a Kind,
    allowance: &'a Allowance,
    /// The point's first; properties after it, as they appear.
    headings: Headings,
    /// Where the ids of features stand that are none of their properties.
    own_id: Option<usize>,
    count: u64,
    each: &'a mut Each<'a>,
    /// What is wrong other than with the JSON.
    bad: Option<BadFile>,
}

impl<'de> Visitor<'de> for Collection<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a FeatureCollection")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<(), M::Error> {
        let (mut is_collection, mut has_features) = (false, false);
        while let Some(name) = members.next_key::<String>()? {
            match name.as_str() {
                "type" => is_collection = members.next_value::<Value>()? == "FeatureCollection",
                "features" => {
                    members.next_value_seed(&mut *self.0)?;
                    has_features = true;
                }
                _ => _ = members.next_value::<IgnoredAny>()?,
            }
        }
        if is_collection && has_features { Ok(()) } else { Err(M::Error::custom("there is no FeatureCollection")) }
    }
}

impl<'de> DeserializeSeed<'de> for &mut Features<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for &mut Features<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut features: S) -> Result<(), S::Error> {
        self.allowance.renew();
        while let Some(feature) = features.next_element::<Value>()? {
            self.allowance.renew();
            if let Err(bad) = self.feature(&feature) {
                self.bad = Some(bad);
                return Err(S::Error::custom("the feature cannot be taken"));
            }
        }
        Ok(())
    }
}

impl Features<'_> {
    fn feature(&mut self, feature: &Value) -> Result<(), BadFile> {
        self.count += 1;
        let (mut cells, mut wrong) = (vec![String::new(); self.headings.len()], Vec::new());
        cells[..OF_POINT].clone_from_slice(&position(self.count, feature)?);
        for (name, value) in feature["properties"].as_object().into_iter().flat_map(Map::iter) {
            let (at, said) = (self.place_of(name)?, said(value));
            cells.resize(cells.len().max(self.headings.len()), String::new());
            let Some(at) = at.filter(|_| !said.is_empty()) else { continue };
            if (value.is_object() || value.is_array()) && !takes_data(Column::of(name, self.kind)) {
                wrong.push(Wrong { column: name.clone(), value: said.clone(), reason: no_text() });
            }
            cells[at] = said;
        }
        if let Some(id) = own_id(feature) {
            let at = self.place_of_id()?;
            cells.resize(cells.len().max(self.headings.len()), String::new());
            if cells[at].is_empty() {
                cells[at] = id;
            }
        }
        wrong.extend(elsewhere(&cells[..OF_POINT], feature));
        (self.each)(&self.headings, &Row { number: self.count, cells, wrong })
    }

    /// Where the id of a feature stands that is none of its properties.
    fn place_of_id(&mut self) -> Result<usize, BadFile> {
        let column = Some(Column::Plain(Plain::Id));
        if let Some(at) = self.headings.at(column) {
            return Ok(at);
        }
        self.headings.add(own(Plain::Id), column)?;
        self.own_id = Some(self.headings.len() - 1);
        Ok(self.headings.len() - 1)
    }

    /// Where a property stands; none for coordinates beside the point, which stands for them.
    fn place_of(&mut self, name: &str) -> Result<Option<usize>, BadFile> {
        let known = self.headings.named(name);
        if known.is_some_and(|at| at >= OF_POINT) {
            return Ok(known);
        }
        if name == GCJ02 {
            return Ok(None);
        }
        match Column::of(name, self.kind) {
            Some(Column::Plain(Plain::Latitude | Plain::Longitude)) => return Ok(None),
            Some(Column::Plain(Plain::Datum)) => return Ok(Some(OF_POINT - 1)),
            Some(Column::Plain(Plain::Id)) if self.own_id.is_some() => return Ok(self.own_id),
            column => self.headings.add(name.to_owned(), column)?,
        }
        Ok(Some(self.headings.len() - 1))
    }
}

fn own(column: Plain) -> String {
    Column::Plain(column).name().to_owned()
}

/// The id that a feature has beside its properties, where it can be a place's.
fn own_id(feature: &Value) -> Option<String> {
    let id = feature.get("id").filter(|id| id.is_string() || id.is_number()).map(said)?;
    PlaceId::parse(&id).is_ok().then_some(id)
}

/// Whether a column also takes data in place of words.
fn takes_data(column: Option<Column>) -> bool {
    matches!(column, None | Some(Column::Plain(Plain::Hours | Plain::Services)))
}

fn no_text() -> Reason {
    Reason::own(
        "property_no_text",
        "这里要写文字或者数字，不能是 JSON 的对象或数组。",
        "Write a text or a number here, no JSON object or list.",
    )
}

fn said(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::directory::file::{MOST_BYTES_OF_A_ROW, MOST_PLACES, each_row};
    use crate::directory::kinds::kind;

    /// What rows have under some headings.
    fn under<const N: usize>(headings: [Plain; N], text: &str) -> Result<Vec<[String; N]>, BadFile> {
        let mut rows = Vec::new();
        each_row(&mut Cursor::new(text), kind("elderly_station").unwrap(), |all, row| {
            rows.push(headings.map(|one| all.cell(row, Column::Plain(one)).unwrap_or_default().to_owned()));
        })?;
        Ok(rows)
    }

    #[test]
    fn a_point_has_its_longitude_first_and_is_measured_in_wgs84_unless_it_says_otherwise() {
        let text = r#"{"features":[
            {"type":"Feature","geometry":{"type":"Point","coordinates":[113.93042,22.53301]},"properties":{"名称":"甲站","beds":12}},
            {"type":"Feature","geometry":null,"properties":{"名称":"乙站","电话":null}},
            {"type":"Feature","geometry":{"type":"Point","coordinates":[113.93042,22.53301]},"properties":{"坐标系":"GCJ-02","名称":"丙站","纬度":1}},
            {"type":"Feature","geometry":null,"properties":{"名称":"丁站","gcj02":[113.93042,22.53301]}}
            ],"type":"FeatureCollection"}"#;
        let found = under([Plain::Name, Plain::Latitude, Plain::Longitude, Plain::Datum, Plain::Beds], text).unwrap();
        let point = ["22.53301", "113.93042"];
        let expected = [
            ["甲站", point[0], point[1], "wgs84", "12"],
            ["乙站", "", "", "", ""],
            ["丙站", point[0], point[1], "GCJ-02", ""],
            ["丁站", point[0], point[1], "gcj02", ""],
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn an_id_of_a_feature_is_the_places_where_no_property_is() {
        let text = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","id":"g-1","geometry":null,"properties":{"名称":"甲站"}},
            {"type":"Feature","id":"g-2","geometry":null,"properties":{"名称":"乙站","编号":"own"}},
            {"type":"Feature","id":12,"geometry":null,"properties":{"名称":"丙站"}},
            {"type":"Feature","id":"way/12","geometry":null,"properties":{"名称":"丁站"}},
            {"type":"Feature","geometry":null,"properties":{"名称":"戊站"}}]}"#;
        let found = under([Plain::Name, Plain::Id], text).unwrap();
        assert_eq!(found, [["甲站", "g-1"], ["乙站", "own"], ["丙站", "12"], ["丁站", ""], ["戊站", ""]]);
        let late = r#"{"type":"FeatureCollection","features":[
            {"id":"g-1","geometry":null,"properties":{"名称":"甲站","编号":"own"}},
            {"id":"g-2","geometry":null,"properties":{"名称":"乙站"}}]}"#;
        assert_eq!(under([Plain::Id], late).unwrap(), [["own"], ["g-2"]]);
    }

    #[test]
    fn properties_that_are_no_texts_and_a_second_point_elsewhere_are_told() {
        let told = |properties: &str| {
            let text = format!(
                r#"{{"type":"FeatureCollection","features":[{{"geometry":{{"type":"Point","coordinates":[113.912316,22.543847]}},
                "properties":{{{properties}}}}}]}}"#
            );
            let mut wrong = Vec::new();
            each_row(&mut Cursor::new(text), kind("elderly_station").unwrap(), |_, row| {
                wrong.extend(row.wrong.iter().map(|one| (one.column.clone(), one.reason.code())));
            })
            .unwrap();
            wrong
        };
        let at = |column: &str, code| vec![(column.to_owned(), code)];
        for (properties, expected) in [
            (r#""name":{"zh":"x"}"#, at("name", "property_no_text")),
            (r#""address":["a"]"#, at("address", "property_no_text")),
            (r#""name":"x","beds":12,"demo":true,"hours":[{}],"services":[],"other":{"a":1}"#, vec![]),
            (r#""gcj02":[113.91718,22.5408]"#, vec![]),
            (r#""gcj02":[113.91718,22.5410]"#, at("gcj02", "gcj02_elsewhere")),
            (r#""gcj02":[22.5408,113.91718]"#, at("gcj02", "gcj02_elsewhere")),
            (r#""gcj02":"113.91718,22.5408""#, at("gcj02", "gcj02_pair")),
            (r#""datum":"gcj02","gcj02":[113.912316,22.543847]"#, vec![]),
            (r#""datum":"gcj02","gcj02":[113.91718,22.5408]"#, at("gcj02", "gcj02_elsewhere")),
        ] {
            assert_eq!(told(properties), expected, "{properties}");
        }
    }

    #[test]
    fn what_is_no_collection_of_points_is_refused() {
        for text in [
            "{}",
            r#"{"type":"Feature"}"#,
            r#"{"type":"FeatureCollection","features":{}}"#,
            r#"{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":["1","2"]}}]}"#,
            r#"{"type":"FeatureCollection","features":[{"geometry":{"type":"LineString","coordinates":[[1,2]]}}]}"#,
            "{\"type\"",
            r#"{"type":"FeatureCollection","features":[]} {}"#,
        ] {
            assert!(matches!(under([], text), Err(BadFile::GeoJson(_))), "{text}");
        }
        let twice =
            r#"{"type":"FeatureCollection","features":[{"geometry":null,"properties":{"名称":"甲","机构名称":"乙"}}]}"#;
        assert!(matches!(under([], twice), Err(BadFile::Twice(_))));
    }

    #[test]
    fn a_collection_of_any_length_ends_after_the_most_features_that_can_be_kept_or_at_one_too_long() {
        let feature = r#"{"geometry":null,"properties":{"名称":"甲"}}"#;
        let endless =
            format!(r#"{{"type":"FeatureCollection","features":[{}"#, format!("{feature},").repeat(MOST_PLACES + 1));
        assert_eq!(under([], &endless), Err(BadFile::TooMany));
        let long = feature.replace('甲', &"甲".repeat(MOST_BYTES_OF_A_ROW));
        let long = format!(r#"{{"type":"FeatureCollection","features":[{feature},{long}]}}"#);
        assert_eq!(under([], &long), Err(BadFile::LongRow(2)));
    }
}
