//! The check in the browser: the same turns and screens as on the server, with the steps kept by the page itself.
//!
//! Each step is an address without an answer in it (`/benefits/check/3`), so that Back and forward work; what was
//! answered stays in the memory of the page.

use chrono::NaiveDate;
use leptos::{
    ev::{SubmitEvent, popstate},
    prelude::*,
    wasm_bindgen::{JsCast, JsValue},
};
use shared::{
    eligibility::pack::{LifeEvent, Pack},
    locale::Locale,
    say,
};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{FormData, HtmlButtonElement, HtmlElement, HtmlFormElement};

use super::{
    answers::Answers,
    draw::{FORM, screen},
    go::Go,
    heading,
    page::Page,
    scene::Scene,
    screen::{Gone, STEERING, Screen, WAS, earlier_screen, first, next_screen},
};
use crate::pairs::Pairs;

/// Takes over the form that the server has drawn in `root`; `rules` is the compiled pack in its compact form.
#[wasm_bindgen]
pub fn begin(root: HtmlElement, rules: &[u8]) -> Option<Running> {
    console_error_panic_hook::set_once();
    let given = |name: &str| root.dataset().get(name).unwrap_or_default();
    let day = |name: &str| given(name).parse::<NaiveDate>().ok();
    let pack = postcard::from_bytes::<Pack>(rules).ok()?;
    let drawn = day("today")?;
    // A page that was kept is asked on the device's day; no day lies before the one it was drawn on.
    let device = day("device");
    let (today, kept) = (device.map_or(drawn, |device| device.max(drawn)), device.and(Some(drawn)));
    let benefit = given("benefit");
    let benefit = Some(benefit.as_str()).filter(|benefit| !benefit.is_empty());
    let mut start = first(&pack, today, &given("region"), LifeEvent::from_wire(&given("event")), benefit);
    let locale = Locale::from_tag(&given("locale")).unwrap_or_default();
    // A page that is opened anew in the middle knows nothing of the steps before, and begins.
    if step_of_address() > 0 {
        start.gone = Gone::Lost;
        let address = format!("{}/benefits/check", locale.prefix());
        if let Ok(history) = window().history() {
            history.replace_state_with_url(&JsValue::NULL, "", Some(&address)).ok();
        }
    }
    let check = Check {
        pack: StoredValue::new(pack),
        today,
        kept,
        locale: RwSignal::new(locale),
        shown: RwSignal::new(vec![DrawnScreen { screen: start, drawing: 0 }]),
        at: RwSignal::new(0),
        said: RwSignal::new(String::new()),
    };
    root.set_text_content(None);
    root.set_attribute("data-hydrated", "").ok();
    mount_to(root, move || check.view()).forget();
    Some(Running(check))
}

/// The check under way, for what happens around it.
#[wasm_bindgen]
pub struct Running(Check);

#[wasm_bindgen]
impl Running {
    /// Goes on in another language, with all that was typed.
    pub fn speak(&self, tag: &str) {
        if let Some(answers) = typed() {
            self.0.keep(answers);
        }
        self.0.locale.set(Locale::from_tag(tag).unwrap_or_default());
        self.0.say_step();
    }
}

#[derive(Clone, Copy)]
struct Check {
    pack: StoredValue<Pack>,
    today: NaiveDate,
    /// The day of the rules, where they are those that were kept.
    kept: Option<NaiveDate>,
    locale: RwSignal<Locale>,
    /// The screens of all steps so far.
    shown: RwSignal<Vec<DrawnScreen>>,
    /// The step that is shown.
    at: RwSignal<usize>,
    /// What is read out to those who cannot see that the page has changed.
    said: RwSignal<String>,
}

/// A screen of the past or the present; each drawing of it is a new one, so that no field keeps another's value.
#[derive(Clone)]
struct DrawnScreen {
    screen: Screen,
    drawing: u32,
}

impl Check {
    fn view(self) -> impl IntoView {
        window_event_listener(popstate, move |_| self.walk_history());
        let drawn = move || {
            let at = self.at.get();
            (at, self.shown.with(|shown| shown[at].drawing), self.locale.get())
        };
        view! {
            <p class="hidden-visually" role="status">
                {move || self.said.get()}
            </p>
            <div on:submit=move |submit| self.send(&submit)>
                <For each=move || [drawn()] key=|drawn| *drawn children=move |(step, ..)| self.draw(step) />
            </div>
        }
    }

    fn draw(self, step: usize) -> AnyView {
        let (locale, now) =
            (self.locale.get_untracked(), self.shown.with_untracked(|shown| shown[step].screen.clone()));
        let origin = window().location().origin().unwrap_or_default();
        self.pack.with_value(|pack| {
            let title = heading::title(locale, pack, &now);
            document().set_title(&format!("{title} · {}", locale.say("惠民", "Huimin")));
            let (today, kept) = (self.today, self.kept);
            screen(Scene { locale, pack, screen: &now, today, origin: &origin, action: "", kept })
        })
    }

