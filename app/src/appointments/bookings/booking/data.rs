//! `…/data`: what is kept of a booking and until when, and a copy of it (个人信息保护法 art 45).

use axum::{Form, extract::State, response::Response};
use leptos::prelude::*;
use server::{
    App,
    appointments::booking::{erase, view::BookingView, whose_copy::WhoseCopy},
    counter::copied,
    rejection::Rejection,
};
use shared::{appointments::AppointmentState, locale::Locale, say};

use super::Opened;
use crate::{
    appointments::service::BookingPages,
    components::{
        back_link::BackLink,
        button::{Button, Weight},
        summary::Summary,
    },
    draw,
    pairs::{Pairs, value},
    visit::Visit,
};

pub async fn show(visit: Visit, opened: Opened) -> Response {
    draw(&visit, &opened)
}

/// The copy, as a file that other programs can read; or the end of it all, for whoever comes alone.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    opened: Opened,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    if value(&typed, "do") == Some("erase") {
        erase::erase_alone(&app, opened.pages.bookable, &opened.holder, opened.now).await?;
        return Ok(erased(&visit, opened.pages));
    }
    let text = copied::copy(&app, opened.pages.bookable, &opened.holder, opened.now).await?;
    let name = format!("huimin-{}.json", opened.booking.reference.as_str());
    Ok(draw::attachment("application/json; charset=utf-8", &name, text))
}

/// Until when the people of a booking are kept.
pub(super) fn kept_until(locale: Locale, booking: &BookingView) -> String {
    let date = locale.date(booking.kept_until);
    say!(
        locale,
        "姓名、号码和短信保存到 {date}，之后自动删除。",
        "We keep names, numbers and messages until {date}, then delete them."
    )
}

/// Whose details the copy has in full, and how one gets one's own.
fn in_the_copy(visit: &Visit, opened: &Opened) -> AnyView {
    let (locale, pages) = (visit.locale, opened.pages);
    let place = pages.words.place.say(locale);
    let text = match opened.booking.copy {
        WhoseCopy::Alone => locale
            .say(
                "文件里有完整的姓名和号码，请不要转发。",
                "The file contains full names and numbers, so do not share it.",
            )
            .to_owned(),
        WhoseCopy::Own(_) => locale
            .say(
                "文件里，您自己的姓名和号码是完整的，请不要转发；对方的和这一页一样，只显示一部分。",
                "In the file your own name and numbers are in full, so do not share it; the other person’s are partly \
                 hidden, as on this page.",
            )
            .to_owned(),
        WhoseCopy::OnePhone => say!(
            locale,
            "两个人留的是同一部手机，看不出是谁在下载，所以文件里两个人的姓名和号码都只显示一部分。要自己完整的一份，请本人带证件到任何一个{place}的窗口，当面打印。",
            "Both of you gave the same phone, so we cannot know who downloads: in the file both people’s names and \
             numbers are partly hidden. For your own in full, bring your document to the counter of any {place}, which prints \
             it for you."
        ),
        WhoseCopy::Anyone => {
            let find = visit.url(&pages.path("bookings"));
            return view! {
                <p>
                    {locale.say(
                        "文件里的姓名和号码和这一页一样，只显示一部分，因为预约的两个人都能打开这一页。要自己完整的一份：先",
                        "In the file names and numbers are partly hidden, as on this page, since both people can open it. For \
                         your own in full, first ",
                    )}
                    <a href=find>{locale.say("用预约号和手机验证码打开预约", "open the booking with its reference and a code")}</a>
                    {locale.say("，再下载。", ", then download.")}
                </p>
            }
            .into_any();
        }
    };
    view! { <p>{text}</p> }.into_any()
}

