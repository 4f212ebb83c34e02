//! A way out for somebody who may be watched: leads to a weather page and, with scripts, replaces this page in
//! the browser's history (`public/assets/replace-history.js`).

use leptos::prelude::*;
use shared::locale::Locale;

#[component]
pub fn QuickExit(locale: Locale) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::draw::needs(crate::draw::Script::ReplaceHistory);
    view! {
        <a class="quick-exit" href=ELSEWHERE rel="noreferrer" data-replace>
            {locale.say("马上离开这个页面", "Leave this page now")}
        </a>
    }
}

/// A page that gives nothing away to whoever looks on.
const ELSEWHERE: &str = "https://www.weather.com.cn/";