    /// Back and forward in the browser lead to the step of the address.
    fn walk_history(self) {
        // A page that was loaded afresh knows nothing of the steps before.
        let step = step_of_address().min(self.shown.read_untracked().len() - 1);
        let at = self.at.get_untracked();
        if step == at {
            return;
        }
        if let Some(answers) = typed() {
            self.keep(answers.clone());
            // What was cleared for another household comes back as it was.
            let is_start = |shown: &DrawnScreen| shown.screen.page == Page::Start;
            let is_of_another = || self.shown.with_untracked(|shown| shown[step + 1..=at].iter().any(is_start));
            if step < at && !is_of_another() {
                self.carry_back(step, answers);
            }
        }
        self.at.set(step);
        self.arrive(None);
    }

    fn send(self, submit: &SubmitEvent) {
        submit.prevent_default();
        let Some(answers) = sent(submit).map(Answers) else { return };
        let step = self.at.get_untracked();
        let go = self.pack.with_value(|pack| Go::read(pack, answers.get(Go::FIELD)));
        if go == Go::Back && step > 0 {
            if let Ok(history) = window().history() {
                history.back().ok();
            }
            return;
        }
        let next = self.pack.with_value(|pack| next_screen(pack, answers.clone(), self.today));
        let stays = self.shown.with_untracked(|shown| {
            std::mem::discriminant(&shown[step].screen.page) == std::mem::discriminant(&next.page)
        }) && (next.page == Page::People || !next.errors.is_empty());
        if stays {
            let new = (go == Go::Add).then(|| format!("people.{}.name", next.answers.people() - 1));
            let locale = self.locale.get_untracked();
            let gone = match go {
                Go::Remove(person) => Some(say!(locale, "已去掉{}。", "{} was removed.", answers.name(person))),
                _ => None,
            };
            self.shown.update(|shown| shown[step] = DrawnScreen { drawing: shown[step].drawing + 1, screen: next });
            self.arrive(new);
            if let Some(gone) = gone {
                self.said.set(gone);
            }
            return;
        }
        self.keep(answers);
        self.shown.update(|shown| {
            let drawing = shown[step].drawing + 1;
            shown.truncate(step + 1);
            shown.push(DrawnScreen { screen: next, drawing });
        });
        let address = format!("{}/benefits/check/{}", self.locale.get_untracked().prefix(), step + 1);
        if let Ok(history) = window().history() {
            history.push_state_with_url(&JsValue::NULL, "", Some(&address)).ok();
        }
        self.at.set(step + 1);
        window().scroll_to_with_x_and_y(0.0, 0.0);
        self.arrive(None);
    }

    /// An earlier page knows what was answered after it, so that the way on from there asks none of it again.
    fn carry_back(self, step: usize, answers: Answers) {
        let earlier = self.shown.with_untracked(|shown| shown[step].screen.clone());
        let screen = self.pack.with_value(|pack| earlier_screen(pack, &earlier, answers, self.today));
        self.shown.update(|shown| shown[step] = DrawnScreen { drawing: shown[step].drawing + 1, screen });
    }

    /// Keeps what was typed on this page until it is opened again.
    fn keep(self, mut answers: Answers) {
        for steering in STEERING {
            answers.remove(steering);
        }
        answers.0.retain(|(name, _)| !name.starts_with(WAS));
        let step = self.at.get_untracked();
        self.shown.update(|shown| {
            shown[step].screen.answers = answers;
            shown[step].drawing += 1;
        });
    }

    fn say_step(self) {
        let now = self.shown.with_untracked(|shown| shown[self.at.get_untracked()].screen.clone());
        self.said.set(self.pack.with_value(|pack| heading::step(self.locale.get_untracked(), pack, &now)));
    }

    /// Says which step it is, and gives the focus to what is to be corrected, to a new field, or to the heading.
    fn arrive(self, field: Option<String>) {
        self.say_step();
        request_animation_frame(move || {
            let found = match field {
                Some(field) => document().get_element_by_id(&field),
                None => document().query_selector("#check .errors, #check h1").ok().flatten(),
            };
            if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
                if found.tab_index() < 0 {
                    found.set_tab_index(-1);
                }
                found.focus().ok();
            }
        });
    }
}

/// The step that the address names.
fn step_of_address() -> usize {
    let path = window().location().pathname().unwrap_or_default();
    path.rsplit('/').next().and_then(|step| step.parse().ok()).unwrap_or(0)
}

/// What stands in the form of the page.
fn typed() -> Option<Answers> {
    pairs(&document().get_element_by_id(FORM)?.dyn_into().ok()?).map(Answers)
}

/// What a browser without scripts would have sent.
fn sent(submit: &SubmitEvent) -> Option<Pairs> {
    let mut pairs = pairs(&submit.target()?.dyn_into().ok()?)?;
    if let Some(button) = submit.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok()) {
        pairs.push((button.name(), button.value()));
    }
    Some(pairs)
}

/// What stands in the form.
fn pairs(form: &HtmlFormElement) -> Option<Pairs> {
    let data = FormData::new_with_form(form).ok()?;
    let text = |value: JsValue| value.as_string();
    let mut pairs = Pairs::new();
    for entry in data.entries() {
        let entry: web_sys::js_sys::Array = entry.ok()?.dyn_into().ok()?;
        pairs.push((text(entry.get(0))?, text(entry.get(1))?));
    }
    Some(pairs)
}