/// That grounds and papers are not in the copy, where the counter may write down any.
fn not_in_the_copy(visit: &Visit, opened: &Opened) -> Option<AnyView> {
    let locale = visit.locale;
    let counter = &opened.pages.at_counter;
    if (counter.grounds)(locale).is_empty() && (counter.papers)(locale).is_empty() {
        return None;
    }
    let text = locale.say(
        "没有办成的理由、还缺的材料，工作人员内部写的原因，都不在文件里。本人带证件到任何一个大厅的窗口，可以当面打印一份：看得出只是您自己的理由和材料，\
         写在上面；看不出是两个人中哪一个的，窗口当面说。",
        "Why something was not done, which papers were missing, and what staff wrote for themselves are not in the file. Bring your \
         document to the counter of any office, which prints a copy for you: with the ground and papers that are certain to be \
         your own; of which of you the others are, you are told there.",
    );
    Some(view! { <p>{text}</p> }.into_any())
}

/// How several people have a slip put right, and their own erased: each from their document, as it lies on the desk.
fn at_desk(locale: Locale, place: &str, opened: &Opened) -> (String, String) {
    let wrong = match opened.booking.state {
        AppointmentState::Booked => say!(
            locale,
            "姓名、证件号码或者手机填错了：办理以前，本人带证件到任何一个{place}的窗口更正，时间不变。网上不能直接改，是怕有人冒名顶替。",
            "If a name, document number or phone is wrong: before you are served, bring your document to the counter of any {place} \
             to have it corrected; the time stands. You cannot change it online: this stops anyone swapping the people on a booking."
        ),
        _ => locale
            .say(
                "已经结束的预约，网上和窗口不能直接改：本人向“隐私说明”里的主办单位书面提出，核实以后更正、补充；办理记录用更正记录来补充，原来的不抹掉。",
                "A booking that is over cannot be changed online or at the counter: write to the bureau named in the privacy notice, which \
                 checks it and corrects or completes it. The record is completed by a further entry, and nothing of it is wiped out.",
            )
            .to_owned(),
    };
    let sooner = match opened.booking.state {
        AppointmentState::Booked if opened.is_cancellable() => say!(
            locale,
            "想早一点删除：先取消预约，再由本人带证件到任何一个{place}的窗口，删除自己的。对方的，由对方自己来。",
            "To have it deleted sooner, cancel the booking, then bring your document to the counter of any {place}: your own is \
             deleted. The other person’s is theirs to have deleted."
        ),
        AppointmentState::Booked => say!(
            locale,
            "想早一点删除：过了预约的那一天，本人带证件到任何一个{place}的窗口，删除自己的。对方的，由对方自己来。",
            "To have it deleted sooner: once the day of the booking is over, bring your document to the counter of any {place}: your \
             own is deleted. The other person’s is theirs to have deleted."
        ),
        _ => say!(
            locale,
            "想早一点删除：本人带证件到任何一个{place}的窗口，删除自己的。对方的，由对方自己来。",
            "To have it deleted sooner, bring your document to the counter of any {place}: your own is deleted. The other person’s is \
             theirs to have deleted."
        ),
    };
    (wrong, sooner)
}

/// Whoever comes alone was asked for no document, and does both here.
fn alone(locale: Locale, opened: &Opened) -> (String, String) {
    let wrong = locale.say(
        "有错：可以取消以后重新预约。网上不能直接改，是怕有人倒卖名额。",
        "If something is wrong, you can cancel and book again. You cannot change it online: this stops anyone selling places.",
    );
    let sooner = if opened.booking.state == AppointmentState::Booked {
        locale.say(
            "想早一点删除：先取消预约，或者等过了那一天，再到这一页来删除。",
            "To have it deleted sooner, cancel the booking or wait until its day is over, then delete it on this page.",
        )
    } else {
        locale.say("想早一点删除：按下面的按钮。", "To have it deleted sooner, press the button below.")
    };
    (wrong.to_owned(), sooner.to_owned())
}

