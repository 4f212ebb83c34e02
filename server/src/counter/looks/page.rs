//! One page of a list of an office, for whoever has the right to it there.

use chrono::{DateTime, Utc};
use shared::staff::{OfficeId, Right};
use sqlx::any::AnyRow;

use super::safety::{Back, ON_A_PAGE, number};
use crate::app::App;
use crate::counter::office;
use crate::database::sql::{int, sql};
use crate::error::Error;
use crate::staff::authority::Staff;

/// The rows of a page, the first being 0, and how many there are on all. `count` and `list` ask of an office `$1` since an instant
/// `$2`; `list` for `$3` at most after the first `$4`.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`shared::problem::Problem::NotFound`] for no office.
pub(super) async fn read(
    app: &App,
    (staff, right, id): (&Staff, Right, &OfficeId),
    (count, list): (&'static str, &'static str),
    (back, page): (Back, usize),
    now: DateTime<Utc>,
) -> Result<(Vec<AnyRow>, usize), Error> {
    staff.may(right, &office::one(app, id).await?.whereabouts)?;
    let since = back.since(now);
    let mut connection = app.database().read().await?;
    let total = sql(count, [id.as_str().into(), since.into()]).fetch_one(&mut *connection).await?;
    let (most, before) = (number(ON_A_PAGE), number(page.saturating_mul(ON_A_PAGE)));
    let values = [id.as_str().into(), since.into(), most.into(), before.into()];
    let rows = sql(list, values).fetch_all(&mut *connection).await?;
    Ok((rows, usize::try_from(int(&total, "total")?).unwrap_or_default()))
}
