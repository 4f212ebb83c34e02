//! What somebody had typed when their session was over: kept in the page itself until they send it again.

use leptos::prelude::*;
use shared::{counter::ActName, locale::Locale};

use crate::{
    components::button::{Button, LinkButton, Weight},
    pairs::{Pairs, value},
};

/// A form that was sent without a session.
#[derive(Clone, Default)]
pub struct Kept(Pairs);

/// What is typed to prove who one is is never kept.
const SECRET: [&str; 6] = ["account", "password", "code", "new-password", "challenge", "answer"];
/// What stands before the name of a field that is kept.
const MARK: &str = "kept.";

impl Kept {
    /// Keeps a form that was sent to another page.
    pub fn of(typed: Pairs) -> Self {
        Self(typed.into_iter().filter(|(name, _)| !SECRET.contains(&name.as_str())).collect())
    }

    /// What the page for signing in carried along.
    pub(super) fn again(typed: &[(String, String)]) -> Self {
        let kept = typed.iter().filter_map(|(name, text)| Some((name.strip_prefix(MARK)?.to_owned(), text.clone())));
        Self::of(kept.collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Carries it along while somebody signs in.
    pub(super) fn hidden(&self) -> AnyView {
        let fields = self.0.iter().map(|(name, text)| field(format!("{MARK}{name}"), text.clone()));
        fields.collect_view().into_any()
    }

    /// The form as it was, to be sent by whoever is signed in now.
    pub(super) fn sent_again(self, locale: Locale, to: String, home: String) -> AnyView {
        let act = self.act(locale);
        let text = match act {
            Some(act) => format!("{}{act}", locale.say("接着做：", "Go on: ")),
            None => locale.say("接着提交刚才填写的内容", "Send what you had typed").to_owned(),
        };
        let fields = self.0.into_iter().map(|(name, text)| field(name, text)).collect_view();
        view! {
            <p>{locale.say("刚才的操作还没有办，内容都在。", "Nothing was done yet, and nothing was lost.")}</p>
            <form method="post" action=to>
                {fields}
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
        match value(&self.0, "do")?.split(':').next()? {
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
    use super::*;
    use crate::draw;

    fn pairs(list: &[(&str, &str)]) -> Pairs {
        list.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn what_was_typed_comes_back_and_what_proves_who_one_is_does_not() {
        let kept = Kept::of(pairs(&[("do", "park:3:abc"), ("password", "secret"), ("note", "a \"b\"\n<c>")]));
        let html = draw::fragment(|| kept.hidden());
        assert!(!html.contains("secret"), "{html}");
        assert!(html.contains(r#"name="kept.note" value="a &quot;b&quot;"#), "{html}");
        let again = Kept::again(&pairs(&[("kept.do", "park:3:abc"), ("kept.password", "x"), ("account", "clerk")]));
        assert_eq!(again.0, pairs(&[("do", "park:3:abc")]));
        assert_eq!(again.act(Locale::Zh), Some("暂放"));
    }
}
