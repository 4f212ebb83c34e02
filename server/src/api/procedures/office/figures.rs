//! `/api/v1/staff/cases/figures`

use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use shared::calendar::shanghai_date;
use shared::localised::Localised;

use super::super::super::input::Parameters;
use super::super::super::problem::ProblemBody;
use super::super::cases::CaseUsual;
use crate::app::App;
use crate::procedures::figures::{self, Figures, Line, Period};
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// Which days are counted, as typed.
#[derive(Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(in crate::api::procedures) struct Days {
    /// The first day, such as `2026-01-01`; the first of the year when left out.
    from: String,
    /// The last day; today when left out. At most 366 days are counted at once.
    until: String,
}

/// What became of the cases of a time. A number is null where it is of one to four families.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseFigures {
    from: NaiveDate,
    until: NaiveDate,
    procedures: Vec<ProcedureFigures>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct ProcedureFigures {
    procedure: String,
    /// Region whose rules they are decided by.
    region: String,
    name: Localised,
    handed_in: Option<usize>,
    accepted: Option<usize>,
    /// Those whose family was asked for more.
    asked: Option<usize>,
    decided: Option<usize>,
    /// Null, with `refused`, where either would tell of few.
    granted: Option<usize>,
    refused: Option<usize>,
    /// Of those that were decided in a time that a text sets; null, with `late`, where either would tell of few or no text does.
    in_time: Option<usize>,
    late: Option<usize>,
    /// Days from handing in to the decision, without the families' own time.
    took: Option<CaseUsual>,
    /// How many of those that were decided were rated; silence is no grade.
    rated: Option<usize>,
    /// How many gave each grade, `very_good` first; null below five ratings.
    grades: Option<Vec<usize>>,
}

/// What became of the cases of a time, counted from their events alone.
#[utoipa::path(
    get,
    path = "/api/v1/staff/cases/figures",
    operation_id = "count_cases",
    tag = "staff",
    params(Days),
    responses(
        (status = 200, description = "The figures, by procedure", body = CaseFigures),
        (status = 400, description = "`malformed`: a parameter comes twice", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `from` or `until`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn count(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Parameters(days): Parameters<Days>,
) -> Result<Json<CaseFigures>, Rejection> {
    let period = Period::read(&days.from, &days.until, shanghai_date(app.now()))?;
    Ok(Json(figures::of(&app, &staff, period).await?.into()))
}

impl From<Figures> for CaseFigures {
    fn from(figures: Figures) -> Self {
        Self {
            from: figures.period.from,
            until: figures.period.until,
            procedures: figures.lines.into_iter().map(ProcedureFigures::from).collect(),
        }
    }
}

impl From<Line> for ProcedureFigures {
    fn from(line: Line) -> Self {
        let [granted, refused] = parts(line.outcomes);
        let [in_time, late] = parts(line.in_time.filter(|_| line.has_time));
        Self {
            procedure: line.procedure,
            region: line.region,
            name: line.name,
            handed_in: line.handed_in,
            accepted: line.accepted,
            asked: line.asked,
            decided: line.decided,
            granted,
            refused,
            in_time,
            late,
            took: line.took.map(CaseUsual::from),
            rated: line.rated,
            grades: line.grades.map(Vec::from),
        }
    }
}

fn parts(of: Option<[usize; 2]>) -> [Option<usize>; 2] {
    of.map_or([None; 2], |parts| parts.map(Some))
}
