//! The addresses of marriage registration.

use utoipa_axum::routes;

use super::rows::Api;
use super::{bookings, marriage_check, registries};
use crate::route::{Cache, Who};

pub(crate) fn routes(api: Api) -> Api {
    api.route(Who::Anyone, Cache::Shared, routes!(registries::list))
        .route(Who::Anyone, Cache::Never, routes!(registries::slots))
        .route(Who::Anyone, Cache::Never, routes!(bookings::book))
        .route(Who::Anyone, Cache::Never, routes!(bookings::show::show))
        .route(Who::Anyone, Cache::Never, routes!(bookings::cancel::cancel))
        .route(Who::Anyone, Cache::Never, routes!(bookings::reschedule::reschedule))
        .route(Who::Anyone, Cache::Never, routes!(marriage_check::check))
}
