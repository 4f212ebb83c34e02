//! Every error as `application/problem+json` (RFC 9457), in the resident's language.

use axum::{
    Json,
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use shared::counter::{CounterId, Refusal as AtCounter, VisitId};
use shared::field::FieldMessage;
use shared::locale::Locale;
use shared::problem::Problem;

use super::language::accepted;
use super::procedures::differing::DraftDiffers;
use crate::rejection::{Rejection, retry_after, status};

/// An error, as RFC 9457 has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// `/problems/` and the code; an identifier, not a page.
    pub r#type: String,
    /// The kind of problem in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened and what to do next, for the resident to read.
    pub detail: String,
    /// The stable name of the problem.
    pub code: String,
    /// One entry for each field that needs attention; empty for other problems.
    pub errors: Vec<FieldMessage>,
    /// Of `counter_busy`: the visit that the counter calls or serves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    /// Of `called_elsewhere` and `seated_elsewhere`: the counter that was faster, or that is theirs already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counter: Option<CounterId>,
    /// Of `draft_changed`: the draft's version by now, and both values of each field that was filled in twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftDiffers>,
}

/// Gives every error its words: those of handlers, and the bare ones of the router and of axum's extractors.
pub(super) async fn speak(request: Request, next: Next) -> Response {
    let accepted = accepted(request.headers());
    let mut response = next.run(request).await;
    let Some(rejection) =
        response.extensions_mut().remove::<Rejection>().or_else(|| Rejection::bare(response.status()))
    else {
        return response;
    };
    let differs = response.extensions_mut().remove::<DraftDiffers>();
    let mut drawn = draw(rejection.problem(), differs, rejection.locale().unwrap_or(accepted));
    for kept in [header::ALLOW, header::SET_COOKIE, HeaderName::from_static("clear-site-data")] {
        for value in response.headers().get_all(&kept) {
            drawn.headers_mut().append(&kept, value.clone());
        }
    }
    drawn
}

fn draw(problem: &Problem, draft: Option<DraftDiffers>, locale: Locale) -> Response {
    let words = problem.words();
    let status = status(problem);
    let at_counter = problem.refusal::<AtCounter>();
    let body = ProblemBody {
        r#type: format!("/problems/{}", words.code),
        title: words.title.say(locale).to_owned(),
        status: status.as_u16(),
        detail: words.sentence.say(locale).to_owned(),
        code: words.code.to_owned(),
        errors: match problem {
            Problem::Fields(errors) => errors.messages(locale),
            _ => Vec::new(),
        },
        visit: at_counter.as_ref().and_then(AtCounter::visit).cloned(),
        counter: at_counter.as_ref().and_then(AtCounter::counter),
        draft,
    };
    let mut response = (status, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag()));
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    if let Some(seconds) = retry_after(problem) {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    if status == StatusCode::UNAUTHORIZED {
        // Staff are known by a cookie, for which there is no registered scheme.
        let scheme = if *problem == Problem::Unauthorized { "Bearer" } else { "Cookie" };
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(scheme));
    }
    response
}
