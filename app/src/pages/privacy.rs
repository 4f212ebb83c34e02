//! `GET /privacy`: what is collected, why, and what one may ask for.

mod collected;
mod contact;
mod periods;
mod receivers;
mod version;

use axum::response::Response;
use leptos::prelude::*;
use shared::locale::Locale;

use super::offline;
use crate::{components::back_link::BackLink, draw, visit::Visit};

pub async fn show(visit: Visit) -> Response {
    draw::page(&visit, visit.say("隐私说明", "Privacy notice"), || body(&visit))
}

fn body(visit: &Visit) -> impl IntoView + use<> {
    let locale = visit.locale;
    let before = [collected::part(visit), reasons(locale), protection(locale)].map(section);
    let kept = visit.portal.offline.then(|| {
        let text = locale.say(
            "没有网络的时候，和清除看过的地点",
            "Without a connection, and clearing the places that you looked at",
        );
        view! {
            <p>
                <a href=visit.url(offline::PAGE)>{text}</a>
            </p>
        }
    });
    let after = [periods::part(visit), rights(locale)].map(section);
    view! {
        <div class="column flow">
            <BackLink href=visit.url("/") text=locale.say("首页", "Home") />
            <h1>{locale.say("隐私说明", "Privacy notice")}</h1>
            <p class="lead">
                {locale
                    .say(
                        "我们只收集办这件事必须的信息，加密保存，不用来做别的。",
                        "We collect only what we need for the service you ask for, keep it encrypted and use it for \
                         nothing else.",
                    )}
            </p>
            {version::line(locale).map(|line| view! { <p class="soft">{line}</p> })}
            {before.into_iter().collect_view()}
            {kept}
            {receivers::draw(visit)}
            {after.into_iter().collect_view()}
            {contact::draw(visit)}
        </div>
    }
}

