//! `…/data`: what is kept of a booking and until when, and a copy of it (个人信息保护法 art 45).

use axum::{extract::State, response::Response};
use leptos::prelude::*;
use server::{
    App,
    appointments::booking::{view::BookingView, whose_copy::WhoseCopy},
    counter::copied,
    rejection::Rejection,
};
use shared::{locale::Locale, say};

use super::Opened;
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, Weight},
        summary::Summary,
    },
    draw,
    visit::Visit,
};

pub async fn show(visit: Visit, opened: Opened) -> Response {
    draw(&visit, &opened)
}

/// The copy, as a file that other programs can read.
pub async fn submit(State(app): State<App>, opened: Opened) -> Result<Response, Rejection> {
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
            "两个人留的是同一部手机，看不出是谁在下载，所以文件里两个人的姓名和号码都只显示一部分。要自己完整的一份，请带证件到{place}。",
            "Both of you gave the same phone, so we cannot know who downloads: in the file both people’s names and \
             numbers are partly hidden. For your own in full, bring your document to the {place}."
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
        "没有办成的理由、还缺的材料，由窗口对本人说，不在文件里；要问的，请带证件到窗口。",
        "Why something was not done, and which papers were missing, is told to each of you at the counter and is not in the \
         file: ask there with your document.",
    );
    Some(view! { <p>{text}</p> }.into_any())
}

fn draw(visit: &Visit, opened: &Opened) -> Response {
    let (locale, pages) = (visit.locale, opened.pages);
    let title = locale.say("这个预约存了什么", "Information we keep about this booking");
    let place = pages.words.place.say(locale);
    let can_cancel = opened.is_cancellable();
    let wrong = if can_cancel {
        say!(
            locale,
            "姓名或号码有错：可以取消以后重新预约。时间不想动的，请先打{place}电话问清。网上不能直接改，是怕有人冒名顶替。",
            "If a name or number is wrong, you can cancel and book again. To keep the time, phone the {place} first. You \
             cannot change it online: this stops anyone swapping the people on a booking."
        )
    } else {
        say!(
            locale,
            "姓名或号码有错：请打{place}电话问怎么更正。网上不能直接改，是怕有人冒名顶替。",
            "If a name or number is wrong, phone the {place} to have it corrected. You cannot change it online: this stops \
             anyone swapping the people on a booking."
        )
    };
    let sooner = if can_cancel {
        locale.say(
            "想早一点删除：先取消预约，再拨打 12345 转民政局。",
            "To have it deleted sooner, cancel the booking, then call 12345 and ask for the civil affairs bureau.",
        )
    } else {
        locale.say(
            "想早一点删除：拨打 12345 转民政局。",
            "To have it deleted sooner, call 12345 and ask for the civil affairs bureau.",
        )
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
