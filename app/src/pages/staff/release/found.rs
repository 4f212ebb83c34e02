//! The second press: what was found, and when whoever booked is told.

use chrono::TimeDelta;
use leptos::prelude::*;
use server::{
    appointments::booking::{release::Telling, withheld::Guise},
    counter::disowned::{Found, LONGEST_WAIT, ReadAs},
};
use shared::{
    counter::{Refusal, StateName},
    field::{self, Asked as Question, FieldErrors, FieldMessage},
    locale::Locale,
    plain_words::PlainWords,
    problem::Problem,
    say,
    whole::figures,
};

use crate::{
    components::{
        button::{Button, Weight},
        choice::{Choice, ChoiceOption},
        empty::Empty,
        error_summary::message_at,
        notice::{Notice, Tone},
        text_field::TextField,
    },
    pairs::{Pairs, value},
};

/// How a booking is ended, as typed.
#[derive(Clone, Default)]
pub(super) struct Ending {
    pub(super) claim: String,
    tell: String,
    hours: String,
    reason: String,
}

/// What the record says where the clerk adds nothing.
const SEEN_HERE: &str = "本人持证到窗口，说不是自己约的";
/// Room for that is left in a reason for the record.
const LONGEST_REASON: usize = 180;

static WHY_NEVER: Question = Question::typed(
    "reason_missing",
    ("选了“不通知”，请写一句为什么。", "Say in a sentence why they are never told."),
    ("补充说明", "your own words"),
);
static TELL: Question = Question::one_of("tell_missing", "请选择什么时候通知。", "Choose when they are told.");

impl Ending {
    pub(super) fn of(typed: &Pairs) -> Self {
        let text = |name| value(typed, name).unwrap_or_default().to_owned();
        Self { claim: text("claim"), tell: text("tell"), hours: text("hours"), reason: text("reason") }
    }

    pub(super) fn read(&self) -> Result<(PlainWords, Telling), FieldErrors> {
        let mut errors = FieldErrors::new();
        let telling = match (self.tell.as_str(), self.hours()) {
            ("now", _) => Some(Telling::Now),
            ("never", _) => Some(Telling::Never),
            ("later", Some(hours)) => Some(Telling::After(TimeDelta::hours(hours))),
            ("later", None) => {
                let wrong =
                    field::Reason::own("hours", "请填 1 到 72 之间的整数。", "Enter a whole number from 1 to 72.");
                errors.push("hours", wrong);
                None
            }
            _ => {
                errors.push("tell", field::Reason::Missing(&TELL));
                None
            }
        };
        let reason = match self.reason.trim() {
            "" if telling == Some(Telling::Never) => Err(field::Reason::Missing(&WHY_NEVER)),
            "" => PlainWords::parse(SEEN_HERE),
            said => PlainWords::of(PlainWords::ASKED, LONGEST_REASON, said)
                .and_then(|said| PlainWords::parse(&format!("{SEEN_HERE}：{said}"))),
        };
        let reason = errors.keep("reason", reason);
        match (reason, telling) {
            (Some(reason), Some(telling)) if errors.is_empty() => Ok((reason, telling)),
            _ => Err(errors),
        }
    }

