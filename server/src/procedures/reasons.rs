//! Reasons in words of the office's own: why somebody read an answer, opened a file or took a list along. They are sealed, since
//! words can name somebody.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{AnyConnection, any::AnyRow};

use crate::app::App;
use crate::database::sql::{instant, maybe_bytes, maybe_text, sql, text};
use crate::error::Error;
use crate::keys::Keys;
use crate::keys::reseal::Sealed;

/// A reason as it was given. It has no `Debug`: no word of it may reach a log.
#[derive(Serialize, Deserialize)]
pub(super) struct Reason {
    pub words: String,
    pub given_at: DateTime<Utc>,
}

/// A table with reasons.
#[derive(Clone, Copy)]
pub(super) enum Table {
    Looks,
    Exports,
}

impl Table {
    /// The context that the reason of a row is sealed for.
    fn context(self, id: &str) -> String {
        match self {
            Self::Looks => look_context(id),
            Self::Exports => export_context(id),
        }
    }
}

/// The sealed columns, for the row of the domain.
pub(super) const LOOKS: Sealed = Sealed {
    column: ("case_look", "sealed"),
    list: "select id, sealed from case_look where id > $1 and sealed is not null order by id limit $2",
    store: "update case_look set sealed = $1 where id = $2 and sealed = $3",
    context: look_context,
};
pub(super) const EXPORTS: Sealed = Sealed {
    column: ("case_export", "sealed"),
    list: "select id, sealed from case_export where id > $1 and sealed is not null order by id limit $2",
    store: "update case_export set sealed = $1 where id = $2 and sealed = $3",
    context: export_context,
};

/// Seals the reason of a row.
pub(super) fn seal(keys: &Keys, (table, id): (Table, &str), reason: &Reason) -> Vec<u8> {
    keys.seal(&table.context(id), reason)
}

/// The reason of a row with `id`, `sealed`, `why` and `at`; none where none was asked for.
pub(super) fn read(keys: &Keys, table: Table, row: &AnyRow) -> Result<Option<Reason>, Error> {
    if let Some(sealed) = maybe_bytes(row, "sealed")? {
        return Ok(Some(keys.open(&table.context(&text(row, "id")?), &sealed)?));
    }
    // As it stood before reasons were sealed.
    let words = maybe_text(row, "why")?.filter(|words| !words.is_empty());
    let given_at = instant(row, "at")?;
    Ok(words.map(|words| Reason { words, given_at }))
}

/// Seals what stands in the clear: reasons of before, and those that an older server still writes.
pub(super) async fn seal_plain(app: &App) -> Result<(), Error> {
    for table in [Table::Looks, Table::Exports] {
        let (list, store) = match table {
            Table::Looks => (
                "select id, sealed, why, at from case_look where why <> '' order by id limit 500",
                "update case_look set sealed = $1, why = '' where id = $2 and why <> ''",
            ),
            Table::Exports => (
                "select id, sealed, why, at from case_export where why <> '' order by id limit 500",
                "update case_export set sealed = $1, why = '' where id = $2 and why <> ''",
            ),
        };
        let rows = sql(list, []).fetch_all(&mut *app.database().read().await?).await?;
        let mut plain = Vec::new();
        for row in &rows {
            let id = text(row, "id")?;
            if let Some(reason) = read(app.keys(), table, row)? {
                plain.push((seal(app.keys(), (table, &id), &reason), id));
            }
        }
        if !plain.is_empty() {
            app.database().write_with((store, plain), write).await?;
        }
    }
    Ok(())
}

async fn write(
    connection: &mut AnyConnection,
    (store, plain): &(&'static str, Vec<(Vec<u8>, String)>),
) -> Result<(), Error> {
    for (sealed, id) in plain {
        sql(store, [sealed.clone().into(), id.as_str().into()]).execute(&mut *connection).await?;
    }
    Ok(())
}

fn look_context(id: &str) -> String {
    format!("case_look:{id}")
}

fn export_context(id: &str) -> String {
    format!("case_export:{id}")
}
