//! What is granted once, whoever asks: rival claims are all taken, and the database grants one of them.

use shared::procedures::once::one_form;
use shared::procedures::{CaseId, CaseReference, Procedure, StateName, Typed};
use sqlx::{AnyConnection, any::AnyRow};

use super::cases::Rival;
use crate::database::{
    Backend, DatabaseError,
    sql::{flag, instant, int, sql, text, word},
};
use crate::keys::Keys;

/// The values of a case of which each is granted once, as blind indexes by their fields.
pub(super) fn values(keys: &Keys, procedure: &Procedure, typed: &Typed) -> Vec<(String, String)> {
    let value = |id: &String| {
        let field = procedure.field(id)?;
        let value = procedure.value(field, typed.get(id)?).ok()?;
        let domain = format!("once:{}:{id}", procedure.id);
        Some((id.clone(), keys.blind_index(&domain, &one_form(&value)?)))
    };
    procedure.once.iter().filter_map(value).collect()
}

/// Lets whoever names one of these too wait until the transaction ends. It comes before a case is kept: whoever hands in has the
/// value first and then the cases that name it, and the other way round two would wait for each other. An embedded database has
/// one writer.
pub(super) async fn claim(
    connection: &mut AnyConnection,
    backend: Backend,
    values: &[(String, String)],
) -> Result<(), DatabaseError> {
    if backend == Backend::Sqlite {
        return Ok(());
    }
    // The lock that the table's own trigger takes.
    let statement = "select 1 as one from pg_advisory_xact_lock(hashtextextended($1, 0))";
    for (_, index) in values {
        sql(statement, [index.as_str().into()]).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Writes them, in place of what a case named before. What was granted stays so under another value: it may be paid for already.
///
/// # Errors
/// [`crate::database::Rule::GrantedOnce`] where the other value was granted in another case.
pub(super) async fn set(
    connection: &mut AnyConnection,
    (id, procedure): (&CaseId, &str),
    values: &[(String, String)],
) -> Result<(), DatabaseError> {
    let statement = "delete from procedure_once where case_id = $1 returning field, granted";
    let rows = sql(statement, [id.as_str().into()]).fetch_all(&mut *connection).await?;
    let mut granted = Vec::new();
    for row in &rows {
        if flag(row, "granted")? {
            granted.push(text(row, "field")?);
        }
    }
    let statement =
        "insert into procedure_once (case_id, procedure, field, value_index, granted) values ($1, $2, $3, $4, $5)";
    for (field, index) in values {
        let values = [
            id.as_str().into(),
            procedure.into(),
            field.as_str().into(),
            index.as_str().into(),
            granted.contains(field).into(),
        ];
        sql(statement, values).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Grants what a case names, or takes it back.
///
/// # Errors
/// [`crate::database::Rule::GrantedOnce`] where another case has it.
pub(super) async fn grant(connection: &mut AnyConnection, id: &CaseId, granted: bool) -> Result<(), DatabaseError> {
    let statement = "update procedure_once set granted = $1 where case_id = $2 and granted <> $1";
    sql(statement, [granted.into(), id.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// Rivals that are listed: whoever hands in the same again and again fills no page with it.
const MOST: i64 = 20;

/// The cases that name the same as that of `$1` and are open or were granted.
macro_rules! rivals {
    () => {
        " from procedure_once o join procedure_once r on r.value_index = o.value_index and r.field = o.field \
         and r.procedure = o.procedure and r.case_id <> o.case_id join procedure_case c on c.id = r.case_id \
         where o.case_id = $1 and (r.granted = 1 or c.state not in ('decided', 'closed', 'withdrawn'))"
    };
}

/// Other cases that name the same and are open or were granted: what was granted, then who came first, and no more than [`MOST`].
pub(super) async fn rivals(connection: &mut AnyConnection, id: &CaseId) -> Result<Vec<Rival>, DatabaseError> {
    const RIVALS: &str = concat!(
        "select c.id, c.reference, c.state, c.submitted_at, max(r.granted) as granted",
        rivals!(),
        " group by c.id, c.reference, c.state, c.submitted_at order by max(r.granted) desc, c.submitted_at, c.id limit $2"
    );
    let rows = sql(RIVALS, [id.as_str().into(), MOST.into()]).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// How many there are beside those that are listed.
pub(super) async fn more(connection: &mut AnyConnection, id: &CaseId, listed: &[Rival]) -> Result<i64, DatabaseError> {
    const ALL: &str = concat!("select count(distinct c.id) as rivals", rivals!());
    let listed = i64::try_from(listed.len()).unwrap_or(MOST);
    if listed < MOST {
        return Ok(0);
    }
    Ok(int(&sql(ALL, [id.as_str().into()]).fetch_one(connection).await?, "rivals")? - listed)
}

fn read(row: &AnyRow) -> Result<Rival, DatabaseError> {
    Ok(Rival {
        id: word(row, "id", |id| CaseId::parse(id).ok())?,
        reference: word(row, "reference", |kept| CaseReference::restore(kept).ok())?,
        state: word(row, "state", state)?,
        granted: flag(row, "granted")?,
        submitted_at: instant(row, "submitted_at")?,
    })
}

/// A state by its word in the database.
pub(super) fn state(word: &str) -> Option<StateName> {
    serde_json::from_value(serde_json::Value::from(word)).ok()
}
