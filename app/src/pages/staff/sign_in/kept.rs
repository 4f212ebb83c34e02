//! What somebody had typed when their session was over: kept in the page itself until they send it again.

use axum::{http::HeaderMap, response::Response};
use leptos::prelude::*;
use server::{App, client::cookie};
use shared::{counter::ActName, locale::Locale, staff::AccountName};

use crate::{
    components::button::{Button, LinkButton, Weight},
    cookies,
    draw::{DRAWN_FOR, DRAWN_ON},
    pairs::{Pairs, value},
};

/// A form that was sent without a session.
#[derive(Clone, Default)]
pub enum Kept {
    /// Nothing was sent.
    #[default]
    Nothing,
    /// Nobody knows who typed it, or somebody else than who signed in: it is nobody's to send.
    Lost,
    Form(Typed),
}

/// What was typed, and by whom, as their fingerprint.
#[derive(Clone)]
pub struct Typed {
    form: Pairs,
    by: String,
}

/// What is typed to prove who one is is never kept.
const SECRET: [&str; 6] = ["account", "password", "code", "new-password", "challenge", "answer"];
/// What stands before the name of a field that is kept.
const MARK: &str = "kept.";
/// The field that says whose they are.
const BY: &str = "kept-by";

/// How pages and cookies name an account: only this portal knows which it is.
pub fn typist(app: &App, account: &AccountName) -> String {
    app.keys().fingerprint("staff-typist", account.as_str().as_bytes())
}

/// Whose it is what is typed in a browser, where it says nobody or somebody else.
pub fn new_typist(app: &App, headers: &HeaderMap, account: &AccountName) -> Option<String> {
    let typist = typist(app, account);
    let known = cookie(headers, cookies::TYPIST.under(app.settings().production()));
    (known != Some(typist.as_str())).then_some(typist)
}

/// Whatever is typed in this browser from now on is theirs.
pub fn begin(page: Response, typist: String, production: bool) -> Response {
    cookies::give(page, &cookies::ours(cookies::TYPIST, typist, production))
}

/// Whatever is typed in this browser from now on is nobody's.
pub fn end(page: Response, production: bool) -> Response {
    let mut cookie = cookies::ours(cookies::TYPIST, "", production);
    cookie.make_removal();
    cookies::give(page, &cookie)
}

impl Kept {
    /// Keeps a form that was sent to another page, for whoever was signed in last in this browser; where it was drawn for
    /// somebody else, nobody knows who typed it.
    pub fn of(typed: Pairs, headers: &HeaderMap, production: bool) -> Self {
        let last = cookie(headers, cookies::TYPIST.under(production));
        let is_theirs = value(&typed, DRAWN_FOR).is_none_or(|mark| last == Some(mark));
        Self::by(typed, last.filter(|_| is_theirs))
    }

    /// Keeps a form for whoever it was drawn for, who is not signed in.
    pub(super) fn of_another(typed: Pairs) -> Self {
        let by = value(&typed, DRAWN_FOR).map(str::to_owned);
        Self::by(typed, by.as_deref())
    }

    /// What the page for signing in carried along.
    pub(super) fn again(typed: &Pairs) -> Self {
        let kept = typed.iter().filter_map(|(name, text)| Some((name.strip_prefix(MARK)?.to_owned(), text.clone())));
        Self::by(kept.collect(), value(typed, BY))
    }

    fn by(typed: Pairs, by: Option<&str>) -> Self {
        let is_kept = |name: &str| name != DRAWN_FOR && !SECRET.contains(&name);
        let form: Pairs = typed.into_iter().filter(|(name, _)| is_kept(name.as_str())).collect();
        match by.filter(|by| !by.is_empty()) {
            _ if form.iter().all(|(name, _)| name == DRAWN_ON) => Self::Nothing,
            None => Self::Lost,
            Some(by) => Self::Form(Typed { form, by: by.to_owned() }),
        }
    }

    /// What of it is for somebody who has signed in: what they typed themselves.
    pub(super) fn for_typist(self, typist: &str) -> Self {
        match self {
            Self::Form(typed) if typed.by != typist => Self::Lost,
            kept => kept,
        }
    }

    /// Carries it along while somebody signs in.
    pub(super) fn hidden(&self) -> Option<AnyView> {
        let Self::Form(Typed { form, by }) = self else { return None };
        let fields = form.iter().map(|(name, text)| field(format!("{MARK}{name}"), text.clone()));
        Some(view! { {field(BY.to_owned(), by.clone())} {fields.collect_view()} }.into_any())
    }
}