    fn draw(&self, locale: Locale, action: &str, read_as: ReadAs, messages: &[FieldMessage]) -> AnyView {
        let error = |name| message_at(messages, name);
        let (hint, by_what, press) = match read_as {
            ReadAs::Standing(guise) => (
                locale.say(
                    "短信只说预约由办理机关撤销，不说原因。",
                    "The text says that the office withdrew the booking, and not why.",
                ),
                Some(until_told(locale, guise)),
                locale.say("撤销这个预约", "Release this booking"),
            ),
            ReadAs::Cancelled | ReadAs::Released => {
                (if_still_told(locale), None, locale.say("记下不是本人约的", "Note that it is not theirs"))
            }
        };
        let by_what = by_what.map(|words| {
            let summary =
                locale.say("没有通知以前，对方从哪里看得出来…", "By what they can tell before they are told…");
            view! { <details class="ask"><summary>{summary}</summary><p>{words}</p></details> }
        });
        let answers = vec![
            ChoiceOption::new("now", locale.say("现在", "now")),
            ChoiceOption::new("later", locale.say("晚一些", "later"))
                .hint(locale.say("先让本人安全离开，再通知", "once the person is safely away")),
            ChoiceOption::new("never", locale.say("不通知", "not at all"))
                .hint(locale.say("通知会让本人有危险的时候选", "where being told would put the person in danger")),
        ];
        // When they are told is chosen each time: the wrong one of the three can hurt somebody.
        let chosen = self.tell.clone();
        view! {
            <form class="flow" method="post" action=action.to_owned() novalidate>
                <input type="hidden" name="claim" value=self.claim.clone() />
                <Choice
                    locale=locale
                    name="tell"
                    legend=locale.say("什么时候发短信给预约的人", "When whoever booked gets the text")
                    hint=Some(format!("{hint}{}", or_longer(locale)))
                    answers=answers
                    chosen=chosen
                    error=error("tell")
                />
                {by_what}
                <TextField
                    locale=locale
                    name="hours"
                    label=locale.say("晚几个小时（1 到 72，选“晚一些”才填）", "Hours to wait (1 to 72, for “later” only)")
                    value=self.hours.clone()
                    error=error("hours")
                    inputmode="numeric"
                    width="input-short"
                />
                <TextField
                    locale=locale
                    name="reason"
                    label=locale.say(
                        "补充说明（选“不通知”的必须写为什么；不要写号码）",
                        "In your own words (needed for “not at all”; no numbers)",
                    )
                    value=self.reason.clone()
                    error=error("reason")
                />
                <p class="actions">
                    <Button
                        text=press
                        name="do"
                        value="release"
                        weight=Weight::Danger
                    />
                </p>
            </form>
        }
        .into_any()
    }

    fn hours(&self) -> Option<i64> {
        figures(&self.hours).filter(|hours| (1..=LONGEST_WAIT).contains(hours))
    }
}

/// `typed` is of one of them, where something was wrong with it.
pub(super) fn draw(
    locale: Locale,
    action: &str,
    (found, typed): (&[Found], &Ending),
    messages: &[FieldMessage],
) -> AnyView {
    if found.is_empty() {
        return view! {
            <Empty title=locale.say("这个证件名下没有有效的预约", "No booking that stands names this document")>
                <p>{locale.say("请核对号码。没有这个证件的预约挡着。", "Check the number. No booking of this document stands in the way.")}</p>
            </Empty>
        }
        .into_any();
    }
    let found = found.iter().map(|found| {
        let [zh, en] = found.service;
        let (what, date) = (locale.say(zh, en), locale.full_date(found.date));
        let title = say!(locale, "有一个预约：{what}，{date}", "There is a booking: {what} on {date}");
        let typed = if typed.claim == found.claim { typed.clone() } else { Ending::default() };
        let ending = Ending { claim: found.claim.clone(), ..typed };
        let is_standing = matches!(found.read_as, ReadAs::Standing(_));
        if is_standing && found.visit == StateName::Finished {
            return served(locale, title);
        }
        let form = ending.draw(locale, action, found.read_as, messages);
        if !is_standing {
            return ended(locale, found, form);
        }
        let in_hall = is_in_hall(found.visit).then(|| in_hall(locale));
        view! {
            <section class="flow met" tabindex="-1" autofocus=messages.is_empty()>
                <h2>{title}</h2>
                {in_hall}
                <p>
                    {locale.say(
                        "撤销以后本人马上可以和别人重新预约。撤销不能恢复。",
                        "The person can book with somebody else at once. It cannot be undone.",
                    )}
                </p>
                {form}
            </section>
        }
        .into_any()
    });
    found.collect_view().into_any()
}

/// One that reads as ended keeps the person from nothing; that they disown it too is written down.
fn ended(locale: Locale, found: &Found, form: AnyView) -> AnyView {
    let [zh, en] = found.service;
    let (what, date) = (locale.say(zh, en), locale.full_date(found.date));
    let title = match found.read_as {
        ReadAs::Released => say!(
            locale,
            "有一个办理机关已经撤销的预约：{what}，{date}",
            "There is a booking that the office has released: {what} on {date}"
        ),
        _ => say!(
            locale,
            "有一个已经取消的预约：{what}，{date}",
            "There is a booking that was cancelled: {what} on {date}"
        ),
    };
    view! {
        <section class="flow met">
            <h2>{title}</h2>
            <p>
                {locale.say(
                    "它不妨碍本人再约。本人说不是自己约的，在这里记下来。",
                    "It keeps the person from nothing. If they say that it is not theirs, note it here.",
                )}
            </p>
            <details class="ask">
                <summary>{locale.say("本人说不是自己约的…", "They say that it is not theirs…")}</summary>
                <div class="ask-body">{form}</div>
            </details>
        </section>
    }
    .into_any()
}