/// For whoever comes alone, once the booking is over.
fn erasing(locale: Locale, visit: &Visit, opened: &Opened) -> Option<AnyView> {
    let may = opened.booking.copy == WhoseCopy::Alone && opened.booking.state != AppointmentState::Booked;
    may.then(|| {
        view! {
            <form method="post" action=opened.address(visit, "data")>
                <p class="actions">
                    <Button
                        text=locale.say("删除我的信息，不能恢复", "Delete my information for good")
                        name="do"
                        value="erase"
                        weight=Weight::Danger
                    />
                </p>
            </form>
        }
        .into_any()
    })
}

fn erased(visit: &Visit, pages: &BookingPages) -> Response {
    let locale = visit.locale;
    let title = locale.say("已经删除", "Deleted");
    let home = visit.url(pages.root);
    draw::page(visit, title, || {
        view! {
            <div class="column flow">
                <BackLink href=home text=pages.words.name.say(locale) />
                <h1>{title}</h1>
                <p>
                    {locale.say(
                        "这个预约里您的姓名、手机号和短信都删除了，预约的链接也打不开了。办理记录里没有姓名和号码，留着。",
                        "Your name, phone and text messages of this booking are deleted, and its link opens nothing any more. The \
                         record, which has no name or number in it, stays.",
                    )}
                </p>
            </div>
        }
    })
}

fn draw(visit: &Visit, opened: &Opened) -> Response {
    let (locale, pages) = (visit.locale, opened.pages);
    let title = locale.say("这个预约存了什么", "Information we keep about this booking");
    let place = pages.words.place.say(locale);
    let (wrong, sooner) = match opened.booking.copy {
        WhoseCopy::Alone => alone(locale, opened),
        _ => at_desk(locale, place, opened),
    };
    draw::page(visit, title, || {
        view! {
            <div class="column flow">
                <BackLink href=opened.address(visit, "") text=locale.say("返回预约", "Back to the booking") />
                <h1>{title}</h1>
                <p>
                    {locale.say(
                        "存了下面这些信息、发过的短信、办理记录（什么时候预约、改期、取消，到大厅以后的每一步），\
                         还有工作人员查看的记录。姓名、号码和短信都加密保存。",
                        "We keep the details below, the text messages we sent, a record of when the booking was made, \
                         moved or cancelled and of each step in the hall, and which of our staff looked at it. Names, \
                         numbers and messages are encrypted.",
                    )}
                </p>
                <Summary locale=locale rows=(pages.booking.people)(pages, &opened.booking, locale) />
                <p>{kept_until(locale, &opened.booking)}</p>
                <section class="flow">
                    <h2>{locale.say("下载一份", "Download a copy")}</h2>
                    {in_the_copy(visit, opened)}
                    {not_in_the_copy(visit, opened)}
                    <p>
                        {locale.say(
                            "下载以后，预约的手机会收到短信提醒，一天最多一条。短信里的链接不在文件里。",
                            "When it is downloaded, we tell the phones on this booking by text message, at most once a \
                             day. Links of text messages are left out of the file.",
                        )}
                    </p>
                    <form method="post" action=opened.address(visit, "data")>
                        <p class="actions">
                            <Button text=locale.say("下载一份", "Download a copy") weight=Weight::Secondary />
                        </p>
                    </form>
                </section>
                <section class="flow">
                    <h2>{locale.say("有错，或者想删除", "Correct or delete information")}</h2>
                    <ul>
                        <li>{wrong}</li>
                        <li>{sooner}</li>
                    </ul>
                    {erasing(locale, visit, opened)}
                    <p class="source">{locale.say(
                        "《个人信息保护法》第四十五条（查阅、复制）、第四十六条（更正、补充）、第四十七条（删除）。\
                         我们不同意的要说明理由，您可以向法院起诉（第五十条）。",
                        "Personal Information Protection Law, Articles 45 (see and copy), 46 (correct and complete) and \
                         47 (delete). If we refuse, we give you the reasons and you may go to court (Article 50).",
                    )}</p>
                </section>
            </div>
        }
    })
}
