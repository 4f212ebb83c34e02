//! Reading one answer of a case in full.

use chrono::{DateTime, Utc};
use shared::field::FieldErrors;
use shared::plain_words::PlainWords;
use shared::problem::Problem;
use shared::procedures::CaseId;
use shared::staff::Right;

use crate::app::App;
use crate::error::Error;
use crate::procedures::contents::Contents;
use crate::procedures::looks::{self, NewLook, Seen};
use crate::procedures::{kept, may, store};
use crate::staff::authority::Staff;

/// One answer in full, for a reason that is written down before it is shown.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::staff::Refusal::SignInAgain`] after many within an hour; [`Problem::NotFound`]; a field error at `why`.
pub async fn reveal(
    app: &App,
    staff: &Staff,
    id: &CaseId,
    field: &str,
    why: &str,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    may(staff, Right::SeeCases)?;
    may(staff, Right::Unmask)?;
    let why = PlainWords::parse(why).map_err(|reason| FieldErrors::one("why", reason))?;
    let stored = store::one(&mut *app.database().read().await?, id).await?.ok_or(Problem::NotFound)?;
    let contents = Contents::open(app.keys(), id.as_str(), &stored.sealed)?;
    let answer = contents.typed.get(field).filter(|answer| !answer.is_empty()).cloned().ok_or(Problem::NotFound)?;
    let look = NewLook {
        app: app.clone(),
        case: id.clone(),
        by: staff.person().clone(),
        seen: Seen::Field { field: field.to_owned(), why: why.as_str().to_owned() },
        is_fresh: staff.is_fresh(),
        at: kept(now),
    };
    staff.write(app, look, looks::write).await?;
    Ok(answer)
}
