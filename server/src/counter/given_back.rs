//! A ticket that a kiosk gave out to somebody who came with a booking after all goes back within a minute, and its place is
//! free again.

use chrono::{DateTime, Utc};
use shared::counter::{Act, Refusal, StateName, Step, UNDO_WITHIN, VisitId};
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::by::{By, Kiosk};
use super::changes::Told;
use super::day::turn::Of;
use super::taking::{self, Stepping};
use super::{kept, store};
use crate::app::App;
use crate::appointments::{self, undisturbed};
use crate::database::{
    Backend,
    sql::{instant, sql},
};
use crate::error::Error;

/// Takes a ticket back that this kiosk gave out less than a minute ago. Done again it changes nothing.
///
/// # Errors
/// [`Problem::NotFound`] for what this kiosk did not give out; [`Refusal::NothingToUndo`] after a minute, or once somebody at a
/// counter has begun with it; [`Refusal::DayClosed`].
pub async fn give_back(app: &App, kiosk: &Kiosk, visit: &VisitId, now: DateTime<Utc>) -> Result<(), Error> {
    let told = undisturbed(|| {
        let (kiosk, visit, backend) = (kiosk.clone(), visit.clone(), app.database().backend());
        app.database().write_with(Giving { kiosk, visit, backend, now: kept(now) }, write)
    })
    .await?;
    if let Some(told) = told {
        app.hall().changes().tell(told);
        app.generation(appointments::NAME).bump();
    }
    Ok(())
}

struct Giving {
    kiosk: Kiosk,
    visit: VisitId,
    backend: Backend,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, giving: &Giving) -> Result<Option<Told>, Error> {
    let Giving { kiosk, visit, backend, now } = giving;
    let statement = "select taken_at from kiosk_ticket where visit_id = $1 and screen_id = $2";
    let values = [visit.as_str().into(), kiosk.id.as_str().into()];
    let row = sql(statement, values).fetch_optional(&mut *connection).await?.ok_or(Problem::NotFound)?;
    let taken_at = instant(&row, "taken_at")?;
    let stored = store::load(connection, visit).await?.ok_or(Problem::NotFound)?;
    match stored.visit.state().kind() {
        StateName::Left => return Ok(None),
        StateName::Arrived if *now < taken_at + UNDO_WITHIN => {}
        _ => return Err(Refusal::NothingToUndo.into()),
    }
    let stepping = Stepping {
        step: Step::Act(Act::GiveBack),
        hand: By::Kiosk(kiosk.clone()).hand(),
        seat: None,
        press: None,
        out_of_order: false,
        reason: None,
        of: Of::Day,
        telling: None,
        backend: *backend,
        now: *now,
    };
    let seen = stored.visit.version();
    let (_, told) = taking::take(connection, stored, seen, &stepping).await?.ok_or(Error::Overtaken)?;
    Ok(Some(told))
}
