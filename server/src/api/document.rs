//! What the OpenAPI document says besides its paths.

use utoipa::{
    Modify, OpenApi,
    openapi::{
        OpenApi as Document,
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};

/// The document without its paths, for the table to add to.
pub(super) fn head() -> Document {
    Head::openapi()
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Huimin 惠民",
        description = "Appointments: places and their free times, holds, and the bookings of marriage registration; the check before \
                       booking; and the rules of benefits.\n\n\
                       Times are RFC 3339; civil dates are those of Asia/Shanghai. Errors are \
                       `application/problem+json` (RFC 9457) with a stable `code`; their sentences come in the \
                       language of `Accept-Language` (`zh-CN` or `en`), or of the body's `locale`. After 429 and 503, \
                       wait as many seconds as `Retry-After` says.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    servers((url = "/")),
    tags(
        (name = "appointments", description = "Registries, times and holds"),
        (name = "marriage", description = "Marriage registration"),
        (name = "calendar", description = "Working days and holidays"),
    ),
    modifiers(&Secrets)
)]
struct Head;

/// The two secrets that paths refer to.
struct Secrets;

impl Modify for Secrets {
    fn modify(&self, document: &mut Document) {
        let bearer = |description: &str| {
            let mut http = Http::new(HttpAuthScheme::Bearer);
            http.description = Some(description.to_owned());
            SecurityScheme::Http(http)
        };
        let components = document.components.get_or_insert_default();
        components
            .add_security_scheme("hold_token", bearer("`hold_token` of the hold, as `POST /api/v1/holds` gave it"));
        components.add_security_scheme(
            "manage_token",
            bearer("`manage_token` of the booking, as `POST /api/v1/bookings` gave it"),
        );
    }
}
