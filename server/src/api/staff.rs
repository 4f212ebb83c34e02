//! The addresses of staff.

mod session;

use utoipa_axum::routes;

use super::rows::Api;
use crate::route::{Cache, Who};

pub(crate) fn routes(api: Api) -> Api {
    api.route(Who::Anyone, Cache::Never, routes!(session::sign_in)).route(
        Who::SignedIn,
        Cache::Never,
        routes!(session::sign_out),
    )
}
