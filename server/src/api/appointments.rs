//! The addresses of the appointments engine.

use utoipa_axum::routes;

use super::rows::Api;
use super::{holds, phone_codes, registries};
use crate::route::{Cache, Who};

pub(super) fn routes(api: Api) -> Api {
    api.route(Who::Anyone, Cache::Shared, routes!(registries::list))
        .route(Who::Anyone, Cache::Never, routes!(registries::slots::list))
        .route(Who::Anyone, Cache::Never, routes!(phone_codes::send))
        .route(Who::Anyone, Cache::Never, routes!(holds::take))
        .route(Who::Anyone, Cache::Never, routes!(holds::extend::extend))
        .route(Who::Anyone, Cache::Never, routes!(holds::release::release))
}
