//! Beside a couple at the counter: each with the papers of their kind, and what to look at in them (婚姻登记条例 art 8–10).

mod papers;
mod what;

use leptos::prelude::*;
use server::marriage::couple::MaskedCouple;
use shared::{
    counter::Paper,
    locale::Locale,
    marriage::{
        PartyKind, RefusalGround,
        documents::{DocumentCode, Documents, documents},
    },
};

use self::papers::line;
use super::bring;
use crate::{
    appointments::service::{AtCounter, Refusing},
    words::Text,
};

pub(super) const AT_COUNTER: AtCounter = AtCounter {
    done: Text("已登记", "registered"),
    look: |visit, people| match people {
        Some(people) => people.read().map(|couple| of_couple(visit.locale, couple)),
        None => Some(of_anybody(visit.locale)),
    },
    grounds: |locale| {
        RefusalGround::ALL.iter().map(|ground| (ground.ground(), ground.words(locale).to_owned())).collect()
    },
    papers: |locale| DocumentCode::MISSED.iter().map(|code| (code.paper(), code.words(locale).to_owned())).collect(),
    likely: |people| people.read().map(of_these),
    asked: papers::asked,
    refusing: Some(Refusing {
        owed: Text(
            "请当面向两位当事人说明理由和条文（《婚姻登记条例》第九条、第十条），并告诉他们：不服的，60 日内可以申请行政复议；还不服的，收到复议\
             决定 15 日内起诉（复议到期没有决定的，到期以后 15 日内）。法律没有要求先复议的，6 个月内也可以直接起诉。先复议、再起诉，都可以。办结以后点“打印书面说明”，填写、盖章，每人一份，签收的一份存档；民政部规范附有告知书式样的，用那个式样。",
            "Explain the reason and the article to both in person (Marriage Registration Regulations art 9 and 10), and tell them \
             that they can ask for a review within 60 days and, if they still disagree, sue within 15 days of getting its decision \
             (or of the end of the time for one); where the law asks for no review first, they can also sue directly within 6 months. \
             A review and then a suit is always open. Afterwards press “Print the written reason”, \
             fill it in and seal it: one for each, and one that they sign for the file. Where the ministry's rules have a form for it, \
             use that form.",
        ),
        title: Text("不予办理结婚登记的说明", "Why the marriage was not registered"),
        lacking: Text("材料不齐、没有办理结婚登记的说明", "Why the marriage was not registered: papers are missing"),
        article: |ground| RefusalGround::of(ground).map(article),
    }),
};

/// 婚姻登记条例 art 9 names the grounds in this order.
fn article(ground: RefusalGround) -> Text {
    match ground {
        RefusalGround::UnderAge => {
            Text("《婚姻登记条例》第九条第（一）项", "Marriage Registration Regulations art 9(1)")
        }
        RefusalGround::NotVoluntary => {
            Text("《婚姻登记条例》第九条第（二）项", "Marriage Registration Regulations art 9(2)")
        }
        RefusalGround::HasSpouse => {
            Text("《婚姻登记条例》第九条第（三）项", "Marriage Registration Regulations art 9(3)")
        }
        RefusalGround::CloseKin => {
            Text("《婚姻登记条例》第九条第（四）项", "Marriage Registration Regulations art 9(4)")
        }
    }
}

/// What two of their kinds bring; an earlier marriage and a change of name may stand in the way of any.
fn of_these(couple: &MaskedCouple) -> Vec<Paper> {
    let list = documents(couple.each_ref().map(|party| (party.kind, None)));
    let brought = list.parties.into_iter().flatten().chain(list.together).map(|item| item.code);
    brought.chain([DocumentCode::IdentityProof]).map(DocumentCode::paper).collect()
}

fn of_couple(locale: Locale, couple: &MaskedCouple) -> AnyView {
    let list = documents(couple.each_ref().map(|party| (party.kind, None)));
    let both = bring::couple(locale, couple).into_iter().zip(&list.parties).map(|((label, party), items)| {
        let lines = items.iter().map(|item| line(locale, item)).collect_view();
        view! {
            <div>
                <h4>
                    {label} " " {party.name.clone()}
                    <span class="soft">{party.kind.label(locale)} " " {party.id_number.clone()}</span>
                </h4>
                <ul class="look-list" role="list">
                    {lines}
                </ul>
            </div>
        }
    });
    let both = both.collect_view();
    let left_open =
        list.provisional.as_ref().map(|why| view! { <p class="wide note">{why.say(locale).to_owned()}</p> });
    let one_phone = couple.iter().all(|party| party.shares_phone).then(|| one_phone(locale));
    view! {
        {left_open}
        {both}
        {one_phone}
        {together(locale, &list)}
    }
    .into_any()
}

/// What was said of their data went to one phone, so one of them may never have read it.
fn one_phone(locale: Locale) -> impl IntoView {
    view! {
        <div class="wide">
            <ul class="look-list" role="list">
                <li>
                    <p>
                        {locale.say(
                            "两个人留的是同一个手机：隐私说明当面告诉第二位",
                            "One phone for both: tell the second in person how their data are used",
                        )}
                    </p>
                    <p class="note">
                        {locale.say(
                            "谁在用、用来做什么、存多久，为什么要证件号码，怎样查阅、更正、删除：网站底部的“隐私说明”写着，可以给他看\
                             （《个人信息保护法》第十七条、第三十条）。",
                            "Who uses them and for what, how long they are kept, why a document number is needed, how to see, correct and \
                             erase them: the “Privacy notice” at the foot of the site says it, which you can show them (Personal \
                             Information Protection Law art 17 and 30).",
                        )}
                    </p>
                </li>
            </ul>
        </div>
    }
}

