//! A text in paragraphs, in which `[words](address)` is a link and nothing else means anything.

use super::link::Target;

/// A part of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Words(&'a str),
    Link { words: &'a str, target: Target<'a> },
}

impl<'a> Piece<'a> {
    /// What is read of it.
    pub fn words(&self) -> &'a str {
        match self {
            Self::Words(words) | Self::Link { words, .. } => words,
        }
    }
}

/// A link that leads nowhere a notice may lead, or an address that stands there without being one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a link that is none")]
pub struct BadLink;

/// The paragraphs of a text: its lines, without those that are empty.
///
/// # Errors
/// [`BadLink`].
pub fn paragraphs(text: &str) -> Result<Vec<Vec<Piece<'_>>>, BadLink> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(pieces).collect()
}

fn pieces(line: &str) -> Result<Vec<Piece<'_>>, BadLink> {
    let (mut pieces, mut rest) = (Vec::new(), line);
    while let Some(middle) = rest.find("](") {
        let opened = rest[..middle].rfind('[').ok_or(BadLink)?;
        let closed = middle + rest[middle..].find(')').ok_or(BadLink)?;
        let words = rest[opened + 1..middle].trim();
        let target = Target::parse(&rest[middle + 2..closed]).ok_or(BadLink)?;
        if words.is_empty() {
            return Err(BadLink);
        }
        push(&mut pieces, &rest[..opened])?;
        // Words that look like an address must not lead to another one.
        no_address(words)?;
        pieces.push(Piece::Link { words, target });
        rest = &rest[closed + 1..];
    }
    push(&mut pieces, rest)?;
    Ok(pieces)
}

fn push<'a>(pieces: &mut Vec<Piece<'a>>, words: &'a str) -> Result<(), BadLink> {
    no_address(words)?;
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
    Ok(())
}

/// Whoever reads an address types it, wherever it leads.
fn no_address(words: &str) -> Result<(), BadLink> {
    let lower = words.to_ascii_lowercase();
    if lower.contains("://") || lower.contains("www.") { Err(BadLink) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_paragraphs_and_links_are_links() {
        let text = "请看[网上预约](/marriage/book)。\r\n\r\n  另见[民政部](https://www.mca.gov.cn) [1] (2)\n";
        let paragraphs = paragraphs(text).unwrap();
        let book = Piece::Link { words: "网上预约", target: Target::Here("/marriage/book") };
        assert_eq!(paragraphs[0], [Piece::Words("请看"), book, Piece::Words("。")]);
        let ministry = Piece::Link { words: "民政部", target: Target::Government("https://www.mca.gov.cn") };
        assert_eq!(paragraphs[1], [Piece::Words("另见"), ministry, Piece::Words(" [1] (2)")]);
        assert_eq!(paragraphs.len(), 2);
    }

    #[test]
    fn what_only_looks_like_a_link_or_leads_away_is_refused() {
        for text in [
            "[看](https://evil.example)",
            "[看](javascript:alert(1))",
            "[ ](/marriage)",
            "看](/marriage)",
            "[看](/marriage",
            "请打开 https://evil.example",
            "请打开 WWW.evil.example",
            "[https://bank.example](/marriage)",
        ] {
            assert_eq!(paragraphs(text), Err(BadLink), "{text}");
        }
    }

    #[test]
    fn markup_is_words() {
        assert_eq!(paragraphs("<b>*重要*</b>").unwrap(), [[Piece::Words("<b>*重要*</b>")]]);
    }
}