impl Typed {
    /// The form as it was, to be sent by whoever is signed in now.
    pub(super) fn sent_again(self, locale: Locale, to: String, home: String) -> AnyView {
        let act = self.act(locale);
        let text = match act {
            Some(act) => format!("{}{act}", locale.say("接着做：", "Go on: ")),
            None => locale.say("接着提交刚才填写的内容", "Send what you had typed").to_owned(),
        };
        let fields = self.form.into_iter().map(|(name, text)| field(name, text)).collect_view();
        view! {
            <p>{locale.say("刚才的操作还没有办，内容都在。", "Nothing was done yet, and nothing was lost.")}</p>
            <form method="post" action=to>
                {fields}
                {field(DRAWN_FOR.to_owned(), self.by)}
                <p class="actions">
                    <Button text=text />
                    <LinkButton href=home text=locale.say("不做了", "Leave it") weight=Weight::Quiet />
                </p>
            </form>
        }
        .into_any()
    }

    /// What its button said, where it was one of the day sheet.
    fn act(&self, locale: Locale) -> Option<&'static str> {
        match value(&self.form, "do")?.split(':').next()? {
            "next" => Some(locale.say("叫下一个", "call the next")),
            // That of the page where a booking is released.
            "release" => None,
            act => ActName::from_name(act).map(|act| act.words(locale)),
        }
    }
}

fn field(name: String, text: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=text /> }
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::*;
    use crate::draw;

    fn pairs(list: &[(&str, &str)]) -> Pairs {
        list.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn what_was_typed_comes_back_and_what_proves_who_one_is_does_not() {
        let kept =
            Kept::by(pairs(&[("do", "park:3:abc"), ("password", "secret"), ("note", "a \"b\"\n<c>")]), Some("one"));
        let html = draw::fragment(|| kept.hidden());
        assert!(!html.contains("secret"), "{html}");
        assert!(html.contains(r#"name="kept.note" value="a &quot;b&quot;"#), "{html}");
        assert!(html.contains(r#"name="kept-by" value="one""#), "{html}");
        let sent = [("kept.do", "park:3:abc"), ("kept.password", "x"), ("account", "clerk"), ("kept-by", "one")];
        let Kept::Form(again) = Kept::again(&pairs(&sent)).for_typist("one") else { panic!("it is theirs") };
        assert_eq!(again.form, pairs(&[("do", "park:3:abc")]));
        assert_eq!(again.act(Locale::Zh), Some("暂放"));
    }

    #[test]
    fn what_was_drawn_for_one_and_sent_where_another_came_last_is_known_to_be_nobodys() {
        let headers = |typist: &str| -> HeaderMap {
            HeaderMap::from_iter([(header::COOKIE, format!("staff-typist={typist}").parse().unwrap())])
        };
        let form = || pairs(&[("do", "park:3:abc"), ("drawn-for", "one")]);
        let Kept::Form(typed) = Kept::of(form(), &headers("one"), false) else { panic!("it is theirs") };
        assert_eq!((typed.form.clone(), &*typed.by), (pairs(&[("do", "park:3:abc")]), "one"));
        let html = draw::fragment(|| typed.sent_again(Locale::Zh, "/to".to_owned(), "/home".to_owned()));
        assert!(html.contains(r#"name="drawn-for" value="one""#), "it stays theirs until it is sent: {html}");
        assert!(matches!(Kept::of(form(), &headers("other"), false), Kept::Lost));
        assert!(matches!(Kept::of_another(form()), Kept::Form(Typed { by, .. }) if by == "one"));
        assert!(matches!(Kept::of_another(pairs(&[("drawn-for", "one")])), Kept::Nothing));
        let on_its_day = [("drawn-for", "one"), ("drawn-on", "2026-05-13")];
        assert!(
            matches!(Kept::of_another(pairs(&on_its_day)), Kept::Nothing),
            "the day of a page is nothing that was typed"
        );
    }

    #[test]
    fn what_somebody_else_typed_is_nobodys_to_send() {
        let form = || pairs(&[("do", "park:3:abc")]);
        assert!(matches!(Kept::by(form(), Some("one")).for_typist("other"), Kept::Lost));
        assert!(matches!(Kept::by(form(), None), Kept::Lost), "nor what nobody is known to have typed");
        assert!(matches!(Kept::by(form(), Some("")), Kept::Lost));
        assert!(matches!(Kept::by(pairs(&[]), None), Kept::Nothing), "where nothing was typed nothing is lost");
    }
}
