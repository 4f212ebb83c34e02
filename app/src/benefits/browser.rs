//! The check in the browser: the same turns and screens as on the server, with the steps kept by the page itself.
//!
//! Each step is an address without an answer in it (`/benefits/check/3`), so that Back and forward work; what was
//! answered stays in the memory of the page.

use chrono::NaiveDate;
use leptos::{ev::SubmitEvent, prelude::*, wasm_bindgen::JsCast};
use leptos_router::{
    NavigateOptions, WildcardSegment,
    components::{FlatRoutes, Route, Router},
    hooks::{use_location, use_navigate},
};
use shared::{
    eligibility::pack::{LifeEvent, Pack},
    locale::Locale,
};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{FormData, HtmlButtonElement, HtmlElement, HtmlFormElement};

use super::{
    answers::Answers,
    draw::{screen, title},
    go::Go,
    page::Page,
    scene::Scene,
    screen::{STEERING, Screen, first, next_screen},
};
use crate::pairs::Pairs;

/// Takes over the form that the server has drawn in `root`; `rules` is the compiled pack in its compact form.
#[wasm_bindgen]
pub fn begin(root: HtmlElement, rules: &[u8]) {
    console_error_panic_hook::set_once();
    let given = |name: &str| root.dataset().get(name).unwrap_or_default();
    let (Ok(pack), Ok(today)) = (postcard::from_bytes::<Pack>(rules), given("today").parse::<NaiveDate>()) else {
        return;
    };
    let benefit = given("benefit");
    let benefit = Some(benefit.as_str()).filter(|benefit| !benefit.is_empty());
    let start = first(&pack, today, &given("region"), LifeEvent::from_wire(&given("event")), benefit);
    let check =
        Check { pack: StoredValue::new(pack), today, locale: Locale::from_tag(&given("locale")).unwrap_or_default() };
    root.set_text_content(None);
    root.set_attribute("data-hydrated", "").ok();
    mount_to(root, move || check.steps(start)).forget();
}

#[derive(Clone, Copy)]
struct Check {
    pack: StoredValue<Pack>,
    today: NaiveDate,
    locale: Locale,
}

/// A screen of the past or the present; each drawing of it is a new one, so that no field keeps another's value.
#[derive(Clone)]
struct DrawnScreen {
    screen: Screen,
    drawing: u32,
}

impl Check {
    fn steps(self, start: Screen) -> impl IntoView {
        let shown = RwSignal::new(vec![DrawnScreen { screen: start, drawing: 0 }]);
        let view = move || self.step(shown);
        view! {
            // The router takes every link below its base for one of its own; all others lead out of the check.
            <Router base=self.locale.say("/benefits/check", "/en/benefits/check")>
                <FlatRoutes fallback=view>
                    <Route path=WildcardSegment("step") view=view />
                </FlatRoutes>
            </Router>
        }
    }

    fn step(self, shown: RwSignal<Vec<DrawnScreen>>) -> impl IntoView {
        let location = use_location();
        let at = Memo::new(move |_| {
            let step: usize =
                location.pathname.get().rsplit('/').next().and_then(|step| step.parse().ok()).unwrap_or(0);
            // A page that was loaded afresh knows nothing of the steps before.
            step.min(shown.read().len().saturating_sub(1))
        });
        let navigate = use_navigate();
        let sent = move |submit: SubmitEvent| {
            submit.prevent_default();
            let Some(pairs) = pairs(&submit) else { return };
            let answers = Answers(pairs);
            let step = at.get_untracked();
            let back = self.pack.with_value(|pack| Go::read(pack, answers.get(Go::FIELD)) == Go::Back);
            if back && step > 0 {
                keep(shown, step, answers);
                if let Ok(history) = window().history() {
                    history.back().ok();
                }
                return;
            }
            let next = self.pack.with_value(|pack| next_screen(pack, answers.clone(), self.today));
            let stays = shown.with_untracked(|shown| {
                std::mem::discriminant(&shown[step].screen.page) == std::mem::discriminant(&next.page)
            }) && (next.page == Page::People || !next.errors.is_empty());
            if stays {
                shown.update(|shown| shown[step] = DrawnScreen { drawing: shown[step].drawing + 1, screen: next });
                return;
            }
            keep(shown, step, answers);
            shown.update(|shown| {
                let drawing = shown[step].drawing + 1;
                shown.truncate(step + 1);
                shown.push(DrawnScreen { screen: next, drawing });
            });
            navigate(&format!("/{}", step + 1), NavigateOptions::default());
            window().scroll_to_with_x_and_y(0.0, 0.0);
        };
        let drawn = move || {
            let at = at.get();
            shown.with(|shown| (at, shown[at].drawing))
        };
        let draw = move |(step, _): (usize, u32)| {
            let now = shown.with_untracked(|shown| shown[step].screen.clone());
            document().set_title(title(self.locale, &now.page));
            let origin = window().location().origin().unwrap_or_default();
            self.pack.with_value(|pack| {
                let scene =
                    Scene { locale: self.locale, pack, screen: &now, today: self.today, origin: &origin, action: "" };
                screen(scene)
            })
        };
        view! {
            <div on:submit=sent>
                <For each=move || [drawn()] key=|drawn| *drawn children=draw />
            </div>
        }
    }
}

/// Keeps what was typed on a page until it is opened again.
fn keep(shown: RwSignal<Vec<DrawnScreen>>, step: usize, mut answers: Answers) {
    for steering in STEERING {
        answers.remove(steering);
    }
    shown.update(|shown| {
        shown[step].screen.answers = answers;
        shown[step].drawing += 1;
    });
}

/// What a browser without scripts would have sent.
fn pairs(submit: &SubmitEvent) -> Option<Pairs> {
    let form: HtmlFormElement = submit.target()?.dyn_into().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    let text = |value: wasm_bindgen::JsValue| value.as_string();
    let mut pairs = Pairs::new();
    for entry in data.entries() {
        let entry: web_sys::js_sys::Array = entry.ok()?.dyn_into().ok()?;
        pairs.push((text(entry.get(0))?, text(entry.get(1))?));
    }
    if let Some(button) = submit.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok()) {
        pairs.push((button.name(), button.value()));
    }
    Some(pairs)
}
