//! The directory's rows: places by what is looked for, one of them, all of a kind in one piece, and what hours come to.

mod bundles;
mod hours;
mod list;
mod one;
mod shown;

use utoipa_axum::routes;

use super::rows::Api;
use crate::route::{Cache, Who};

pub(crate) fn routes(api: Api) -> Api {
    // Where somebody is may stand in the address of a list, so nothing on the way keeps one.
    api.route(Who::Anyone, Cache::Never, routes!(list::list))
        .route(Who::Anyone, Cache::Shared, routes!(one::show))
        .route(Who::Anyone, Cache::Shared, routes!(bundles::current))
        .route(Who::Anyone, Cache::Shared, routes!(bundles::by_hash))
        .route(Who::Anyone, Cache::Never, routes!(hours::preview))
}
