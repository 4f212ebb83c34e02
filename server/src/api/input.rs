//! What requests bring along, read so that every mistake is told as a problem and none as axum's own text.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::IntoResponse,
};
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use shared::appointments::field::SERVICE;
use shared::field::{FieldErrors, Reason, choice};
use shared::problem::Problem;

use crate::app::App;
use crate::appointments::Bookable;
use crate::rejection::Rejection;

/// The service that a request names; the first one that is offered when it names none, since clients of the time
/// when there was only one never did.
pub(super) fn service(app: &App, typed: &str) -> Result<&'static Bookable, FieldErrors> {
    let first = app.bookable().first().copied();
    if let (true, Some(first)) = (typed.is_empty(), first) {
        return Ok(first);
    }
    let offered = |name: &str| app.bookable().iter().find(|bookable| bookable.service.name() == name).copied();
    choice(SERVICE, typed, offered).map_err(|reason| FieldErrors::one("service", reason))
}

/// A JSON body. A value of the wrong type is told at its field.
pub(super) struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
        if !is_json(request.headers()) {
            return Err(Problem::UnsupportedMediaType.into());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            let too_large = rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE;
            if too_large { Problem::TooLarge } else { Problem::Malformed }
        })?;
        Ok(Self(parse(&bytes)?))
    }
}

/// Part of the path. What cannot name anything names nothing: 404.
pub(super) struct Named<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Named<T> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(named)| Self(named)).map_err(|_| Problem::NotFound.into())
    }
}

/// The query's parameters, as texts.
pub(super) struct Parameters<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Parameters<T> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query.map(|Query(asked)| Self(asked)).map_err(|_| Problem::Malformed.into())
    }
}

/// The secret of `Authorization: Bearer …`.
pub(super) struct Bearer(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Bearer {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Rejection> {
        let text = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let secret = text
            .and_then(|text| text.trim().split_once(' '))
            .and_then(|(scheme, secret)| scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim().to_owned()));
        secret.filter(|secret| !secret.is_empty()).map(Self).ok_or_else(|| Problem::Unauthorized.into())
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // Serde would read a list as an object whose fields come in order.
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(Problem::Malformed);
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let inner = error.inner();
        let path = field(error.path(), &inner.to_string());
        match path {
            Some(path) if inner.is_data() => Problem::Fields(FieldErrors::one(path, Reason::WrongType)),
            _ => Problem::Malformed,
        }
    })?;
    json.end().map_err(|_| Problem::Malformed)?;
    Ok(value)
}

/// `parties.0.name` for the place where reading failed; none for the body as a whole.
fn field(path: &serde_path_to_error::Path, error: &str) -> Option<String> {
    let mut names: Vec<_> = path
        .iter()
        .filter_map(|segment| match segment {
            Segment::Map { key } | Segment::Enum { variant: key } => Some(key.clone()),
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Unknown => None,
        })
        .collect();
    // Serde names a field that is not there only in its words.
    let missing = error.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    names.extend(missing.map(str::to_owned));
    (!names.is_empty()).then(|| names.join("."))
}

#[cfg(test)]
mod tests {
    use shared::appointments::HoldRequest;
    use shared::marriage::BookingInput;

    use super::*;

    fn wrong(field: &str) -> Problem {
        Problem::Fields(FieldErrors::one(field, Reason::WrongType))
    }

    #[test]
    fn a_value_of_the_wrong_type_is_told_at_its_field() {
        let booking = |text: &str| parse::<BookingInput>(text.as_bytes()).map(drop);
        assert_eq!(booking(r#"{"parties":[{"name":"a"},{"name":5}]}"#), Err(wrong("parties.1.name")));
        assert_eq!(booking(r#"{"parties":{}}"#), Err(wrong("parties")));
        assert_eq!(booking(r#"{"hold_id":["x"]}"#), Err(wrong("hold_id")));
        let hold = |text: &str| parse::<HoldRequest>(text.as_bytes()).map(drop);
        assert_eq!(hold(r#"{"slot_id":"1"}"#), Err(wrong("slot_id")));
        assert_eq!(hold(r#"{"slot_id":9223372036854775808}"#), Err(wrong("slot_id")));
        assert_eq!(hold("{}"), Err(wrong("slot_id")));
    }

    #[test]
    fn what_is_no_object_of_json_is_malformed() {
        for text in ["", "{", "[]", "[1]", "5", "null", "{\"slot_id\":1}{}", "{\"a\":}", "\u{feff}{}", "'a'"] {
            assert_eq!(parse::<HoldRequest>(text.as_bytes()).map(drop), Err(Problem::Malformed), "{text}");
        }
        assert_eq!(parse::<HoldRequest>(b"{\"phone\":\"\xff\"}").map(drop), Err(Problem::Malformed));
        let deep = "[".repeat(60_000);
        assert_eq!(parse::<HoldRequest>(deep.as_bytes()).map(drop), Err(Problem::Malformed));
    }

    #[test]
    fn a_body_is_json_by_its_type() {
        let is = |value: &'static str| is_json(&[(header::CONTENT_TYPE, value.parse().unwrap())].into_iter().collect());
        assert!(is("application/json"));
        assert!(is("Application/JSON; charset=utf-8"));
        assert!(is("application/merge-patch+json"));
        assert!(!is("text/plain"));
        assert!(!is("application/x-www-form-urlencoded"));
        assert!(!is_json(&HeaderMap::new()));
    }
}
