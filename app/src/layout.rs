//! The paper that pages are written on.

mod hall;
mod print;
mod resident;
mod staff;
mod switches;

pub use hall::hall;
pub use print::{print, print_for_staff};
pub use resident::resident;
pub use staff::staff;
pub use switches::{Switch, first_button};

use leptos::prelude::*;

use crate::{
    assets,
    visit::{Area, Mode, Visit},
};

/// What is written on a paper.
pub struct Content {
    pub body: AnyView,
    /// What the body needs at the end of the document.
    pub scripts: AnyView,
}

/// The document around a body: language, reading mode, title and style sheet.
fn document(visit: &Visit, title: &str, body: AnyView, scripts: AnyView) -> impl IntoView + use<> {
    let (mode, size) = match visit.mode {
        Mode::Standard => (None, None),
        Mode::Elder(size) => (Some("elder"), Some(size.px())),
    };
    let area = visit.area();
    // What only staff and screens look like is no weight of a resident's page.
    let sheet = (area != Area::Residents).then(|| {
        view! { <link rel="stylesheet" href=assets::staff_stylesheet() /> }
    });
    let accent = (visit.calm || area != Area::Residents).then_some("calm");
    let name = visit.say("惠民", "Huimin");
    let title = if title.is_empty() { name.to_owned() } else { format!("{title} · {name}") };
    let about = visit.say(
        "民政服务网上办理：不用注册，不用下载，打开就能办。",
        "Civil affairs online: nothing to register for, nothing to download.",
    );
    view! {
        <!DOCTYPE html>
        <html lang=visit.locale.tag() data-mode=mode data-size=size data-accent=accent data-area=area.name()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="format-detection" content="telephone=no" />
                <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#182225" media="(prefers-color-scheme: dark)" />
                <meta name="description" content=about />
                <title>{title}</title>
                <link rel="stylesheet" href=assets::stylesheet() />
                {sheet}
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
                <link rel="manifest" href="/manifest.webmanifest" />
            </head>
            <body>{body} {scripts}</body>
        </html>
    }
}
