//! Says in every form of a page whom it was drawn for, so that a page which was left open is not sent in the name of whoever
//! signs in there next; and on which day, so that it does nothing to another one.

use chrono::NaiveDate;

/// The field that says for whom.
pub const DRAWN_FOR: &str = "drawn-for";
/// The field that says on which day.
pub const DRAWN_ON: &str = "drawn-on";

const END: &str = "</form>";

/// The page with the fields at the end of each form that does something. One that was carried along from a page before it is
/// still of the day of that page.
pub(super) fn said(html: &str, (whose, on): (&str, NaiveDate)) -> String {
    let whose = format!(r#"<input type="hidden" name="{DRAWN_FOR}" value="{whose}">"#);
    let day = format!(r#"<input type="hidden" name="{DRAWN_ON}" value="{on}">"#);
    let its_day = format!(r#"name="{DRAWN_ON}""#);
    let mut page = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some((form, after)) = rest.split_once(END) {
        page.push_str(form);
        if let Some(fields) = fields_of_one_that_does_something(form) {
            page.push_str(&whose);
            if !fields.contains(&its_day) {
                page.push_str(&day);
            }
        }
        page.push_str(END);
        rest = after;
    }
    page + rest
}

/// What stands in the form that this ends with, where it is sent to be done; one that only asks shows its fields in the address.
fn fields_of_one_that_does_something(form: &str) -> Option<&str> {
    let (tag, fields) = form.rsplit_once("<form").and_then(|(_, form)| form.split_once('>'))?;
    tag.contains(r#"method="post""#).then_some(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_that_does_something_says_for_whom_and_when_it_was_drawn_and_nothing_else_changes() {
        let drawn = ("one", NaiveDate::from_ymd_opt(2026, 5, 13).unwrap());
        let html = r#"<form class="a" method="post" action="/x"><button>办</button></form><p>一</p><form method="get"><input name="q"></form><form method="post"></form>二"#;
        let said_so = r#"<form class="a" method="post" action="/x"><button>办</button><input type="hidden" name="drawn-for" value="one"><input type="hidden" name="drawn-on" value="2026-05-13"></form><p>一</p><form method="get"><input name="q"></form><form method="post"><input type="hidden" name="drawn-for" value="one"><input type="hidden" name="drawn-on" value="2026-05-13"></form>二"#;
        assert_eq!(said(html, drawn), said_so);
        assert_eq!(said("<p>没有表单</p>", drawn), "<p>没有表单</p>");
        let carried = r#"<form method="post"><input type="hidden" name="drawn-on" value="2026-05-12"></form>"#;
        assert_eq!(said(carried, drawn).matches("drawn-on").count(), 1, "it stays of the day that it was of");
    }
}
