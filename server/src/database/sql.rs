//! Statements with counted binds, and typed columns.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{
    Any, Row,
    any::{AnyArguments, AnyRow},
    query::Query,
};

use super::DatabaseError;

/// A value that both databases store alike: instants as Unix milliseconds, civil dates as `YYYY-MM-DD`.
#[derive(Clone, Debug)]
pub enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

/// A statement whose `$1 … $N` are bound to `values`.
///
/// # Panics
/// In debug builds when their numbers differ: SQLite would read a missing bind as null without a word.
pub fn sql<const N: usize>(text: &'static str, values: [Value; N]) -> Query<'static, Any, AnyArguments> {
    sql_list(text, values.into())
}

/// [`sql`] for statements with a varying number of rows.
pub fn sql_list(text: &'static str, values: Vec<Value>) -> Query<'static, Any, AnyArguments> {
    debug_assert_eq!(placeholders(text), values.len(), "binds do not match the placeholders of: {text}");
    values.into_iter().fold(sqlx::query(text), |query, value| match value {
        Value::Int(value) => query.bind(value),
        Value::Text(value) => query.bind(value),
        Value::Bytes(value) => query.bind(value),
    })
}

/// The highest `$N` in `text`.
fn placeholders(text: &str) -> usize {
    let numbers = text.split('$').skip(1).filter_map(|rest| {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        rest[..digits].parse().ok()
    });
    numbers.max().unwrap_or(0)
}

pub fn int(row: &AnyRow, column: &str) -> Result<i64, DatabaseError> {
    Ok(row.try_get(column)?)
}

pub fn maybe_int(row: &AnyRow, column: &str) -> Result<Option<i64>, DatabaseError> {
    Ok(row.try_get(column)?)
}

pub fn flag(row: &AnyRow, column: &str) -> Result<bool, DatabaseError> {
    Ok(int(row, column)? != 0)
}

pub fn text(row: &AnyRow, column: &str) -> Result<String, DatabaseError> {
    Ok(row.try_get(column)?)
}

pub fn maybe_text(row: &AnyRow, column: &str) -> Result<Option<String>, DatabaseError> {
    Ok(row.try_get(column)?)
}

pub fn bytes(row: &AnyRow, column: &str) -> Result<Vec<u8>, DatabaseError> {
    Ok(row.try_get(column)?)
}

pub fn maybe_bytes(row: &AnyRow, column: &str) -> Result<Option<Vec<u8>>, DatabaseError> {
    Ok(row.try_get(column)?)
}

pub fn instant(row: &AnyRow, column: &str) -> Result<DateTime<Utc>, DatabaseError> {
    DateTime::from_timestamp_millis(int(row, column)?).ok_or_else(|| DatabaseError::unreadable(column))
}

pub fn maybe_instant(row: &AnyRow, column: &str) -> Result<Option<DateTime<Utc>>, DatabaseError> {
    Ok(maybe_int(row, column)?.and_then(DateTime::from_timestamp_millis))
}

pub fn date(row: &AnyRow, column: &str) -> Result<NaiveDate, DatabaseError> {
    text(row, column)?.parse().map_err(|_| DatabaseError::unreadable(column))
}

/// A column that holds one word of a closed set.
pub fn word<T>(row: &AnyRow, column: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, DatabaseError> {
    parse(&text(row, column)?).ok_or_else(|| DatabaseError::unreadable(column))
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(Some(value.into()))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Int(Some(value.into()))
    }
}

impl From<DateTime<Utc>> for Value {
    fn from(value: DateTime<Utc>) -> Self {
        Self::Int(Some(value.timestamp_millis()))
    }
}

impl From<Option<DateTime<Utc>>> for Value {
    fn from(value: Option<DateTime<Utc>>) -> Self {
        Self::Int(value.map(|instant| instant.timestamp_millis()))
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<NaiveDate> for Value {
    fn from(value: NaiveDate) -> Self {
        Self::Text(Some(value.to_string()))
    }
}

impl From<Option<NaiveDate>> for Value {
    fn from(value: Option<NaiveDate>) -> Self {
        Self::Text(value.map(|date| date.to_string()))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(Some(value))
    }
}

impl From<Option<Vec<u8>>> for Value {
    fn from(value: Option<Vec<u8>>) -> Self {
        Self::Bytes(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_placeholder_counts() {
        assert_eq!(placeholders("select $1, $2 where a = $10 and b = $2"), 10);
        assert_eq!(placeholders("select 1"), 0);
    }

    #[test]
    #[should_panic(expected = "binds do not match")]
    fn a_forgotten_bind_is_found_in_debug_builds() {
        drop(sql("select $1, $2", [1_i64.into()]));
    }
}
