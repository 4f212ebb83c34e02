//! A booking that the hall has begun with is changed at the counter only.

use shared::counter::VisitState;
use sqlx::AnyConnection;

use crate::counter::store::Stored;
use crate::database::sql::sql;
use crate::error::Error;

/// Marks the booking of a visit that begins, and takes the mark away where that was a slip.
///
/// # Errors
/// [`Error::Overtaken`] where those who hold it have moved or cancelled it meanwhile.
pub(super) async fn follow(
    connection: &mut AnyConnection,
    stored: &Stored,
    (was, is): (&VisitState, &VisitState),
) -> Result<(), Error> {
    let Some(booking) = &stored.booking else { return Ok(()) };
    let begun = *is != VisitState::Booked;
    if begun == (*was != VisitState::Booked) {
        return Ok(());
    }
    let statement = "update appointment set arrived = $1 where id = $2 and arrived <> $1 and slot_id = $3 \
         and ($1 = 0 or released = 0 and state in ('booked', 'past'))";
    let values = [begun.into(), booking.id.as_str().into(), stored.slot.0.into()];
    let marked = sql(statement, values).execute(connection).await?.rows_affected();
    if marked == 1 { Ok(()) } else { Err(Error::Overtaken) }
}
