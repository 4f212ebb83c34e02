//! Who is at the other end: the address, the browser's session, and whether another site sent the browser.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::atomic::{AtomicBool, Ordering},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{Extensions, HeaderMap, header, request::Parts},
};
use ipnet::IpNet;

use crate::app::App;
use crate::session::{self, Session};
use crate::settings::Settings;

/// The sender of one request.
#[derive(Clone, Debug)]
pub struct Client {
    /// For limits alone: it is not logged, and stored only as a keyed fingerprint of its network beside a hold that runs.
    pub address: IpAddr,
    pub session: Option<Session>,
}

impl Client {
    pub fn of(settings: &Settings, headers: &HeaderMap, extensions: &Extensions) -> Self {
        let peer = peer(extensions);
        if is_forwarded_in_vain(peer, headers, &settings.trusted_proxies) {
            warn_of_unnamed_proxy();
        }
        Self {
            address: address(peer, headers, &settings.trusted_proxies),
            session: cookie(headers, session::cookie_name(settings.production())).and_then(Session::parse),
        }
    }
}

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    /// Reads the sender once; whoever asks later in the same request gets the same.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let client = Self::of(app.settings(), &parts.headers, &parts.extensions);
        parts.extensions.insert(client.clone());
        Ok(client)
    }
}

/// Whether a state-changing request comes from a page of this portal, or from no browser at all.
///
/// Browsers name the sender in `Sec-Fetch-Site` or `Origin`, old ones in `Referer` alone, which our pages have them send. What
/// says none of them is no browser, unless it sends a form with cookies: a page of another site can keep an old browser from
/// saying where it was. Without a configured public address, the host that was asked counts.
pub fn from_here(headers: &HeaderMap, settings: &Settings) -> bool {
    // A header that is not text cannot name this site, so it must not read as absent.
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let is_ours = |origin: &str| {
        if settings.public_url.is_some() {
            return origin == settings.origin();
        }
        // `null` names nobody, as a request without a host does.
        origin.split_once("://").is_some_and(|(_, host)| Some(host) == text(header::HOST.as_str()))
    };
    match (text("sec-fetch-site"), text(header::ORIGIN.as_str()), text(header::REFERER.as_str())) {
        (Some(site), ..) => matches!(site, "same-origin" | "none"),
        (None, Some(origin), _) => is_ours(origin),
        (None, None, Some(page)) => is_ours(origin_of(page)),
        (None, None, None) => {
            let is_form = text(header::CONTENT_TYPE.as_str()).is_some_and(|kind| !kind.starts_with("application/json"));
            !(is_form && headers.contains_key(header::COOKIE))
        }
    }
}

/// The origin of an address, which ends where its path begins.
fn origin_of(page: &str) -> &str {
    let host = page.find("://").map_or(0, |colon| colon + 3);
    page[host..].find(['/', '?', '#']).map_or(page, |end| &page[..host + end])
}

/// Whether the request came straight from this machine, through no proxy.
pub fn is_local(headers: &HeaderMap, extensions: &Extensions) -> bool {
    let proxied = headers.contains_key(FORWARDED_FOR) || headers.contains_key(header::FORWARDED);
    !proxied && peer(extensions).is_some_and(|peer| peer.to_canonical().is_loopback())
}

/// The value of a cookie; the first, when a browser sends several of that name.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    cookies(headers).find_map(|(known, value)| (known == name).then_some(value))
}

/// Names and values of all cookies, as sent; what is no pair is a name without a value.
pub fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lists = headers.get_all(header::COOKIE).iter().map(|list| list.to_str().unwrap_or("unreadable"));
    let pairs = lists.flat_map(|list| list.split(';')).map(str::trim).filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(name, value)| (name.trim(), value.trim()))
}

/// Whether a client takes answers in brotli.
pub fn takes_brotli(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = quality.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>);
        name.trim().eq_ignore_ascii_case("br") && weight.is_ok_and(|weight| weight > 0.0)
    })
}

const FORWARDED_FOR: &str = "x-forwarded-for";

fn peer(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip())
}

/// Whether a sender says for whom it forwards whom nobody named as a proxy.
fn is_forwarded_in_vain(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[IpNet]) -> bool {
    let is_ours = |peer: IpAddr| trusted.iter().any(|network| network.contains(&peer.to_canonical()));
    headers.contains_key(FORWARDED_FOR) && !peer.is_some_and(is_ours)
}

