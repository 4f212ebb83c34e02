//! The addresses of marriage registration.

use utoipa_axum::routes;

use super::rows::Api;
use super::{bookings, marriage_check};
use crate::route::{Cache, Who};

pub(super) fn routes(api: Api) -> Api {
    api.route(Who::Anyone, Cache::Never, routes!(bookings::book))
        .route(Who::Anyone, Cache::Never, routes!(bookings::show::show))
        .route(Who::Anyone, Cache::Never, routes!(bookings::cancel::cancel))
        .route(Who::Anyone, Cache::Never, routes!(bookings::reschedule::reschedule))
        .route(Who::Anyone, Cache::Never, routes!(marriage_check::check))
}
