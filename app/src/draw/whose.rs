//! Says in every form of a page whom it was drawn for, so that a page which was left open is not sent in the name of whoever
//! signs in there next.

/// The field that says so.
pub const DRAWN_FOR: &str = "drawn-for";

const END: &str = "</form>";

/// The page with the field at the end of each form that does something.
pub(super) fn said(html: &str, whose: &str) -> String {
    let field = format!(r#"<input type="hidden" name="{DRAWN_FOR}" value="{whose}">"#);
    let mut page = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some((form, after)) = rest.split_once(END) {
        page.push_str(form);
        if does_something(form) {
            page.push_str(&field);
        }
        page.push_str(END);
        rest = after;
    }
    page + rest
}

/// Whether the form that this ends with is sent to be done; one that only asks shows its fields in the address.
fn does_something(form: &str) -> bool {
    let tag = form.rsplit_once("<form").and_then(|(_, form)| form.split_once('>'));
    tag.is_some_and(|(tag, _)| tag.contains(r#"method="post""#))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_that_does_something_says_whom_it_was_drawn_for_and_nothing_else_changes() {
        let html = r#"<form class="a" method="post" action="/x"><button>办</button></form><p>一</p><form method="get"><input name="q"></form><form method="post"></form>二"#;
        let said_so = r#"<form class="a" method="post" action="/x"><button>办</button><input type="hidden" name="drawn-for" value="one"></form><p>一</p><form method="get"><input name="q"></form><form method="post"><input type="hidden" name="drawn-for" value="one"></form>二"#;
        assert_eq!(said(html, "one"), said_so);
        assert_eq!(said("<p>没有表单</p>", "one"), "<p>没有表单</p>");
    }
}
