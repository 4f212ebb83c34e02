//! Cases that are alike though they name no certificate in common: the account or the phone of another applicant, or the same person
//! under another certificate. It is no ground for anything, and whoever decides looks at both.

use chrono::{DateTime, Utc};
use shared::localised::Localised;
use shared::procedures::once::one_form;
use shared::procedures::{CaseId, CaseReference, Field, FieldKind, Procedure, StateName, Typed};
use sqlx::{AnyConnection, any::AnyRow};

use super::once::state;
use crate::database::{
    DatabaseError,
    sql::{instant, sql, word},
};
use crate::keys::Keys;

/// Another case that is alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    pub id: CaseId,
    pub reference: CaseReference,
    pub state: StateName,
    pub submitted_at: DateTime<Utc>,
    /// In what, without repetition.
    pub likeness: Vec<Likeness>,
}

/// In what two cases are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// The account that is paid to, for another applicant.
    Account,
    /// Whom it is about, with another certificate.
    About,
    /// The phone, of another applicant, as within a household.
    Phone,
}

impl Likeness {
    /// What it is called in the database.
    fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::About => "about",
            Self::Phone => "phone",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Self::Account, Self::About, Self::Phone].into_iter().find(|likeness| likeness.name() == name)
    }

    /// What a procedure calls it to the office.
    pub fn called(self, procedure: &Procedure) -> Option<&Localised> {
        field(procedure, self).map(Field::for_office)
    }
}

/// Cases shown at most, the latest.
const MOST: usize = 20;

/// What a case names, as blind indexes; its phone has one already.
pub(super) fn values(keys: &Keys, procedure: &Procedure, typed: &Typed) -> Vec<(Likeness, String)> {
    let value = |what: Likeness| {
        let field = field(procedure, what)?;
        let value = procedure.value(field, typed.get(&field.id)?).ok()?;
        Some((what, keys.blind_index(&format!("case:{}", what.name()), &one_form(&value)?)))
    };
    [Likeness::Account, Likeness::About].into_iter().filter_map(value).collect()
}

/// Writes it in place of what the case named before.
pub(super) async fn set(
    connection: &mut AnyConnection,
    id: &CaseId,
    values: &[(Likeness, String)],
) -> Result<(), DatabaseError> {
    forget(connection, id).await?;
    for (what, index) in values {
        let statement = "insert into case_named (case_id, what, value_index) values ($1, $2, $3)";
        let values = [id.as_str().into(), what.name().into(), index.as_str().into()];
        sql(statement, values).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Nobody finds the case by what it named any more.
pub(super) async fn forget(connection: &mut AnyConnection, id: &CaseId) -> Result<(), DatabaseError> {
    sql("delete from case_named where case_id = $1", [id.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// Cases that are alike and were not withdrawn, the latest first. Those that name the same certificate are [`super::once::rivals`].
pub(super) async fn of(connection: &mut AnyConnection, id: &CaseId) -> Result<Vec<Alike>, DatabaseError> {
    let statement = "select c.id, c.reference, c.state, c.submitted_at, l.what from procedure_case m \
         join case_named n on n.case_id = m.id \
         join case_named l on l.what = n.what and l.value_index = n.value_index and l.case_id <> n.case_id \
         join procedure_case c on c.id = l.case_id where m.id = $1 and c.state <> 'withdrawn' \
         and ((n.what = 'account' and not coalesce(c.applicant_index = m.applicant_index, false)) \
         or (n.what = 'about' and c.procedure = m.procedure and not exists (select 1 from procedure_once o \
         join procedure_once r on r.value_index = o.value_index and r.field = o.field and r.procedure = o.procedure \
         where o.case_id = m.id and r.case_id = c.id))) \
         union all select c.id, c.reference, c.state, c.submitted_at, 'phone' as what from procedure_case m \
         join procedure_case c on c.phone_index = m.phone_index and c.id <> m.id where m.id = $1 \
         and c.state <> 'withdrawn' and not coalesce(c.applicant_index = m.applicant_index, false) \
         order by 4 desc, 1 limit 60";
    let rows = sql(statement, [id.as_str().into()]).fetch_all(connection).await?;
    let mut all: Vec<Alike> = Vec::new();
    for row in &rows {
        let (one, likeness) = read(row)?;
        if let Some(known) = all.iter_mut().find(|known| known.id == one.id) {
            known.likeness.push(likeness);
        } else if all.len() < MOST {
            all.push(Alike { likeness: vec![likeness], ..one });
        }
    }
    Ok(all)
}

fn read(row: &AnyRow) -> Result<(Alike, Likeness), DatabaseError> {
    let alike = Alike {
        id: word(row, "id", |id| CaseId::parse(id).ok())?,
        reference: word(row, "reference", |kept| CaseReference::restore(kept).ok())?,
        state: word(row, "state", state)?,
        submitted_at: instant(row, "submitted_at")?,
        likeness: Vec::new(),
    };
    Ok((alike, word(row, "what", Likeness::from_name)?))
}

/// The field that a case names it in: whom it is about is somebody with a number who is not the applicant.
fn field(procedure: &Procedure, what: Likeness) -> Option<&Field> {
    let own = procedure.of_applicant();
    match what {
        Likeness::Account => procedure.fields().find(|field| field.kind == FieldKind::Account),
        Likeness::Phone => own.iter().find(|field| field.kind == FieldKind::Phone),
        Likeness::About => {
            let is_own = |field: &Field| own.iter().any(|other| other.id == field.id);
            procedure.fields().find(|field| field.kind == FieldKind::IdNumber && !is_own(field))
        }
    }
}
