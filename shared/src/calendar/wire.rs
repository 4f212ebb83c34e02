//! Dates and civil instants on the wire, for `#[serde(with = "…")]`: text where people read it, and numbers where only programs do,
//! which are shorter and want no reader of texts in a browser.

use chrono::NaiveDate;
use serde::de::Error;

/// Days since 1970.
pub mod date {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::day;

    pub fn serialize<S: Serializer>(date: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() { date.serialize(to) } else { date.to_epoch_days().serialize(to) }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
        if from.is_human_readable() { NaiveDate::deserialize(from) } else { day(i32::deserialize(from)?) }
    }
}

/// A date or none.
pub mod date_or_none {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::day;

    pub fn serialize<S: Serializer>(date: &Option<NaiveDate>, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            return date.serialize(to);
        }
        date.map(|date| date.to_epoch_days()).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
        if from.is_human_readable() {
            return Option::deserialize(from);
        }
        Option::<i32>::deserialize(from)?.map(day).transpose()
    }
}

/// Several dates.
pub mod dates {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::day;

    pub fn serialize<S: Serializer>(dates: &[NaiveDate], to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            return dates.serialize(to);
        }
        to.collect_seq(dates.iter().map(NaiveDate::to_epoch_days))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<NaiveDate>, D::Error> {
        if from.is_human_readable() {
            return Vec::deserialize(from);
        }
        Vec::<i32>::deserialize(from)?.into_iter().map(day).collect()
    }
}

/// Whole seconds on the civil clock since 1970 began on it.
pub mod instant {
    use chrono::{DateTime, NaiveDateTime};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(at: &NaiveDateTime, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() { at.serialize(to) } else { at.and_utc().timestamp().serialize(to) }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDateTime, D::Error> {
        if from.is_human_readable() {
            return NaiveDateTime::deserialize(from);
        }
        let at = DateTime::from_timestamp(i64::deserialize(from)?, 0);
        at.map(|at| at.naive_utc()).ok_or_else(|| D::Error::custom("no such instant"))
    }
}

fn day<E: Error>(days: i32) -> Result<NaiveDate, E> {
    NaiveDate::from_epoch_days(days).ok_or_else(|| E::custom("no such day"))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct All {
        #[serde(with = "date")]
        one: NaiveDate,
        #[serde(with = "date_or_none")]
        none: Option<NaiveDate>,
        #[serde(with = "dates")]
        several: Vec<NaiveDate>,
        #[serde(with = "instant")]
        at: NaiveDateTime,
    }

    #[test]
    fn people_read_dates_as_text_and_programs_as_few_bytes() {
        let day: NaiveDate = "2026-05-20".parse().unwrap();
        let at = "2026-05-20T14:30:00".parse().unwrap();
        let all = All { one: day, none: None, several: vec![day, NaiveDate::MIN, NaiveDate::MAX], at };
        let text = serde_json::to_value(&all).unwrap();
        assert_eq!((&text["one"], &text["at"]), (&"2026-05-20".into(), &"2026-05-20T14:30:00".into()));
        assert_eq!(serde_json::from_value::<All>(text).unwrap(), all);
        let bytes = postcard::to_allocvec(&all).unwrap();
        assert!(bytes.len() < 30, "{} bytes", bytes.len());
        assert_eq!(postcard::from_bytes::<All>(&bytes).unwrap(), all);
        assert!(postcard::from_bytes::<All>(&[0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0]).is_err());
    }
}
