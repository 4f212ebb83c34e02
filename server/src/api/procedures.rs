//! The addresses of applications that take their time: definitions, drafts, cases, and the office's queues.

mod cases;
pub(super) mod differing;
mod drafts;
mod files;
mod list;
mod messages;
mod office;
mod one;
mod rating;
mod shown;
mod submit;
mod supplement;

use std::sync::Arc;

use serde::Deserialize;
use shared::eligibility::pack::Benefit;
use shared::field::FieldErrors;
use shared::problem::Problem;
use shared::procedures::Procedure;
use shared::staff::Right;
use utoipa_axum::routes;

use super::rows::Api;
use crate::app::App;
use crate::error::Error;
use crate::policy::Offered;
use crate::rejection::Rejection;
use crate::route::{Cache, Who};

pub(crate) fn routes(api: Api) -> Api {
    api.route(Who::Anyone, Cache::Shared, routes!(list::list))
        .route(Who::Anyone, Cache::Shared, routes!(one::show))
        .route(Who::Anyone, Cache::Never, routes!(drafts::begin))
        .route(Who::Anyone, Cache::Never, routes!(drafts::show))
        .route(Who::Anyone, Cache::Never, routes!(drafts::save))
        .route(Who::Anyone, Cache::Never, routes!(files::list))
        .route(Who::Anyone, Cache::Never, routes!(files::begin))
        .route(Who::Anyone, Cache::Never, routes!(files::parts::show))
        .route_for_parts(Who::Anyone, Cache::Never, routes!(files::parts::append))
        .route(Who::Anyone, Cache::Never, routes!(files::parts::remove))
        .route(Who::Anyone, Cache::Never, routes!(submit::submit))
        .route(Who::Anyone, Cache::Never, routes!(cases::show))
        .route(Who::Anyone, Cache::Never, routes!(cases::withdraw))
        .route(Who::Anyone, Cache::Never, routes!(files::of_case::begin))
        .route(Who::Anyone, Cache::Never, routes!(files::of_case::show))
        .route_for_parts(Who::Anyone, Cache::Never, routes!(files::of_case::append))
        .route(Who::Anyone, Cache::Never, routes!(files::of_case::remove))
        .route(Who::Anyone, Cache::Never, routes!(supplement::supply))
        .route(Who::Anyone, Cache::Never, routes!(messages::read))
        .route(Who::Anyone, Cache::Never, routes!(messages::write))
        .route(Who::Anyone, Cache::Never, routes!(rating::rate))
        .route(Who::Staff(Right::SeeCases), Cache::Never, routes!(office::list::list))
        .route(Who::Staff(Right::SeeCases), Cache::Never, routes!(office::figures::count))
        .route(Who::Staff(Right::SeeCases), Cache::Never, routes!(office::ratings::waiting))
        .route(Who::Staff(Right::SeeCases), Cache::Never, routes!(office::ratings::follow_up))
        .route(Who::Staff(Right::SeeCases), Cache::Never, routes!(office::one::show))
        .route(Who::Staff(Right::SeeCases), Cache::Never, routes!(office::messages::read))
        .route(Who::Staff(Right::SeeCases), Cache::Never, routes!(office::messages::write))
        .route(Who::Staff(Right::SeeCases), Cache::Never, routes!(office::settled::settle))
        .route(Who::Staff(Right::SeeCases), Cache::Never, routes!(office::act::take))
}

/// Whose rules are asked for.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Where {
    /// The portal's own when left out.
    region: Option<String>,
}

impl Where {
    fn region<'a>(&'a self, app: &'a App) -> &'a str {
        self.region.as_deref().unwrap_or(&app.settings().region)
    }

    /// What applications are taken for there.
    fn offered(&self, app: &App, id: &str) -> Result<Arc<Offered>, Problem> {
        app.policies().procedure(self.region(app), id).ok_or(Problem::NotFound)
    }
}

/// What a procedure gives, by the rules that it carries.
fn benefit(procedure: &Procedure) -> Option<&Benefit> {
    procedure.rules.benefits.first()
}

/// A refusal whose errors stand at ids of fields, told where these are in a draft.
fn below_fields(error: Error) -> Rejection {
    match error.into_problem() {
        Problem::Fields(errors) => at_fields(errors).into(),
        problem => problem.into(),
    }
}

/// `died_on` as `fields.died_on`; what was said with an act is no field of the form.
fn at_fields(errors: FieldErrors) -> FieldErrors {
    let deeper = errors.into_iter().map(|mut error| {
        if error.field != "said" {
            error.field = format!("fields.{}", error.field);
        }
        error
    });
    deeper.collect()
}
