//! Papers that are handed in as photographs or PDFs: what is taken, and how much of it.

mod refusal;

use std::fmt;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use crate::id::{InvalidId, plain};
use crate::localised::Localised;

pub use refusal::NotTaken;

/// Bytes of one photograph or PDF as it comes. Scanners take 25 MB as they are delivered.
pub const MOST_BYTES: u64 = 20 * 1024 * 1024;
/// Pixels of one photograph. What telephones call 24 megapixels has up to 5712 × 4284, so a mega is 1024 × 1024 here.
pub const MOST_PIXELS: u64 = 24 * 1024 * 1024;
/// Pixels of a photograph's longer side.
pub const LONGEST_SIDE: u32 = 16_384;
/// Pages of a PDF.
pub const MOST_PAGES: u64 = 100;
/// Photographs and PDFs that are one paper together.
pub const MOST_OF_A_PAPER: i64 = 20;
/// Photographs and PDFs of a draft or case.
pub const MOST_OF_A_CASE: i64 = 60;
/// Bytes of all photographs and PDFs of a draft or case together.
pub const MOST_BYTES_OF_A_CASE: u64 = 200 * 1024 * 1024;
/// Bytes of one part of a file that is sent in parts.
pub const LONGEST_PART: usize = 2 * 1024 * 1024;
/// Bytes of each part but the last.
pub const SHORTEST_PART: usize = 256 * 1024;
/// For the `accept` of a file field: where HEIC is not among them, telephones send a JPEG instead.
pub const ACCEPT: &str = "image/jpeg,image/png,application/pdf";

/// One photograph or PDF of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct FileId(String);

impl FileId {
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        plain(text).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for FileId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<FileId> for String {
    fn from(id: FileId) -> Self {
        id.0
    }
}

impl fmt::Display for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is kept of what was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FileKind {
    /// A JPEG that was drawn anew here, upright and with nothing beside its pixels.
    Photo,
    /// A PDF as it came.
    Pdf,
}

impl FileKind {
    /// The name in the database.
    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Photo => "image/jpeg",
            Self::Pdf => "application/pdf",
        }
    }

    /// What the name of such a file ends with.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Photo => "jpg",
            Self::Pdf => "pdf",
        }
    }
}

/// What is taken, said before anybody chooses a file.
pub fn limits() -> Localised {
    let (megabytes, pages, most) = (MOST_BYTES / (1024 * 1024), MOST_PAGES, MOST_OF_A_PAPER);
    Localised::new(
        format!(
            "可以交照片（JPEG 或 PNG，不超过 2400 万像素）或 PDF（不超过 {pages} 页），每个文件不超过 {megabytes} MB。一份材料有几页的，\
             可以拍几张照片，最多 {most} 张。照片里的拍摄地点等信息会被去掉。"
        ),
        format!(
            "Photos (JPEG or PNG, up to 24 megapixels) or PDFs (up to {pages} pages), each up to {megabytes} MB. A paper of several \
             pages may be several photos, up to {most}. Where a photo was taken and the like is removed from it."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_photographs_of_common_telephones_fit() {
        for (width, height) in [(4032_u64, 3024_u64), (5712, 4284), (6000, 4000)] {
            assert!(width * height <= MOST_PIXELS, "{width} × {height}");
        }
    }

    #[test]
    fn kinds_keep_their_names() {
        for kind in [FileKind::Photo, FileKind::Pdf] {
            assert_eq!(FileKind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(FileKind::from_name("exe"), None);
    }

    #[test]
    fn heic_is_not_asked_for_so_that_telephones_convert() {
        assert!(!ACCEPT.contains("heic") && !ACCEPT.contains("image/*"));
    }
}
