//! Which scripts a page loads: those that something drawn on it asks for, and none on other pages.

use std::sync::{
    Arc,
    atomic::{AtomicU16, Ordering},
};

use leptos::prelude::*;

use crate::assets;

/// The only scripts there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Wakes the islands.
    Islands,
    /// Runs the benefit check in the browser.
    Check,
    /// Puts the nearest places first, and finds what is being typed.
    Near,
    /// Leaves no way back to a page by the browser's history.
    ReplaceHistory,
    /// Says to staff that their session is about to end, and lets it go on.
    AtWork,
    /// Tells of what is new on the day sheet; its keys, and those of lists and cases.
    Desk,
    /// Keeps a screen in the hall up to date.
    Hall,
    /// Keys for a kiosk, and what keeps an idle one right.
    Kiosk,
    /// Keeps what is typed into an application while it is typed.
    Draft,
    /// Sends photographs of papers in parts, and goes on where a connection broke.
    Parts,
    /// Shows a password that is being chosen, prints, copies, and forgets what was left half-typed.
    Door,
    /// Asks a passkey to sign.
    Passkey,
    /// Installs the worker that keeps pages of places.
    Offline,
}

/// Tells the page being drawn to load a script; for the part that cannot do without.
pub fn needs(script: Script) {
    if let Some(Needed(needed)) = use_context::<Needed>() {
        needed.fetch_or(script.bit(), Ordering::Relaxed);
    }
}

/// What the parts drawn so far need.
#[derive(Clone, Default)]
pub(super) struct Needed(Arc<AtomicU16>);

impl Needed {
    /// Hears what the parts drawn from now on need.
    pub fn listen() -> Self {
        let needed = Self::default();
        provide_context(needed.clone());
        needed
    }

    /// The scripts as they stand at the end of the page, in the order of the list.
    pub fn drawn(&self) -> AnyView {
        let needed = self.0.load(Ordering::Relaxed);
        ALL.into_iter().filter(|script| needed & script.bit() != 0).map(Script::draw).collect_view().into_any()
    }
}

const ALL: [Script; 13] = [
    Script::Islands,
    Script::Check,
    Script::Near,
    Script::ReplaceHistory,
    Script::AtWork,
    Script::Desk,
    Script::Hall,
    Script::Kiosk,
    Script::Draft,
    Script::Parts,
    Script::Door,
    Script::Passkey,
    Script::Offline,
];

impl Script {
    fn bit(self) -> u16 {
        1 << self as u16
    }

    /// Nothing where this server was built without its files.
    fn draw(self) -> Option<AnyView> {
        let module = |loader: &'static str, files: assets::Module| {
            let assets::Module { script, wasm } = files;
            view! { <script type="module" src=loader data-module=script data-wasm=wasm></script> }.into_any()
        };
        match self {
            Self::Islands => assets::islands().map(|files| module(assets::loader(), files)),
            Self::Check => assets::check().map(|files| module(assets::check_loader(), files)),
            Self::Near => assets::near().map(|[near, typed]| {
                view! { <script type="module" src=assets::near_loader() data-wasm=near data-typed=typed></script> }
                    .into_any()
            }),
            Self::ReplaceHistory => plain("replace-history"),
            Self::AtWork => plain("at-work"),
            Self::Desk => plain("desk"),
            Self::Hall => plain("hall"),
            Self::Kiosk => plain("kiosk"),
            Self::Draft => plain("draft"),
            Self::Parts => plain("parts"),
            Self::Door => plain("door"),
            Self::Passkey => plain("passkey"),
            Self::Offline => plain("offline"),
        }
    }
}

/// A file of `public/assets` that needs nothing else.
fn plain(name: &str) -> Option<AnyView> {
    let start = format!("/assets/{name}-");
    let file = assets::all().iter().find(|asset| asset.path.starts_with(&start))?;
    Some(view! { <script src=file.path defer></script> }.into_any())
}
