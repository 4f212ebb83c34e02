//! The one way out: no other function reads what is kept, but for the scanner.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use shared::problem::Problem;
use shared::procedures::{FileId, FileKind, NotTaken};

use super::owner::Owner;
use super::rows::{self, Inside, Row, State, Whole};
use super::{Store, may_be_opened, name};
use crate::app::App;
use crate::error::Error;
use crate::keys::seal::Unsealable;

/// A file as it is given out. It has no `Debug`: nothing of it may reach a log.
pub struct Opened {
    pub kind: FileKind,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A file for whoever may see all files of this draft or case.
///
/// # Errors
/// [`Problem::NotFound`] for one that is not there or not whole, and for another's; [`NotTaken::NotScanned`] until the scanner
/// has seen it, and [`NotTaken::Infected`] where it found something.
pub async fn open(app: &App, owner: &Owner, id: &FileId) -> Result<Opened, Error> {
    let row = rows::one(&mut *app.database().read().await?, owner, id).await?.ok_or(Problem::NotFound)?;
    match (&row.whole, row.state) {
        (_, State::Refused) => Err(NotTaken::Infected.into()),
        (Some(whole), State::Kept) if may_be_opened(app, whole.scanned_at) => {
            let (inside, bytes) = unsealed(app, app.files(), (&row, whole)).await?;
            Ok(Opened { kind: whole.kind, name: name::ending(&inside.name, whole.kind), bytes })
        }
        (Some(_), State::Kept) => Err(NotTaken::NotScanned.into()),
        _ => Err(Problem::NotFound.into()),
    }
}

/// The bytes of a kept file as they lie in a store, whoever asks.
pub(super) async fn unsealed(
    app: &App,
    store: &Store,
    (row, whole): (&Row, &Whole),
) -> Result<(Inside, Vec<u8>), Error> {
    let inside: Inside = app.keys().open(&rows::context(row.id.as_str()), &row.sealed)?;
    let object = whole.object.clone();
    let sealed = store.get(&object).await?;
    let opened = tokio::task::spawn_blocking(move || {
        let bytes = inside.key.open(&object, &sealed)?;
        Ok::<_, Unsealable>((inside, bytes))
    });
    Ok(opened.await.unwrap_or(Err(Unsealable))?)
}

impl IntoResponse for Opened {
    /// A photograph is shown and a PDF saved; neither can run anything in the portal's name, whatever it holds.
    fn into_response(self) -> Response {
        let fixed = HeaderValue::from_static;
        let named = HeaderValue::try_from(name::disposition(self.kind, &self.name));
        let headers = [
            (header::CONTENT_TYPE, fixed(self.kind.media_type())),
            (header::CONTENT_DISPOSITION, named.unwrap_or(fixed("attachment"))),
            (header::CONTENT_SECURITY_POLICY, fixed("sandbox; default-src 'none'; frame-ancestors 'none'")),
            (header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
            (header::CACHE_CONTROL, fixed("no-store")),
            (HeaderName::from_static("cross-origin-resource-policy"), fixed("same-origin")),
        ];
        (headers, self.bytes).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: FileKind, header: &str) -> String {
        let opened = Opened { kind, name: "火化证明".to_owned(), bytes: vec![1] };
        opened.into_response().headers()[header].to_str().unwrap().to_owned()
    }

    #[test]
    fn a_pdf_is_a_download_in_a_sandbox_and_nobody_guesses_at_types() {
        for kind in [FileKind::Photo, FileKind::Pdf] {
            assert!(said(kind, "content-security-policy").starts_with("sandbox;"));
            assert_eq!(said(kind, "x-content-type-options"), "nosniff");
            assert_eq!(said(kind, "cache-control"), "no-store");
            assert_eq!(said(kind, "content-type"), kind.media_type());
        }
        assert!(said(FileKind::Pdf, "content-disposition").starts_with("attachment;"));
    }
}
