//! How a kind of place shows itself, where its data alone does not say.

use std::sync::LazyLock;

use server::directory::kinds;
use shared::directory::Kind;

use crate::{
    appointments::service::BookingPages,
    pages::{marriage::registries::REGISTRIES, stations::STATIONS},
    visit::Visit,
    words::Text,
};

/// The pages of one kind.
pub struct DirectoryPages {
    /// By its name in the data.
    pub kind: &'static str,
    /// What they are called together.
    pub plural: Text,
    /// What people find there, in one sentence.
    pub lead: Text,
    /// Said of one that is open.
    pub open: Text,
    /// What one of them is to search engines (schema.org).
    pub schema: &'static str,
    /// Where the pages lead back to, and its name.
    pub above: (&'static str, Text),
    /// How people book who want to come.
    pub book: Option<&'static BookingPages>,
}

/// Kinds with pages of their own words.
const NAMED: [&DirectoryPages; 2] = [&STATIONS, &REGISTRIES];

/// All the other kinds, with nothing but their data.
static OTHERS: LazyLock<Vec<DirectoryPages>> = LazyLock::new(|| {
    let is_other = |kind: &&Kind| NAMED.iter().all(|pages| pages.kind != kind.id);
    kinds::all().iter().filter(is_other).map(DirectoryPages::plain).collect()
});

impl DirectoryPages {
    pub(super) fn others() -> impl Iterator<Item = &'static Self> {
        OTHERS.iter()
    }

    /// Of a kind that brings no words.
    fn plain(kind: &'static Kind) -> Self {
        let name = Text(kind.name.zh.as_str(), kind.name.en.as_str());
        Self {
            kind: &kind.id,
            plural: name,
            lead: Text("在哪里，什么时候开，打什么电话。", "Where they are, when they are open, and what to call."),
            open: Text("开放中", "Open"),
            schema: "Place",
            above: ("/", Text("首页", "Home")),
            book: None,
        }
    }

    pub fn kind(&self) -> &'static Kind {
        super::kind(self.kind)
    }

    /// An address of these pages in the visitor's language.
    pub(super) fn url(&self, visit: &Visit, below: &str) -> String {
        visit.url(&format!("{}{below}", self.kind().path))
    }

    /// The page that the service begins at whose pages these are: `/marriage` of `/marriage/registries`.
    pub(super) fn service(&self) -> String {
        format!("/{}", self.kind().path.split('/').nth(1).unwrap_or_default())
    }
}
