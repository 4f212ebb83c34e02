//! The addresses of the hall, for staff.

mod act;
mod day;
mod events;
mod next;
mod shown;

use utoipa_axum::routes;

use shared::staff::Right;

use super::rows::Api;
use crate::route::{Cache, Who};

pub(crate) fn routes(api: Api) -> Api {
    api.route(Who::Staff(Right::SeeDay), Cache::Never, routes!(day::show))
        .route(Who::Staff(Right::SeeDay), Cache::Never, routes!(events::show))
        .route(Who::Staff(Right::WorkAtCounter), Cache::Never, routes!(next::call))
        .route(Who::Staff(Right::WorkAtCounter), Cache::Never, routes!(act::take))
}
