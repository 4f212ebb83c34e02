//! What a file is called, which says nothing of what it is.

use shared::procedures::FileKind;

/// Characters of a name.
const LONGEST: usize = 60;
/// What a file is called that came without a name.
const NAMELESS: &str = "文件";

/// A sender's name of a file without folders, ending, and characters that hide or turn others.
pub(super) fn tidy(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let kept: String = stem.chars().filter(|letter| !is_hidden(*letter)).take(LONGEST).collect();
    let kept = kept.trim().trim_start_matches('.');
    if kept.is_empty() { NAMELESS.to_owned() } else { kept.to_owned() }
}

/// With the ending of what it is.
pub(super) fn ending(stem: &str, kind: FileKind) -> String {
    format!("{stem}.{}", kind.ending())
}

/// `inline` or `attachment` with a name of any letters (RFC 6266, RFC 8187), which are a header's by then.
pub(super) fn disposition(kind: FileKind, name: &str) -> String {
    let how = match kind {
        FileKind::Photo => "inline",
        FileKind::Pdf => "attachment",
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let encoded =
        name.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    format!("{how}; filename=\"file.{}\"; filename*=UTF-8''{}", kind.ending(), encoded.collect::<String>())
}

/// Controls, and marks that turn the direction of reading: `gnp.exe` is to look like nothing else.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(letter, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_words_and_nothing_that_deceives() {
        for (given, kept) in [
            ("火化证明.pdf", "火化证明"),
            ("C:\\fakepath\\IMG_0001.JPG", "IMG_0001"),
            ("../../etc/passwd", "passwd"),
            ("\u{202e}gpj.exe", "gpj"),
            ("火化\u{61c}证\u{2028}明\u{2066}\u{ad}.jpg", "火化证明"),
            ("..\\..\\C:\\Windows\\a.pdf", "a"),
            ("证明.pdf/", NAMELESS),
            (".htaccess", NAMELESS),
            ("", NAMELESS),
            ("a\r\nSet-Cookie: x.png", "aSet-Cookie: x"),
        ] {
            assert_eq!(tidy(given), kept, "{given:?}");
        }
        assert_eq!(tidy(&"长".repeat(500)).chars().count(), LONGEST);
    }

    #[test]
    fn a_pdf_is_a_download_and_its_name_cannot_leave_the_header() {
        let said = disposition(FileKind::Pdf, "证 明\".pdf");
        assert_eq!(said, "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E8%AF%81%20%E6%98%8E%22.pdf");
        assert!(disposition(FileKind::Photo, "a.jpg").starts_with("inline; "));
    }
}
