//! Where a notice may lead: to a page of this portal, or to a site of the government over https.

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// A path of this portal, without the language.
    Here(&'a str),
    /// An address of another site.
    Government(&'a str),
}

const LONGEST: usize = 200;

impl<'a> Target<'a> {
    /// Nothing for an address that no notice may lead to.
    pub fn parse(address: &'a str) -> Option<Self> {
        let fits = address.len() <= LONGEST && address.bytes().all(is_plain);
        if !fits {
            return None;
        }
        if let Some(rest) = address.strip_prefix('/') {
            // Two slashes lead to another host.
            return (!rest.starts_with('/')).then_some(Self::Here(address));
        }
        let rest = address.strip_prefix("https://")?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        is_government(host).then_some(Self::Government(address))
    }
}

/// A host below `gov.cn`, without port, name or password.
fn is_government(host: &str) -> bool {
    let Some(name) = host.strip_suffix(".gov.cn") else { return false };
    name.split('.').all(|label| {
        let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !label.is_empty() && label.bytes().all(inner) && !label.starts_with('-') && !label.ends_with('-')
    })
}

/// What stands in an address as it is; a backslash is a slash to some browsers.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'*+,;=%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_leads_to_this_portal_and_to_the_government() {
        for path in ["/", "/marriage/book?registry=nanshan#day", "/benefits/dibao"] {
            assert_eq!(Target::parse(path), Some(Target::Here(path)));
        }
        for address in ["https://www.mca.gov.cn", "https://mzj.sz.gov.cn/a/b.html?c=1"] {
            assert_eq!(Target::parse(address), Some(Target::Government(address)));
        }
    }

    #[test]
    fn it_leads_nowhere_else() {
        for address in [
            "",
            "marriage",
            "//evil.example",
            "/\\evil.example",
            "http://www.mca.gov.cn",
            "https://gov.cn",
            "https://.gov.cn",
            "https://a..gov.cn",
            "https://evil.example/.gov.cn",
            "https://evil.example?.gov.cn",
            "https://evil.example#.gov.cn",
            "https://www.gov.cn.evil.example",
            "https://www.mca.gov.cn@evil.example",
            "https://me:secret@www.mca.gov.cn",
            "https://www.mca.gov.cn:8443",
            "https://evilgov.cn",
            "https://民政.gov.cn",
            "https://evil.example\\.gov.cn",
            "javascript:alert(1)",
            "data:text/html,x",
            "mailto:a@b.gov.cn",
            " https://www.mca.gov.cn",
            "/a b",
            "/a\nb",
            "/a\"onclick=",
            "/<b>",
            &format!("/{}", "x".repeat(200)),
        ] {
            assert_eq!(Target::parse(address), None, "{address}");
        }
    }
}
