//! A cheap look at a PDF: whether it is whole, how long, and whether it does more than show pages.
//!
//! What lies in packed streams is not unpacked, so nothing here makes a PDF harmless: it is given out as a download only,
//! which no browser opens in the portal's name (`open`).

use std::iter;

use shared::procedures::file::{MOST_PAGES, NotTaken};

/// Where the end of a PDF is said.
const TAIL: usize = 1024;
/// Names of what runs, opens something else or carries other files.
const ACTIVE: [&[u8]; 7] = [b"JavaScript", b"JS", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"XFA"];
/// Names of what unpacks; twice in one object is how a small file becomes a large one.
const UNPACKING: [&[u8]; 5] = [b"FlateDecode", b"Fl", b"LZWDecode", b"LZW", b"RunLengthDecode"];

/// Names of one object: a page has some dozens. What has more is made to be counted.
const MOST_NAMES: usize = 5000;

/// One name, and what stands behind it.
struct Name<'a> {
    name: Vec<u8>,
    behind: &'a [u8],
}

/// Looks at one name after the other, and keeps none: a file may be made of nothing else.
pub(super) fn check(bytes: &[u8]) -> Result<(), NotTaken> {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    if find(tail, b"%%EOF").is_none() {
        return Err(NotTaken::Damaged);
    }
    let outline = without_streams(bytes);
    let (mut pages, mut counted) = (0_u64, 0_u64);
    for object in objects(&outline) {
        let (is_page, count) = check_object(object)?;
        pages += u64::from(is_page);
        counted = counted.max(count);
    }
    if counted.max(pages) > MOST_PAGES { Err(NotTaken::TooManyPages) } else { Ok(()) }
}

/// Whether an object is a page, and how many pages it says that it has.
fn check_object(object: &[u8]) -> Result<(bool, u64), NotTaken> {
    let (mut is_locked, mut is_active, mut unpacks) = (false, false, 0);
    let (mut is_page, mut is_tree, mut count) = (false, false, 0);
    let mut names_its_type = false;
    for (place, Name { name, behind }) in names(object).enumerate() {
        if place == MOST_NAMES {
            return Err(NotTaken::Damaged);
        }
        let name = name.as_slice();
        is_locked |= name == b"Encrypt";
        is_active |= ACTIVE.contains(&name);
        unpacks += u32::from(UNPACKING.contains(&name));
        is_page |= names_its_type && name == b"Page";
        is_tree |= names_its_type && name == b"Pages";
        if name == b"Count" {
            count = number(behind).map_or(count, |said| said.max(count));
        }
        names_its_type = name == b"Type" && behind.trim_ascii_start().starts_with(b"/");
    }
    match (is_locked, is_active || unpacks > 1) {
        (true, _) => Err(NotTaken::Locked),
        (false, true) => Err(NotTaken::ActivePdf),
        (false, false) => Ok((is_page, if is_tree { count } else { 0 })),
    }
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

fn objects(outline: &[u8]) -> impl Iterator<Item = &[u8]> {
    const END: &[u8] = b"endobj";
    let mut rest = Some(outline);
    iter::from_fn(move || {
        let all = rest.take()?;
        let Some(at) = find(all, END) else { return Some(all) };
        rest = Some(&all[at + END.len()..]);
        Some(&all[..at])
    })
}

/// The names of an object in their order, however their letters are written.
fn names(mut rest: &[u8]) -> impl Iterator<Item = Name<'_>> {
    iter::from_fn(move || {
        let at = rest.iter().position(|byte| *byte == b'/')?;
        let after = &rest[at + 1..];
        let length = after.iter().position(|byte| ends_a_name(*byte)).unwrap_or(after.len());
        let (name, behind) = after.split_at(length);
        rest = behind;
        Some(Name { name: spelled_out(name), behind })
    })
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
    fn one_that_is_made_of_nothing_but_names_is_damaged() {
        let slashes = "/".repeat(1024 * 1024);
        assert_eq!(check(&pdf(&[slashes.as_str()])), Err(NotTaken::Damaged));
        let fonts = "/F1 4 0 R ".repeat(MOST_NAMES);
        assert_eq!(check(&pdf(&[fonts.as_str()])), Ok(()), "a page with many fonts");
        let more = format!("{fonts} /Type /Page");
        assert_eq!(check(&pdf(&[more.as_str()])), Err(NotTaken::Damaged));
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
