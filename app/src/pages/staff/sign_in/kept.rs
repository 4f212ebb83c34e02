//! What somebody had typed when their session was over, or when another account was signed in: kept in the page itself, for the
//! account that its form was drawn for, until they send it or throw it away.

use leptos::prelude::*;
use server::App;
use shared::staff::AccountName;

use crate::{
    draw::{DRAWN_FOR, DRAWN_ON},
    pairs::{Pairs, value},
};

/// A form that was not done.
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
    pub(super) form: Pairs,
    by: String,
}

/// What is typed to prove who one is, or what somebody was handed to prove it, is never kept.
const SECRET: [&str; 9] =
    ["account", "password", "code", "new-password", "new-code", "sealed", "word", "invitation", "challenge"];
/// What a key answers, where a key was asked.
const ANSWER: &str = "answer";
/// What stands before an account in the name of the field for the digits that its owner says.
const NUMBER: &str = "number.";
/// What stands before the name of a field that is kept.
const MARK: &str = "kept.";
/// The field that says whose they are.
const BY: &str = "kept-by";

/// How pages name an account: only this portal knows which it is.
pub fn typist(app: &App, account: &AccountName) -> String {
    app.keys().fingerprint("staff-typist", account.as_str().as_bytes())
}

impl Kept {
    /// Keeps a form for whoever it was drawn for, whoever was signed in in the same browser since. Nobody knows who typed one that
    /// does not say so.
    pub fn of(typed: Pairs) -> Self {
        let by = value(&typed, DRAWN_FOR).map(str::to_owned);
        Self::by(typed, by.as_deref())
    }

    /// What the page for signing in carried along.
    pub(super) fn again(typed: &Pairs) -> Self {
        let kept = typed.iter().filter_map(|(name, text)| Some((name.strip_prefix(MARK)?.to_owned(), text.clone())));
        Self::by(kept.collect(), value(typed, BY))
    }

    fn by(typed: Pairs, by: Option<&str>) -> Self {
        let form = without_proof(typed);
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
    /// The fields of the form as it was, to be sent by whoever typed it.
    pub(super) fn fields(self) -> AnyView {
        let fields = self.form.into_iter().map(|(name, text)| field(name, text)).collect_view();
        view! { {fields} {field(DRAWN_FOR.to_owned(), self.by)} }.into_any()
    }
}

/// What was typed of a form, without what proves who somebody is and without whom it was drawn for.
pub(super) fn without_proof(typed: Pairs) -> Pairs {
    let asked_a_key = value(&typed, "challenge").is_some();
    let is_kept = |name: &str| {
        let is_proof = SECRET.contains(&name) || name.starts_with(NUMBER) || (asked_a_key && name == ANSWER);
        name != DRAWN_FOR && !is_proof
    };
    typed.into_iter().filter(|(name, _)| is_kept(name.as_str())).collect()
}

fn field(name: String, text: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=text /> }
}

#[cfg(test)]
mod tests {
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
    }

    #[test]
    fn no_password_code_number_or_answer_of_a_key_is_kept_and_what_an_application_answers_is() {
        for proof in ["password", "code", "new-password", "new-code", "sealed", "word", "invitation", "number.clerk1"] {
            assert!(matches!(Kept::by(pairs(&[(proof, "secret")]), Some("one")), Kept::Nothing), "{proof}");
        }
        let of_a_key = pairs(&[("name", "my key"), ("challenge", "1"), ("answer", "{}")]);
        assert_eq!(without_proof(of_a_key), pairs(&[("name", "my key")]));
        let put_right = pairs(&[("correct", "address"), ("answer", "示例路 9 号")]);
        assert_eq!(without_proof(put_right.clone()), put_right);
    }

    #[test]
    fn what_was_drawn_for_somebody_is_theirs_whoever_was_signed_in_since_and_what_says_of_nobody_is_nobodys() {
        let Kept::Form(typed) = Kept::of(pairs(&[("do", "park:3:abc"), ("drawn-for", "one")])) else {
            panic!("it is theirs")
        };
        assert_eq!((typed.form.clone(), &*typed.by), (pairs(&[("do", "park:3:abc")]), "one"));
        let html = draw::fragment(|| typed.fields());
        assert!(html.contains(r#"name="drawn-for" value="one""#), "it stays theirs until it is sent: {html}");
        assert!(matches!(Kept::of(pairs(&[("do", "park:3:abc")])), Kept::Lost));
        assert!(matches!(Kept::of(pairs(&[("drawn-for", "one")])), Kept::Nothing));
        let on_its_day = [("drawn-for", "one"), ("drawn-on", "2026-05-13")];
        assert!(matches!(Kept::of(pairs(&on_its_day)), Kept::Nothing), "the day of a page is nothing that was typed");
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
