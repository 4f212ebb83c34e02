//! Looks as they are read: by whoever holds the booking, and by those who work where it is.

use chrono::{DateTime, Utc};
use shared::counter::{LookPurpose, Seen, VisitId};
use shared::localised::Localised;
use shared::staff::{AccountName, Role};
use sqlx::{AnyConnection, any::AnyRow};

use crate::app::App;
use crate::appointments::booking::Holder;
use crate::database::{
    DatabaseError,
    sql::{instant, maybe_text, sql, text, word},
};
use crate::error::Error;

/// A look as those read of it whose booking it is: no clerk is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub office: Localised,
    pub role: Role,
    pub purpose: LookPurpose,
    pub seen: Seen,
    pub at: DateTime<Utc>,
}

/// A look as staff read of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub shown: Shown,
    /// None once the account is gone.
    pub account: Option<AccountName>,
}

/// The looks at a booking, the newest first: all but those for safety, as if there were none.
pub async fn shown_to_holder(app: &App, holder: &Holder) -> Result<Vec<Shown>, Error> {
    shown(app, holder.id().as_str(), ON_A_PAGE).await
}

/// All of them, as [`shown_to_holder`] shows the newest.
pub(in crate::counter) async fn all_shown(app: &App, visit: &VisitId) -> Result<Vec<Shown>, Error> {
    shown(app, visit.as_str(), i64::from(u32::MAX)).await
}

/// More of them nobody reads on a page.
const ON_A_PAGE: i64 = 50;

async fn shown(app: &App, visit: &str, most: i64) -> Result<Vec<Shown>, Error> {
    const STATEMENT: &str = "select l.role, l.purpose, l.seen, l.at, p.name_zh, p.name_en from look l \
         join place p on p.id = l.office where l.visit_id = $1 and l.purpose <> 'safety' order by l.at desc, l.seen, l.id limit $2";
    let mut connection = app.database().read().await?;
    let rows = sql(STATEMENT, [visit.into(), most.into()]).fetch_all(&mut *connection).await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// The looks at a visit that are shown to everybody, the newest first.
pub(in crate::counter) async fn of_visit(
    connection: &mut AnyConnection,
    visit: &VisitId,
) -> Result<Vec<Look>, DatabaseError> {
    const STATEMENT: &str = "select l.role, l.purpose, l.seen, l.at, p.name_zh, p.name_en, \
         (select min(a.name) from staff_account a where a.staff_id = l.staff_id) as account from look l \
         join place p on p.id = l.office where l.visit_id = $1 and l.purpose <> 'safety' \
         order by l.at desc, l.seen, l.id limit 50";
    let rows = sql(STATEMENT, [visit.as_str().into()]).fetch_all(connection).await?;
    let look = |row: &AnyRow| {
        let account = maybe_text(row, "account")?.and_then(|name| AccountName::parse(&name).ok());
        Ok(Look { shown: read(row)?, account })
    };
    rows.iter().map(look).collect()
}

fn read(row: &AnyRow) -> Result<Shown, DatabaseError> {
    Ok(Shown {
        office: Localised::new(text(row, "name_zh")?, text(row, "name_en")?),
        role: word(row, "role", Role::from_name)?,
        purpose: word(row, "purpose", LookPurpose::from_name)?,
        seen: word(row, "seen", Seen::from_name)?,
        at: instant(row, "at")?,
    })
}
