//! What a list has for the script that puts the nearest first and finds what is being typed, on the phone alone
//! (`public/assets/begin-near.js`): where the list is, the button, and words for all that can come of it. Nothing of it is seen
//! without the script.

use leptos::prelude::*;
use shared::{
    directory::{Filter, Listing, said::table},
    locale::Locale,
    places::PlaceId,
};

use super::{Scene, empty::otherwise, entry::blank, invented, streets::to};
use crate::{
    components::{
        notice::{Notice, Tone},
        row_link::RowLink,
    },
    draw::{Script, needs},
};

/// The button, and before it is pressed what it is for; where the filter keeps everything away, only what the typed words need.
pub fn ask(scene: &Scene<'_>, filter: &Filter, is_any: bool) -> AnyView {
    needs(Script::Near);
    let (locale, kind) = (scene.locale(), scene.kind());
    // Of invented hours a phone says that nobody has confirmed them, and the page says the rest.
    let is_invented = |id: &&PlaceId| scene.directory.get(id).is_some_and(|one| one.times.are_invented());
    let booked = scene.bookable.iter().filter(|id| !is_invented(id));
    let booked = booked.map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let button = is_any.then(|| {
        view! {
            <button type="button" class="button button-primary near-ask" data-act="near" aria-describedby="near-why">
                {locale.say("找离我最近的", "Find the nearest to me")}
            </button>
            <p class="hint" id="near-why">
                {locale.say(
                    "点了以后手机会先问您同不同意。位置只在这台手机上用来排远近，不发出去，也不留下来。",
                    "Your phone asks you first. Where you are is used on this phone alone, to put the nearest first. It is neither sent \
                     nor kept.",
                )}
            </p>
        }
    });
    view! {
        <section
            id="near"
            class="near off-paper"
            hidden=true
            data-list=scene.directory.address()
            data-latest=format!("/api/v1/bundles/{}", kind.id)
            data-now=scene.now.and_utc().timestamp().to_string()
            data-words=table(locale, scene.pages.open.say(locale))
            data-booked=booked
            data-invented=ids_of_invented(scene)
            data-path=scene.pages.url(scene.visit, "")
        >
            {button}
            <div role="status"></div>
            {words(locale, to(scene, filter))}
        </section>
    }
    .into_any()
}

/// What is said while the phone is asked, and where nothing comes of it: each with what to do.
fn words(locale: Locale, here: String) -> Vec<AnyView> {
    let say = |why: &'static str, tone, title: [&'static str; 2], what: [&'static str; 2]| {
        let (title, what) = (locale.say(title[0], title[1]), locale.say(what[0], what[1]));
        view! {
            <template data-why=why>
                <Notice title=title tone=tone>
                    <p>{what}</p>
                </Notice>
            </template>
        }
        .into_any()
    };
    let reload = locale.say("重新打开这一页", "Open this page again");
    let format = view! {
        <template data-why="format">
            <Notice title=locale.say("这一页放了一阵，已经旧了。", "This page is out of date.") tone=Tone::Warning>
                <p><a href=here>{reload}</a></p>
            </Notice>
        </template>
    }
    .into_any();
    vec![
        say(
            "asking",
            Tone::Info,
            ["正在找您的位置……", "Finding where you are…"],
            ["手机问您的话，请点“允许”。", "If your phone asks, press “Allow”."],
        ),
        say(
            "denied",
            Tone::Warning,
            ["手机没有允许用位置。", "Your phone did not allow it."],
            [
                "不要紧，下面的名单照样可以选。想用的话，在手机设置和浏览器的网站设置里允许“位置”，再点一次。",
                "Never mind: you can choose from the list below. To use it after all, allow “Location” in the settings of your phone and \
                 for this site, then press again.",
            ],
        ),
        say(
            "unavailable",
            Tone::Warning,
            ["手机现在不知道自己在哪里。", "Your phone does not know where it is."],
            [
                "请打开手机的“定位”，到窗边或者室外再点一次；也可以在下面的名单里选。",
                "Switch location on, and press again by a window or outdoors; or choose from the list below.",
            ],
        ),
        say(
            "timeout",
            Tone::Warning,
            ["等了 15 秒，手机还没有给出位置。", "Your phone gave no position within 15 seconds."],
            [
                "到窗边或者室外再点一次；也可以在下面的名单里选。",
                "Press again by a window or outdoors; or choose from the list below.",
            ],
        ),
        say(
            "network",
            Tone::Warning,
            ["名单没有取到，可能没有网络。", "The list did not arrive: there may be no network."],
            [
                "有网络以后再点一次。这一页上已经有的，照样可以看、可以打电话。",
                "Press again once you are online. What is on this page already can be read and called all the same.",
            ],
        ),
        say(
            "unsupported",
            Tone::Warning,
            ["这个浏览器不能告诉网页您在哪里。", "This browser cannot tell a page where you are."],
            [
                "请在下面的名单里选，或者用手机自带的浏览器打开这一页。",
                "Choose from the list below, or open this page in the browser that came with your phone.",
            ],
        ),
        // Its words come with the answer.
        say("unsorted", Tone::Warning, ["-", "-"], ["-", "-"]),
        format,
    ]
}

/// Where the nearest are shown, in place of the list by street.
pub fn answer(scene: &Scene<'_>, filter: &Filter) -> AnyView {
    let locale = scene.locale();
    view! {
        <section id="near-answer" class="near-answer flow off-paper" hidden=true>
            <h2 tabindex="-1"></h2>
            <div class="near-notes"></div>
            {invented_hours(scene)}
            <p class="actions">
                <button type="button" class="button button-secondary" data-act="undo">
                    {locale.say("还是看原来的名单", "Show the list as it was")}
                </button>
            </p>
            <ul class="place-list" role="list"></ul>
            <div class="near-otherwise">{otherwise(scene, filter)}</div>
            <p class="actions">
                <button type="button" class="button button-secondary" data-act="more">
                    {locale.say("再看 20 个", "Show 20 more")}
                </button>
            </p>
            <template>{blank(locale)}</template>
        </section>
    }
    .into_any()
}

/// Whose hours are invented, beside what a phone finds by itself.
pub fn invented_hours(scene: &Scene<'_>) -> Option<AnyView> {
    let locale = scene.locale();
    let names: Vec<_> = with_invented_hours(scene).map(|one| one.name.say(locale)).collect();
    let tag = invented::tag(locale, !names.is_empty())?;
    let names = names.join(locale.say("、", ", "));
    Some(view! { <p>{tag} " " {names}</p> }.into_any())
}

/// Of these a phone's row has no colour that says that somebody is there, as a row of ours has none.
fn ids_of_invented(scene: &Scene<'_>) -> String {
    with_invented_hours(scene).map(|one| one.id.to_string()).collect::<Vec<_>>().join(" ")
}

fn with_invented_hours<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = &'s Listing> {
    scene.listings().iter().filter(move |one| one.times.are_invented() && scene.is_shown(one))
}

/// Where is shown what goes by the words that are being typed, under their field.
pub fn typed() -> AnyView {
    view! {
        <div id="typed" class="typed">
            <p class="typed-said" role="status"></p>
            <ul class="days" role="list" hidden=true></ul>
            <template>
                <li>
                    <RowLink href="" title="-" about="-" />
                </li>
            </template>
        </div>
    }
    .into_any()
}
