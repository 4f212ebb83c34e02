//! What the OpenAPI document says besides its paths.

use utoipa::{
    Modify, OpenApi,
    openapi::{
        OpenApi as Document,
        security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
    },
};

use super::for_staff;
use crate::staff::token::Kind;

/// The document without its paths, for the table to add to.
pub(super) fn head() -> Document {
    Head::openapi()
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Huimin 惠民",
        description = "Places, what they offer and when; appointments: their free times, holds, and the bookings of marriage registration; the check before \
                       booking; the rules of benefits; applications from draft to decision; and the way in for staff.\n\n\
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
        (name = "directory", description = "Places, what they offer and when they are open"),
        (name = "procedures", description = "Applications that take their time"),
        (name = "staff", description = "Whoever works at the counters and behind them"),
    ),
    modifiers(&Secrets)
)]
struct Head;

/// The secrets that paths refer to.
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
        let place = "/api/v1/procedures/{id}/drafts";
        components
            .add_security_scheme("draft_token", bearer(&format!("`token` of the draft, as `POST {place}` gave it")));
        components.add_security_scheme(
            "case_token",
            bearer(&format!("`manage_token` of the case, as `POST {place}/{{draft_id}}/submit` gave it")),
        );
        let [name, on_http] = [true, false].map(|production| Kind::Session.cookie_name(production));
        let description =
            format!("The session, as `POST /api/v1/staff/session` gave it; `{on_http}` on a loopback http server");
        let cookie = ApiKeyValue::with_description(name, &description);
        components.add_security_scheme(for_staff::SECRET, SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}