/// Once in the life of a process: anybody can send the header, and nobody shall fill the log with it.
fn warn_of_unnamed_proxy() {
    static TOLD: AtomicBool = AtomicBool::new(false);
    if is_first(&TOLD) {
        tracing::warn!(
            "X-Forwarded-For came from a sender that HUIMIN_TRUSTED_PROXIES does not name, and is not believed; if that is \
             the reverse proxy, all residents count as one address until it is named"
        );
    }
}

fn is_first(told: &AtomicBool) -> bool {
    !told.swap(true, Ordering::Relaxed)
}

/// The nearest address that is not one of our proxies; only they are believed about who stands behind them.
fn address(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let trusts = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut nearest = peer.unwrap_or(Ipv4Addr::UNSPECIFIED.into()).to_canonical();
    let lines = headers.get_all(FORWARDED_FOR).iter().map(|line| line.to_str().unwrap_or_default());
    let hops: Vec<_> = lines.flat_map(|line| line.split(',')).collect();
    for hop in hops.into_iter().rev() {
        let Some(next) = parse(hop.trim()).filter(|_| trusts(&nearest)) else { break };
        nearest = next;
    }
    nearest
}

/// An address as proxies write it: bare, in brackets, or with a port.
fn parse(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']')).unwrap_or(hop);
    let address = bare.parse().ok().or_else(|| hop.parse().ok().map(|hop: SocketAddr| hop.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    fn headers(list: &[(&'static str, &'static str)]) -> HeaderMap {
        list.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn address_of(peer: &str, forwarded: &[&'static str], trusted: &[&str]) -> String {
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        address(Some(peer.parse().unwrap()), &headers, &trusted).to_string()
    }

    #[test]
    fn strangers_are_not_believed_about_where_they_come_from() {
        assert_eq!(address_of("203.0.113.9", &["10.1.1.1"], &[]), "203.0.113.9");
        assert_eq!(address_of("203.0.113.9", &["10.1.1.1"], &["10.0.0.0/8"]), "203.0.113.9");
    }

    #[test]
    fn the_rightmost_address_that_is_no_proxy_of_ours_counts() {
        let ours = ["10.0.0.0/8"];
        assert_eq!(address_of("10.0.0.1", &["198.51.100.7"], &ours), "198.51.100.7");
        assert_eq!(address_of("10.0.0.1", &["1.2.3.4, 198.51.100.7, 10.9.9.9"], &ours), "198.51.100.7");
        assert_eq!(address_of("10.0.0.1", &["1.2.3.4", "198.51.100.7", "10.9.9.9"], &ours), "198.51.100.7");
        assert_eq!(address_of("10.0.0.1", &[], &ours), "10.0.0.1");
        assert_eq!(address_of("10.0.0.1", &["10.2.2.2"], &ours), "10.2.2.2");
    }

    #[test]
    fn what_is_no_address_ends_the_search() {
        let ours = ["10.0.0.0/8"];
        assert_eq!(address_of("10.0.0.1", &["198.51.100.7, nonsense"], &ours), "10.0.0.1");
        assert_eq!(address_of("10.0.0.1", &["nonsense, 10.2.2.2"], &ours), "10.2.2.2");
        assert_eq!(address_of("10.0.0.1", &[","], &ours), "10.0.0.1");
    }

    #[test]
    fn a_proxy_that_nobody_named_is_noticed_once() {
        let forwarded = headers(&[("x-forwarded-for", "198.51.100.7")]);
        let in_vain = |peer: &str, headers: &HeaderMap, trusted: &[&str]| {
            let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
            is_forwarded_in_vain(Some(peer.parse().unwrap()), headers, &trusted)
        };
        assert!(in_vain("10.0.0.1", &forwarded, &[]));
        assert!(in_vain("203.0.113.9", &forwarded, &["10.0.0.0/8"]));
        assert!(!in_vain("::ffff:10.0.0.1", &forwarded, &["10.0.0.0/8"]));
        assert!(!in_vain("10.0.0.1", &HeaderMap::new(), &[]));
        let told = AtomicBool::new(false);
        assert_eq!([(); 3].map(|()| is_first(&told)), [true, false, false]);
    }

    #[test]
    fn ports_brackets_and_mapped_addresses_are_read() {
        let ours = ["10.0.0.0/8"];
        for (written, read) in [
            ("198.51.100.7:4711", "198.51.100.7"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"),
            ("::ffff:198.51.100.7", "198.51.100.7"),
        ] {
            assert_eq!(address_of("::ffff:10.0.0.1", &[written], &ours), read);
        }
    }

    #[test]
    fn only_a_direct_neighbour_on_this_machine_is_local() {
        let with = |peer: Option<&str>, list: &[(&'static str, &'static str)]| {
            let mut extensions = Extensions::new();
            if let Some(peer) = peer {
                extensions.insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
            }
            is_local(&headers(list), &extensions)
        };
        assert!(with(Some("127.0.0.1:5000"), &[]));
        assert!(with(Some("[::1]:5000"), &[]));
        assert!(with(Some("[::ffff:127.0.0.1]:5000"), &[]));
        assert!(!with(Some("203.0.113.9:5000"), &[]));
        assert!(!with(Some("127.0.0.1:5000"), &[("x-forwarded-for", "203.0.113.9")]));
        assert!(!with(Some("127.0.0.1:5000"), &[("forwarded", "for=203.0.113.9")]));
        assert!(!with(None, &[]));
    }

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        settings: Settings,
    }

    fn taken(list: &[(&'static str, &'static str)], flags: &[&str]) -> bool {
        let settings = Command::parse_from(["huimin"].iter().chain(flags)).settings;
        from_here(&headers(list), &settings)
    }

    #[test]
    fn a_request_of_this_portal_is_taken() {
        let public = ["--public-url", "https://huimin.example"];
        assert!(taken(&[("sec-fetch-site", "same-origin")], &public));
        assert!(taken(&[("origin", "https://huimin.example")], &public));
        assert!(taken(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")], &[]));
        for silent in [
            &[][..],
            &[("content-type", "application/x-www-form-urlencoded")],
            &[("cookie", "staff=x"), ("content-type", "application/json")],
            &[("cookie", "staff=x")],
        ] {
            assert!(taken(silent, &public), "{silent:?}");
        }
        for page in
            ["https://huimin.example/staff/day?date=2026-05-13", "https://huimin.example", "https://huimin.example/"]
        {
            assert!(taken(&[("referer", page)], &public), "{page}");
        }
        assert!(taken(&[("referer", "http://127.0.0.1:3000/staff"), ("host", "127.0.0.1:3000")], &[]));
        // Whoever names the sender need not be asked where they were.
        assert!(taken(&[("origin", "https://huimin.example"), ("referer", "https://evil.example/")], &public));
    }

    #[test]
    fn a_request_that_another_site_had_sent_is_refused() {
        let public = ["--public-url", "https://huimin.example"];
        for list in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site"), ("origin", "https://huimin.example")],
            &[("origin", "https://evil.example")],
            &[("origin", "https://huimin.example.evil.example")],
            &[("origin", "http://huimin.example")],
            &[("origin", "null")],
            &[("origin", "")],
            &[("referer", "http://evil.example/")],
            &[("referer", "https://evil.example?https://huimin.example/")],
            &[("referer", "https://huimin.example.evil.example/")],
            &[("referer", "https://huimin.example@evil.example/")],
            &[("referer", "http://huimin.example/")],
            &[("referer", "about:blank")],
            &[("origin", "null"), ("referer", "https://huimin.example/")],
            &[("cookie", "staff=x"), ("content-type", "application/x-www-form-urlencoded")],
            &[("cookie", "session=x"), ("content-type", "text/plain")],
        ] {
            assert!(!taken(list, &public), "{list:?}");
        }
        assert!(!taken(&[("origin", "null"), ("host", "127.0.0.1:3000")], &[]));
        for header in ["origin", "referer"] {
            assert!(!taken(&[(header, "http://evil.example"), ("host", "127.0.0.1:3000")], &[]));
        }
    }

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let map = headers(&[("cookie", "a=1; session=abc; __Host-session=x")]);
        assert_eq!(cookie(&map, "session"), Some("abc"));
        assert_eq!(cookie(&map, "sess"), None);
    }
}
