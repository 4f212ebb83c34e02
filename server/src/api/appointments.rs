//! The addresses of the appointments engine.

use utoipa_axum::routes;

use super::rows::Api;
use super::{holds, phone_codes, slots};
use crate::route::{Cache, Who};

pub(crate) fn routes(api: Api) -> Api {
    api.route(Who::Anyone, Cache::Never, routes!(slots::of_place))
        .route(Who::Anyone, Cache::Never, routes!(phone_codes::send))
        .route(Who::Anyone, Cache::Never, routes!(holds::take))
        .route(Who::Anyone, Cache::Never, routes!(holds::extend::extend))
        .route(Who::Anyone, Cache::Never, routes!(holds::release::release))
}
