//! Where somebody goes once they are signed in: a page for staff, and nowhere else.

use shared::locale::Locale;

use crate::pages::preferences::is_local;

/// The address, if it leads to a page of ours for staff that is not the door itself.
pub(super) fn own(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_prefix(Locale::En.prefix()).unwrap_or(path);
    let is_staff = path == "/staff" || path.starts_with("/staff/");
    let is_door = matches!(path, "/staff/sign-in" | "/staff/sign-out");
    // Steps up would lead out of the part that was just read.
    (is_local(address) && is_staff && !is_door && !path.contains("..")).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_on_to_pages_for_staff_and_nowhere_else() {
        for address in ["/staff", "/staff/day?office=nanshan&q=A012", "/en/staff/account", "/staff/office#screens"] {
            assert_eq!(own(address), Some(address));
        }
        for address in [
            "",
            "//evil.example/staff/day",
            "https://evil.example/staff/day",
            "/\\evil.example/staff",
            "/marriage",
            "/staffing",
            "/staff/../marriage",
            "/staff/sign-in?next=/staff/sign-in",
            "/en/staff/sign-out",
            "/staff/day\r\nset-cookie: a=b",
        ] {
            assert_eq!(own(address), None, "{address}");
        }
    }
}
