//! What a sheet of paper says only on the screen: the way back, and how it is printed.

use leptos::prelude::*;
use shared::locale::Locale;

use super::back_link::BackLink;

#[component]
pub fn ForPrinting(locale: Locale, #[prop(into)] href: String, #[prop(into)] back: String) -> impl IntoView {
    view! {
        <div class="sheet-screen">
            <BackLink href=href text=back />
            <p>
                {locale.say(
                    "这一页是打印用的：请点浏览器菜单里的“打印”。",
                    "This page is for printing: choose Print in your browser’s menu.",
                )}
            </p>
        </div>
    }
}
