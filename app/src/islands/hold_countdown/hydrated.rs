//! The countdown in the browser.

use std::{cell::Cell, rc::Rc, time::Duration};

use gloo_net::http::{Request, Response};
use leptos::task::spawn_local;
use shared::{appointments::WARN_MINUTES, locale::Locale, say};
use web_sys::{Element, Event, HtmlButtonElement, HtmlDivElement};

use super::{class, held_until};
use crate::islands::browser::{
    around, every, find, hear, hide, json, left_on, locale, number_in, seconds, text_in, write,
};

/// Minutes before the end at which the time left is read out; more would be noise. The least comes first: a device
/// that slept past several of them is told how little is left.
const READ_OUT: [i64; 3] = [1, WARN_MINUTES, 5];

/// Counts by the device's clock from what the portal said, so that the two need not agree.
pub(super) fn count(here: HtmlDivElement) {
    let Some(notice) = find::<Element>(&here, ".hold") else { return };
    let left = left_on(&notice, "data-seconds").parse().unwrap_or(0);
    let (ends, left, asking) = (Cell::new(seconds() + left), Cell::new(left), Cell::new(false));
    let watch = Rc::new(Watch { notice, locale: locale(), ends, left, asking });
    let ticking = Rc::clone(&watch);
    every(Duration::from_secs(1), move || ticking.tick());
    hear(&here, "click", move |event| pressed(&watch, &event));
}

struct Watch {
    /// The line that the server drew.
    notice: Element,
    locale: Locale,
    /// On the device's clock.
    ends: Cell<i64>,
    /// Seconds that were last shown.
    left: Cell<i64>,
    /// More time has been asked for and not yet granted: a second press asks for nothing more.
    asking: Cell<bool>,
}

impl Watch {
    fn tick(&self) {
        let left = (self.ends.get() - seconds()).max(0);
        let before = self.left.replace(left);
        if left == before {
            return;
        }
        let (minutes, rest) = (left / 60, left % 60);
        self.show(&say!(self.locale, "还有 {minutes} 分 {rest:02} 秒", "{minutes} min {rest:02} s left"));
        self.notice.set_class_name(&format!("{} hold-counts", class(left)));
        if left == 0 {
            self.end();
        } else if let Some(minutes) = READ_OUT.into_iter().find(|minutes| (left..before).contains(&(minutes * 60))) {
            self.say(&say!(self.locale, "时间还保留 {minutes} 分钟", "The time is held for {minutes} more min"));
        }
    }

    fn end(&self) {
        let over = self.locale.say("为您保留的时间已经到了。", "The time we held for you has run out. ");
        let kept = left_on(&self.notice, "data-kept");
        self.notice.set_class_name("hold hold-ending hold-over");
        write(&self.notice, ".hold-what", over);
        write(&self.notice, ".hold-until", &kept);
        self.show("");
        self.say(&format!("{over}{kept}"));
        hide(&self.notice, ".hold-acts", true);
        hide(&self.notice, ".hold-again", false);
    }

    fn show(&self, left: &str) {
        write(&self.notice, ".hold-left", left);
    }

    fn say(&self, text: &str) {
        write(&self.notice, ".hold-said", text);
    }
}

/// Extends the hold without leaving the page; where that is not offered, or fails, the button does what it does
/// without scripts.
fn pressed(watch: &Rc<Watch>, event: &Event) {
    let Some(button) = around::<HtmlButtonElement>(event, "button[value=extend]") else { return };
    let acts_at = left_on(&watch.notice, "data-acts-at");
    if acts_at.is_empty() {
        return;
    }
    event.prevent_default();
    if watch.asking.replace(true) {
        return;
    }
    let watch = Rc::clone(watch);
    spawn_local(async move {
        let extended = extend(&watch, &acts_at).await;
        watch.asking.set(false);
        if extended.is_none()
            && let Some(form) = button.form()
        {
            let _ = form.request_submit_with_submitter(Some(&button));
        }
    });
}

async fn extend(watch: &Watch, acts_at: &str) -> Option<()> {
    let request = Request::post(acts_at).header("accept", "application/json");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let request = request.body(format!("action=extend&hold={}", left_on(&watch.notice, "data-hold"))).ok()?;
    let response = request.send().await.ok().filter(Response::ok)?;
    let term = json(&response.text().await.ok()?)?;
    watch.ends.set(seconds() + number_in(&term, "seconds")?);
    let until = held_until(watch.locale, &text_in(&term, "until")?);
    write(&watch.notice, ".hold-until", &until);
    let _ = watch.notice.set_attribute("data-kept", &text_in(&term, "kept")?);
    watch.say(&until);
    let last = number_in(&term, "extensions_left") == Some(0);
    hide(&watch.notice, "button[value=extend]", last);
    hide(&watch.notice, ".hold-last", !last);
    watch.tick();
    Some(())
}
