//! A cheap look at a PDF: whether it is whole, how long, and whether it does more than show pages.
//!
//! What lies in packed streams is not unpacked, so nothing here makes a PDF harmless: it is given out as a download only,
//! which no browser opens in the portal's name (`open`).

use shared::procedures::file::{MOST_PAGES, NotTaken};

/// Where the end of a PDF is said.
const TAIL: usize = 1024;
/// Names of what runs, opens something else or carries other files.
const ACTIVE: [&[u8]; 7] = [b"JavaScript", b"JS", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"XFA"];
/// Names of what unpacks; twice in one object is how a small file becomes a large one.
const UNPACKING: [&[u8]; 5] = [b"FlateDecode", b"Fl", b"LZWDecode", b"LZW", b"RunLengthDecode"];

/// One name, and what stands behind it.
struct Name<'a> {
    name: Vec<u8>,
    behind: &'a [u8],
}

pub(super) fn check(bytes: &[u8]) -> Result<(), NotTaken> {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    if find(tail, b"%%EOF").is_none() {
        return Err(NotTaken::Damaged);
    }
    let outline = without_streams(bytes);
    let mut pages = 0;
    let mut counted = 0;
    for object in objects(&outline) {
        let names = names(object);
        if names.iter().any(|name| name.name == b"Encrypt") {
            return Err(NotTaken::Locked);
        }
        let is_active = names.iter().any(|name| ACTIVE.contains(&name.name.as_slice()));
        let unpacks = names.iter().filter(|name| UNPACKING.contains(&name.name.as_slice())).count();
        if is_active || unpacks > 1 {
            return Err(NotTaken::ActivePdf);
        }
        if is_of_type(&names, b"Page") {
            pages += 1;
        }
        if is_of_type(&names, b"Pages") {
            let counts = names.iter().filter(|name| name.name == b"Count").filter_map(|name| number(name.behind));
            counted = counts.fold(counted, u64::max);
        }
    }
    if counted.max(pages) > MOST_PAGES { Err(NotTaken::TooManyPages) } else { Ok(()) }
}

/// Everything outside of streams, whose bytes could look like anything.
fn without_streams(mut rest: &[u8]) -> Vec<u8> {
    const BEGIN: &[u8] = b"stream";
    const END: &[u8] = b"endstream";
    let mut outline = Vec::new();
    while let Some(at) = find(rest, BEGIN) {
        let (before, after) = rest.split_at(at + BEGIN.len());
        outline.extend_from_slice(before);
        let begins = matches!(after.first(), Some(b'\r' | b'\n')) && !before.ends_with(END);
        let end = if begins { find(after, END).map_or(after.len(), |end| end + END.len()) } else { 0 };
        rest = &after[end..];
    }
    outline.extend_from_slice(rest);
    outline
}

fn objects(mut rest: &[u8]) -> Vec<&[u8]> {
    const END: &[u8] = b"endobj";
    let mut objects = Vec::new();
    while let Some(at) = find(rest, END) {
        objects.push(&rest[..at]);
        rest = &rest[at + END.len()..];
    }
    objects.push(rest);
    objects
}

/// The names of an object in their order, however their letters are written.
fn names(mut rest: &[u8]) -> Vec<Name<'_>> {
    let mut names = Vec::new();
    while let Some(at) = rest.iter().position(|byte| *byte == b'/') {
        let after = &rest[at + 1..];
        let length = after.iter().position(|byte| ends_a_name(*byte)).unwrap_or(after.len());
        let (name, behind) = after.split_at(length);
        names.push(Name { name: spelled_out(name), behind });
        rest = behind;
    }
    names
}

fn ends_a_name(byte: u8) -> bool {
    matches!(byte, 0..=b' ' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// `J#53` is `JS`.
fn spelled_out(name: &[u8]) -> Vec<u8> {
    let digit = |at: usize| name.get(at).and_then(|digit| char::from(*digit).to_digit(16));
    let mut letters = Vec::new();
    let mut at = 0;
    while at < name.len() {
        let number = digit(at + 1).zip(digit(at + 2)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        match number {
            Some(letter) if name[at] == b'#' => {
                letters.push(letter);
                at += 3;
            }
            _ => {
                letters.push(name[at]);
                at += 1;
            }
        }
    }
    letters
}

fn is_of_type(names: &[Name<'_>], kind: &[u8]) -> bool {
    let follows = |name: &Name<'_>| name.behind.trim_ascii_start().starts_with(b"/");
    names.windows(2).any(|pair| pair[0].name == b"Type" && follows(&pair[0]) && pair[1].name == kind)
}

fn number(text: &[u8]) -> Option<u64> {
    let text = text.trim_ascii_start();
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let digits = std::str::from_utf8(&text[..length]).ok().filter(|digits| !digits.is_empty())?;
    Some(digits.parse().unwrap_or(u64::MAX))
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pdf(objects: &[&str]) -> Vec<u8> {
        let body: Vec<_> = objects.iter().map(|object| format!("1 0 obj\n{object}\nendobj\n")).collect();
        let body = body.concat();
        format!("%PDF-1.7\n{body}trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n").into_bytes()
    }

    #[test]
    fn a_plain_pdf_is_taken() {
        let page = "<< /Type /Page /Parent 2 0 R >>";
        let picture = "<< /Length 9 /Filter /FlateDecode >>\nstream\n/JS /Encrypt\nendstream";
        assert_eq!(check(&pdf(&["<</Type/Pages/Count 1>>", page, picture])), Ok(()));
    }

    #[test]
    fn what_breaks_off_is_damaged() {
        let whole = pdf(&["<< /Type /Page >>"]);
        assert_eq!(check(&whole[..whole.len() - 8]), Err(NotTaken::Damaged));
    }

    #[test]
    fn scripts_and_other_files_are_found_however_they_are_spelled() {
        for active in [
            "<< /S /JavaScript /JS (app.alert(1)) >>",
            "<</S/J#61vaScript>>",
            "<</Type/EmbeddedFile>>",
            "<</S/Launch>>",
        ] {
            assert_eq!(check(&pdf(&[active])), Err(NotTaken::ActivePdf), "{active}");
        }
        assert_eq!(check(&pdf(&["<< /Title (JavaScript for beginners) >>"])), Ok(()));
    }

    #[test]
    fn a_password_is_told() {
        let locked = b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF";
        assert_eq!(check(locked), Err(NotTaken::Locked));
    }

    #[test]
    fn a_bomb_that_unpacks_itself_again_is_refused() {
        let bomb = "<< /Filter [/FlateDecode /FlateDecode /FlateDecode] >>\nstream\nx\nendstream";
        assert_eq!(check(&pdf(&[bomb])), Err(NotTaken::ActivePdf));
        let photo = "<< /Filter [/FlateDecode /DCTDecode] >>\nstream\nx\nendstream";
        assert_eq!(check(&pdf(&[photo])), Ok(()));
    }

    #[test]
    fn pages_are_counted_where_they_are_said_and_where_they_stand() {
        assert_eq!(check(&pdf(&["<</Type /Pages /Count 101>>"])), Err(NotTaken::TooManyPages));
        assert_eq!(check(&pdf(&["<</Type /Pages /Count 99999999999999999999999>>"])), Err(NotTaken::TooManyPages));
        let pages = ["<< /Type /Page >>"; 101];
        assert_eq!(check(&pdf(&pages)), Err(NotTaken::TooManyPages));
        assert_eq!(check(&pdf(&pages[..100])), Ok(()));
        assert_eq!(check(&pdf(&["<</Type /Outlines /Count 500>>"])), Ok(()), "bookmarks are no pages");
    }
}
