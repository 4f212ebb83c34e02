//! Forms that bring files (RFC 7578), read from bytes that are there whole.

use axum::{
    body::Bytes,
    http::{HeaderMap, header},
};

/// One field of such a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    /// What the sender calls the file; none for a field that is no file.
    pub file: Option<String>,
    pub bytes: Bytes,
}

/// Fields of one form.
const MOST: usize = 64;

/// The fields of a form in their order; none where it cannot be read as such a form.
pub fn parts(headers: &HeaderMap, body: &Bytes) -> Option<Vec<Part>> {
    let delimiter = format!("\r\n--{}", boundary(headers)?);
    let delimiter = delimiter.as_bytes();
    let mut parts = Vec::new();
    // Nothing stands before the first one, not even the end of a line.
    let mut at = after(body, 0, &delimiter[2..])?;
    while !body[at..].starts_with(b"--") {
        if parts.len() == MOST {
            return None;
        }
        let head = after(body, at, b"\r\n")?;
        // Where there are no headers, the end of that line is the first half of this.
        let content = after(body, head - 2, b"\r\n\r\n")?;
        let end = find(body, content, delimiter)?;
        let head = String::from_utf8_lossy(body.get(head..content - 4).unwrap_or_default());
        let (name, file) = (parameter(&head, "name")?, parameter(&head, "filename"));
        parts.push(Part { name, file, bytes: body.slice(content..end) });
        at = end + delimiter.len();
    }
    Some(parts)
}

fn boundary(headers: &HeaderMap) -> Option<&str> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let (kind, rest) = kind.split_once(';')?;
    let named = |parameter: &&str| parameter.trim_start().to_ascii_lowercase().starts_with("boundary=");
    let (_, boundary) = rest.split(';').find(named)?.split_once('=')?;
    let boundary = boundary.trim().trim_matches('"');
    let is_form = kind.trim().eq_ignore_ascii_case("multipart/form-data");
    (is_form && (1..=70).contains(&boundary.len())).then_some(boundary)
}

/// A parameter of the header that says which field it is; browsers send a quotation mark in it as `%22`.
fn parameter(head: &str, name: &str) -> Option<String> {
    let is_meant = |line: &&str| line.to_ascii_lowercase().starts_with("content-disposition:");
    let (_, rest) = head.lines().find(is_meant)?.split_once(&format!("; {name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("%22", "\""))
}

fn after(body: &[u8], from: usize, text: &[u8]) -> Option<usize> {
    Some(find(body, from, text)? + text.len())
}

fn find(body: &[u8], from: usize, text: &[u8]) -> Option<usize> {
    let (first, mut at) = (text.first()?, from);
    loop {
        at += body.get(at..)?.iter().position(|byte| byte == first)?;
        if body[at..].starts_with(text) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: &str, body: &str) -> Option<Vec<Part>> {
        let headers = [(header::CONTENT_TYPE, kind.parse().unwrap())].into_iter().collect();
        parts(&headers, &Bytes::from(body.to_owned()))
    }

    fn part(name: &str, file: Option<&str>, bytes: &'static str) -> Part {
        Part { name: name.to_owned(), file: file.map(str::to_owned), bytes: Bytes::from(bytes) }
    }

    const KIND: &str = "multipart/form-data; boundary=--x1";

    #[test]
    fn fields_and_files_come_in_their_order_with_all_their_bytes() {
        let body = "----x1\r\nContent-Disposition: form-data; name=\"said\"\r\n\r\nyes\r\n\
            ----x1\r\ncontent-disposition: form-data; name=\"file\"; filename=\"火化%22证明.jpg\"\r\n\
            Content-Type: image/jpeg\r\n\r\n\r\n--almost\r\n\r\n\r\n----x1--\r\n";
        let expected = vec![part("said", None, "yes"), part("file", Some("火化\"证明.jpg"), "\r\n--almost\r\n\r\n")];
        assert_eq!(read(KIND, body), Some(expected));
    }

    #[test]
    fn a_field_for_which_nothing_was_chosen_is_empty() {
        let body = "----x1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\
            Content-Type: application/octet-stream\r\n\r\n\r\n----x1--\r\n";
        assert_eq!(read("Multipart/Form-Data; boundary=\"--x1\"", body), Some(vec![part("file", Some(""), "")]));
        assert_eq!(read(KIND, "----x1--\r\n"), Some(Vec::new()));
    }

    #[test]
    fn what_breaks_off_or_is_no_such_form_is_not_read() {
        let whole = "----x1\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n----x1--\r\n";
        for length in 0..whole.len() - 4 {
            assert_eq!(read(KIND, &whole[..length]), None, "{length}");
        }
        let nameless = "----x1\r\n\r\nx\r\n----x1--\r\n";
        assert_eq!(read(KIND, nameless), None);
        for kind in
            ["application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "a; b"]
        {
            assert_eq!(read(kind, whole), None, "{kind}");
        }
        let many = "----x1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n".repeat(MOST + 1);
        assert_eq!(read(KIND, &format!("{many}----x1--\r\n")), None);
    }

    #[test]
    fn a_boundary_that_is_not_the_headers_ends_nothing() {
        let forged = "----x1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\npixels\r\n\
            ----x2\r\nContent-Disposition: form-data; name=\"do\"\r\n\r\nremove\r\n----x2--\r\n";
        assert_eq!(read(KIND, forged), None, "the file never ends");
        assert_eq!(read("multipart/form-data; boundary=--x3", forged), None);
        let whole = format!("{forged}\r\n----x1--\r\n");
        let parts = read(KIND, &whole).unwrap();
        assert_eq!((parts.len(), parts[0].name.as_str()), (1, "file"), "what the forger wrote is the file's");
        assert_eq!(read(&format!("multipart/form-data; boundary={}", "x".repeat(71)), &whole), None);
    }
}