/// Of whoever took a ticket here nobody knows of which kind they are.
fn of_anybody(locale: Locale) -> AnyView {
    let list = documents([(PartyKind::Mainland, None); 2]);
    let kinds = PartyKind::ALL.iter().map(|kind| {
        let items = &documents([(*kind, None); 2]).parties[0];
        let lines = items.iter().map(|item| line(locale, item)).collect_view();
        view! {
            <details class="ask" open=*kind == PartyKind::Mainland>
                <summary>{kind.label(locale)}</summary>
                <ul class="look-list" role="list">
                    {lines}
                </ul>
            </details>
        }
    });
    view! {
        <div class="wide">
            <p class="note">
                {locale.say(
                    "现场取号，没有填过资料：两个人各按自己的一类看。双方都不是内地居民的中国公民（条例第二十六条），或者双方都是外国人的，\
                     先问大厅负责人按什么规定办。",
                    "No booking: look by the kind of each of the two. Of two Chinese citizens neither of whom is from the mainland \
                     (regulations art 26), and of two foreigners, ask the manager first by which rules it is done.",
                )}
            </p>
            {kinds.collect_view()}
        </div>
        {together(locale, &list)}
    }
    .into_any()
}

fn together(locale: Locale, list: &Documents) -> impl IntoView + use<> {
    let papers = list.together.iter().map(|item| line(locale, item)).collect_view();
    view! {
        <div class="wide">
            <h4>{locale.say("两个人一起", "Both together")}</h4>
            <ul class="look-list" role="list">
                {papers}
                <li>
                    <p>{locale.say("满年龄：男 22 周岁，女 20 周岁", "Of age: he is 22, she is 20")}</p>
                    <p class="note">
                        {locale.say(
                            "不满 18 周岁，疑似被逼婚或者受到侵害的，必须立即报告：110，并告诉大厅负责人（《未成年人保护法》第十一条）。",
                            "Where somebody under 18 seems to be forced or harmed, you must report it at once: 110, and tell the \
                             manager (Law on the Protection of Minors art 11).",
                        )}
                    </p>
                </li>
                <li>
                    <p>
                        {locale.say("联网核对两个人的身份和婚姻状况", "Check identity and marital status of both online")}
                    </p>
                    <p class="note">
                        {locale.say(
                            "系统不通的，先暂放，不要登记。不一致的，请本人出示证明。疑似假证件或者冒用他人身份的：不登记，不扣居民身份证\
                             （《居民身份证法》第十五条），告诉大厅负责人，依法报警。",
                            "While the system is down, set them aside and do not register. Where it differs, ask for proof. Where a \
                             document seems forged or another's: do not register, do not keep the ID card (Resident Identity Card Law \
                             art 15), tell the manager and report it.",
                        )}
                    </p>
                </li>
                <li>
                    <p>
                        {locale.say(
                            "听不见、说不出、不识字或者不懂中文的：换个方式说清楚",
                            "Who cannot hear, speak, read, or has no Chinese: say it in another way",
                        )}
                    </p>
                    <p class="note">
                        {locale.say(
                            "用笔谈、手语或者翻译（《残疾人保障法》第五十五条），声明念给本人听；不让对方当翻译，谁也不代签。",
                            "Write, sign or use an interpreter (Law on the Protection of Persons with Disabilities art 55), and read the \
                             declaration aloud. The other of the two does not interpret, and nobody signs for them.",
                        )}
                    </p>
                </li>
                <li>
                    <p>
                        {locale.say(
                            "现在说不清自己意思的（喝醉了、听不懂结婚是什么）：今天不登记",
                            "Who cannot say now what they want (drunk, or does not understand what marrying is): not today",
                        )}
                    </p>
                    <p class="note">
                        {locale.say(
                            "要本人明白、本人愿意；监护人、家里人都不能替他同意（《民法典》第一百四十三条、第一百四十四条、第一千零四十六条）。能说清的\
                             时候再来。有残疾、年纪大，不等于说不清。",
                            "They must understand and be willing themselves; neither guardian nor family consents for them (Civil Code art 143, \
                             144 and 1046). They come again when they can say it. A disability or old age alone is no sign of it.",
                        )}
                    </p>
                </li>
                <li>
                    <p>{locale.say("单独各问一次：是不是自愿", "Ask each alone: is it of your own free will?")}</p>
                    <p class="note">
                        {locale.say(
                            "条例第十条要求询问相关情况，分开问是本大厅的做法；老年人，还要问清是不是本人的真实意思（《老年人权益保障法》\
                             第五十五条）。不自愿的不予登记；单独告诉您的，用“另行处理”，不要当着另一个人的面说。疑似被拐卖、绑架的，马上报警\
                             （本大厅的做法；条例第六条要求及时向有关部门报告）。",
                            "The regulations (art 10) have you ask about their situation; asking apart is the rule of this hall. Of an old \
                             person, make sure that it is their own will (Law on the Protection of the Elderly art 55). Who is not willing \
                             is not registered. If you were told alone, use “Otherwise…” and say nothing of it before the other. On suspicion \
                             of trafficking or abduction, call 110 at once (the rule of this hall; art 6 has it reported in time).",
                        )}
                    </p>
                </li>
            </ul>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use server::marriage::BOOKABLE;

    use super::*;

    #[test]
    fn the_forms_offer_the_grounds_and_papers_that_the_counter_takes() {
        let grounds = (AT_COUNTER.grounds)(Locale::Zh).into_iter().map(|(ground, _)| ground);
        assert_eq!(grounds.collect::<Vec<_>>(), (BOOKABLE.grounds)());
        let papers = (AT_COUNTER.papers)(Locale::Zh).into_iter().map(|(paper, _)| paper);
        assert_eq!(papers.collect::<Vec<_>>(), (BOOKABLE.papers)());
    }
}
