//! Holds together in a drawn page what no line may break, wherever it is said.

use crate::components::whole::{LINE, pieces};

/// The page with an element around each phrase that stays on one line.
pub(super) fn held_together(html: &str) -> String {
    let mut page = String::with_capacity(html.len() + html.len() / 8);
    let (mut rest, mut opened, mut in_a_row) = (html, "", false);
    while let Some((text, from)) = rest.split_once('<') {
        write(&mut page, text, opened, in_a_row);
        // Signs within attributes are escaped.
        let (tag, after) = from.split_once('>').unwrap_or((from, ""));
        page.extend(["<", tag, ">"]);
        rest = after;
        if tag.starts_with('!') {
            continue;
        }
        opened = tag;
        let name = tag.split(' ').next().unwrap_or_default();
        match name {
            "a" | "button" => in_a_row = true,
            "/a" | "/button" => in_a_row = false,
            // Text that is no part of the page's lines.
            "title" | "script" | "style" | "textarea" | "select" | "text" => {
                let end = rest.find(&format!("</{name}")).unwrap_or(rest.len());
                page.push_str(&rest[..end]);
                rest = &rest[end..];
            }
            _ => {}
        }
    }
    write(&mut page, rest, opened, in_a_row);
    page
}

fn write(page: &mut String, text: &str, opened: &str, in_a_row: bool) {
    let pieces = pieces(text);
    if opened.contains("hidden-visually") || pieces.iter().all(|piece| piece.parts().1.is_none()) {
        return page.push_str(text);
    }
    let line = in_a_row && pieces.len() > 1;
    if line {
        page.extend(["<span class=\"", LINE, "\">"]);
    }
    for (text, class) in pieces.into_iter().map(crate::components::whole::Piece::parts) {
        match class {
            Some(class) => page.extend(["<span class=\"", class, "\">", text, "</span>"]),
            None => page.push_str(text),
        }
    }
    if line {
        page.push_str("</span>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_held_together_and_nothing_else_changes() {
        let html = r#"<p title="8:30 am">于<!>上午 8:30 <b>剩 5 个</b>，请到</p>"#;
        let held = r#"<p title="8:30 am">于<!><span class="whole">上午 8:30</span> <b><span class="whole">剩 5 个</span></b>，请到</p>"#;
        assert_eq!(held_together(html), held);
    }

    #[test]
    fn a_link_or_a_button_keeps_its_text_as_one() {
        let html = "<a class=\"button\"><svg></svg>看 5月20日 的时间</a>";
        let held = "<a class=\"button\"><svg></svg><span class=\"line\">看 <span class=\"whole\">5月20日</span> 的时间</span></a>";
        assert_eq!(held_together(html), held);
    }

    #[test]
    fn what_is_no_line_of_the_page_is_left_alone() {
        for html in [
            "<title>5月20日</title>",
            "<select><option>5月20日 剩 5 个</option></select>",
            "<span class=\"hidden-visually\">5月20日</span>",
            "<script>5 天</script>",
            "<svg><text>5 天</text></svg>",
            "没有数字",
        ] {
            assert_eq!(held_together(html), html);
        }
    }
}