/// What is chosen for a booking that reads as ended, whether or not there is anything left to tell of it.
fn if_still_told(locale: Locale) -> &'static str {
    locale.say(
        "这个预约以后要是还有撤销的短信，照这里选的发；没有的，就不发。",
        "Should a text that the office ended it still be to come, it goes as chosen here; where none is, none goes.",
    )
}

/// Said of every booking, so that it says nothing of this one.
fn or_longer(locale: Locale) -> &'static str {
    locale.say(
        "预约里的另一个人也来说过、要更晚或者不通知的，照那个来。",
        " Where another whom it names has asked for later or never, that holds.",
    )
}

/// What the booking's page shows before the text: also by what it can be told there.
fn until_told(locale: Locale, guise: Guise) -> String {
    let text = locale.say("没有通知以前，", "Until then, ");
    let page = match guise {
        Guise::Cancelled => locale.say(
            "预约页面写“预约已经取消”，不说是谁取消的。自己取消一定会收到短信，这里没有：没取消过的人一看就知道是办理机关撤销的。",
            "its page says that it was cancelled, and not by whom. Whoever cancels always gets a text, and here there is none: whoever \
             did not cancel can tell at a glance that the office did.",
        ),
        Guise::Standing => locale.say(
            "一切和原来一样，到那一天结束：预约页面、短信、名额都在，同样的两个人网上约不上。提醒的短信对谁都只说约的是什么时候、\
             以窗口的答复为准，不叫人来。只有来了签不到，打电话或者到窗口要改期、取消、更正信息办不了，拿本人的号码和第三个人约能约上，或者办理机关后来给其中的人再约了一个，对方才会知道。",
            "all is as it was until that day is over: its page, its texts and its place, and the same two cannot book again online. The \
             reminder says of every booking only for when it was made, and that the counter’s answer counts. It can be told only \
             by whoever comes and is not checked in, has an office move or cancel it or put details right, which cannot be done, books the person’s number together with a third one’s, or has an office book one of its people again.",
        ),
        Guise::VisitOver => locale.say(
            "预约页面只写“今天的预约已经结束”，和别的号结束以后一样，名额也不放出来。人还在大厅的，会看到自己的号不再叫了；当天到窗口要\
             接着等的，别人能回来，只有这个办不了；拿本人的号码和第三个人约能约上，或者办理机关后来给其中的人再约了一个，也会知道。",
            "its page says that today’s appointment is over, as after any visit, and the place does not come back. Whoever is still \
             in the hall sees that they are not called any more; whoever asks at the desk to go on waiting, as others may that day, \
             cannot; whoever books the person’s number together with a third one’s, or has an office book one of its people again, \
             can tell.",
        ),
    };
    let never = locale.say("选“不通知”的，一直这样。", " Where they are never told, it stays so.");
    format!("{text}{page}{never}")
}

fn is_in_hall(visit: StateName) -> bool {
    matches!(visit, StateName::Arrived | StateName::Called | StateName::Serving | StateName::Parked)
}

/// Somebody has come with it: whoever releases it knows that they are here, and that their visit ends.
fn in_hall(locale: Locale) -> AnyView {
    view! {
        <Notice tone=Tone::Warning title=locale.say("有人已经用这个预约签到，人可能还在", "Somebody is here with this booking")>
            <p>
                {locale.say(
                    "撤销以后，那个号也同时结束，不会再叫到。有危险的，先不要声张，叫保安或者拨 110。",
                    "Releasing it ends their visit too, and they are not called any more. Where there is danger, say nothing \
                     aloud; call security or 110.",
                )}
            </p>
        </Notice>
    }
    .into_any()
}

/// What was served is not undone by a release.
fn served(locale: Locale, title: String) -> AnyView {
    let sentence = Problem::from(Refusal::ServedAlready).sentence(locale);
    view! {
        <section class="flow met" tabindex="-1" autofocus>
            <h2>{title}</h2>
            <Notice tone=Tone::Warning title=locale.say("已经办结，不能撤销", "Served already, and not to be released")>
                <p>{sentence}</p>
            </Notice>
        </section>
    }
    .into_any()
}