type Part = (&'static str, Vec<String>);

fn section((title, items): Part) -> impl IntoView + use<> {
    let items: Vec<_> = items.into_iter().map(|item| view! { <li>{item}</li> }).collect();
    view! {
        <section class="flow">
            <h2>{title}</h2>
            <ul>{items}</ul>
        </section>
    }
}

fn part<const N: usize>(title: &'static str, items: [&str; N]) -> Part {
    (title, items.map(str::to_owned).into())
}

/// Personal Information Protection Law, Articles 13(1)(1) and (3), 15, 28 and 30.
fn reasons(locale: Locale) -> Part {
    part(
        locale.say("为什么收集", "Why we collect it"),
        [
            locale.say(
                "结婚登记：民政局为履行法定职责所必需（《个人信息保护法》第十三条），办理依据是《婚姻登记条例》。",
                "Marriage registration: the bureau needs it to carry out its statutory duty (Personal Information \
                 Protection Law, Article 13) under the Marriage Registration Regulations.",
            ),
            locale.say(
                "大厅里的记录：登记机关依法办理、说明理由（《婚姻登记条例》第九、十条）所必需；有人不服、有人查问的时候，要能说清当时是怎么办的，\
                 所以谁都不能事后改动。",
                "The record of the hall: the registry needs it to decide by law and give its reasons (Marriage Registration \
                 Regulations, Articles 9 and 10), and to account for what was done where somebody objects; so nobody can change \
                 it afterwards.",
            ),
            locale.say(
                "颁证仪式：取得您的同意才收（第十三条），只收安排它用得着的信息；取消预约就是撤回同意，不影响登记（第十五条）。",
                "Certificate ceremony: with your consent (Article 13), and only what we need to arrange it. Cancelling \
                 the ceremony withdraws your consent and does not affect the registration (Article 15).",
            ),
            locale.say(
                "证件号码，我们按敏感个人信息保护。没有它，登记处无法确认是您本人，也无法防止有人冒名占用名额。泄露了可能被人冒用，所以逐条加密。办理地\
                 的工作人员办理时能看；您带证件到别的登记处要求查阅、更正、删除、撤销时，那里的工作人员也能看，都有记录（第二十八、三十条）。",
                "Document numbers we protect as sensitive personal information. Without them the registry cannot confirm that it is \
                 you, or stop others taking places in your name. If they leaked, somebody could pose as you; so each is encrypted. Staff \
                 where you are served can see them when they serve you, and those of another registry where you bring your document to \
                 see, correct, erase or disown something; each of it is recorded (Articles 28 and 30).",
            ),
            locale.say(
                "网上申请：民政部门核实、发放所必需（第十三条），依据写在每一项申请的说明里。身份证号码和银行卡号，我们按敏感个人信息保护。没有它们，\
                 分不清有没有领过，钱也发不到您手里。泄露了可能被人冒用，所以加密保存；工作人员写明理由才看得到完整的，您看得到谁看过、为什么\
                 （第二十八、三十条）。",
                "Applications online: the bureau needs it to check and to pay (Article 13); the page of each application names its \
                 rules. Identity and card numbers we protect as sensitive personal information. Without them nobody could tell \
                 whether it was paid before, and no money would reach you. If they leaked, somebody could pose as you; so they are \
                 kept encrypted, staff read one in full only for a reason that they write down, and you see who did and why \
                 (Articles 28 and 30).",
            ),
            locale.say(
                "没有办成的理由（比如不是双方自愿、近亲属）、优先的标记，也按敏感个人信息保护：登记机关要依法说明理由、依法优先，才记下来；\
                 泄露了可能伤害尊严和安全，所以优先不写原因，理由不进名单、不进短信。",
                "The ground of a refusal (such as not being willing, or kinship) and the mark of priority are protected alike. The \
                 registry notes them because it must give its reasons and serve some people first. If they leaked, dignity and \
                 safety could be harmed: so priority has no reason beside it, and a ground stands on no list and in no text.",
            ),
        ],
    )
}

fn protection(locale: Locale) -> Part {
    part(
        locale.say("怎样保护", "How it is protected"),
        [
            locale.say(
                "姓名、证件号码、手机号逐条加密保存，不写进日志和网址。预约以后，页面上只显示一部分。",
                "Names, document numbers and phone numbers are encrypted record by record and never written to logs \
                 or web addresses. Once you have booked, pages show only part of them.",
            ),
            locale.say(
                "工作人员打开您的预约、看完整的姓名和号码、按证件找人、看别的日子的名单，都有记录。当天的名单上只有姓和尾号，看名单不逐次记。",
                "It is recorded when staff open your booking, read a name or number in full, look for somebody by document, or read the \
                 list of another day. The list of the day itself shows surnames and last digits only; reading it is not recorded each time.",
            ),
            locale.say(
                "信息不公开，也不提供给无关的人。交给谁、为什么，下面逐个列出。",
                "We do not publish your information or pass it on to anyone who does not need it. Who receives what, and why, \
                 is listed below.",
            ),
        ],
    )
}

/// Personal Information Protection Law, Articles 24, 44 to 50.
fn rights(locale: Locale) -> Part {
    part(
        locale.say("您的权利", "Your rights"),
        [
            locale.say(
                "查阅和复制您的信息：打开预约，点“看看存了什么，下载一份”；完整的只有您自己的，先用手机验证码打开，或者本人带证件到任何一个登记处的窗口，\
                 当面打印一份（《个人信息保护法》第四十五条）。",
                "See and copy your information: open your booking and choose “See what we keep, and download a \
                 copy”; only your own is in full, once you open it with a code to your phone. Or bring your document to the counter of \
                 any registry, which prints your copy for you (Personal Information Protection Law, Article 45).",
            ),
            locale.say(
                "网上申请的：打开申请，点“查看、打印您填写的内容和办理记录”，用申请里的手机验证码打开，可以打印（第四十五条）。填错了的，提交以前自己改，提交以后\
                 请民政部门更正（第四十六条）。",
                "Of an application: open it and choose “See and print what you entered and what was done with it”; a code to the phone in \
                 it opens the copy, which you can print (Article 45). What is wrong you change yourself until it is handed in; after that, \
                 ask the bureau to put it right (Article 46).",
            ),
            locale.say(
                "更正：结婚登记预约里您的姓名、证件号码或者手机填错了，办理以前，本人带证件到任何一个登记处的窗口更正，时间不变（第四十六条）。\
                 颁证仪式的预约，取消以后重新约。已经办完的，本人书面提出，核实以后更正、补充。",
                "Correct it: if your name, document number or phone is wrong in a booking of a marriage registration, bring your document to \
                 the counter of any registry before you are served; the time stands (Article 46). Of a ceremony, cancel and book again. After you were served, ask in \
                 writing: it is checked, and corrected or completed.",
            ),
            locale.say(
                "提前删除：预约取消以后，或者过了那一天，本人带证件到任何一个登记处的窗口，删除您自己的；对方的，由对方自己来。不能凭手机验证码在网上删：\
                 拿着手机的不一定是本人，冒名约的人可以这样删掉证据。颁证仪式的预约，在预约页面上自己删。还有效的预约要用这些信息，不能删；办理记录里没有姓名和号码，不在删除之列：\
                 留多久、能不能认出，见“保存多久”（第四十七条）。",
                "Have it erased early: once a booking is cancelled or its day is over, bring your document to the counter of any registry, \
                 and your own is erased; the other person’s is theirs to have erased. A code to the phone is not enough: whoever holds the phone \
                 may have booked in another’s name, and could erase the proof of it. Of a ceremony, you erase it on the booking’s page. A \
                 booking that stands needs it; the record has no name or number in it and is not erased with it: for how long it is kept and who may \
                 recognise it, see “How long we keep it” (Article 47).",
            ),
            locale.say(
                "这些规则有不明白的，可以要求我们解释（第四十八条）。我们不同意的要说明理由，您可以向法院起诉（第五十条）。",
                "You can ask us to explain these rules (Article 48). If we refuse anything, we give you the reasons and you may go to court \
                 (Article 50).",
            ),
            locale.say(
                "您可以限制或者拒绝我们处理您的信息，依法办理登记必须用的除外；可以要求把信息转给您指定的单位；去世的人，他的近亲属\
                 为了自身合法、正当的利益，可以查阅、复制、更正、删除他的信息（第四十四条、第四十五条第三款、第四十九条）。向“联系我们”里的\
                 单位提出。",
                "You may limit or refuse what we do with your information, except for what the law needs for a registration, and \
                 ask us to transfer it to somebody you name. For somebody who has died, near relatives with a lawful interest \
                 of their own may see, copy, correct and delete it (Articles 44, 45(3) and 49). Ask the bureau under “Contact”.",
            ),
            locale.say(
                "来不了的，监护人、持委托书的代理人、去世的人的近亲属：写一份书面申请，写明是谁、要什么、怎么联系，附身份和关系的证明，寄给“联系我们”\
                 里的单位，或者交给任何一个登记处的大厅负责人，由主办单位核实以后答复（第四十九条、第五十条）。",
                "If you cannot come, or are a guardian, an agent with a written authority, or a near relative of somebody who has died: write \
                 who you are, what you ask for and how to reach you, with proof of who you are and of the relation, and send it to the bureau \
                 under “Contact” or hand it to the manager of any registry. The bureau checks it and answers (Articles 49 and 50).",
            ),
            locale.say(
                "能不能登记，由登记处的工作人员决定，不由电脑决定。",
                "Registry staff decide whether you can be registered, not a computer.",
            ),
        ],
    )
}
