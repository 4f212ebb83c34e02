//! Who receives information from here: for what, how, which kinds, and how to reach them (网络数据安全管理条例 art 21).

use leptos::prelude::*;
use shared::locale::Locale;

use crate::{
    components::summary::{Row, Summary},
    visit::Visit,
    words::Text,
};

struct Receiver {
    title: Text,
    aim: Text,
    way: Text,
    kinds: Text,
    /// Who a demonstration makes up where nobody is named.
    invented: Text,
}

const SMS: Receiver = Receiver {
    title: Text("短信服务商", "Text messages"),
    aim: Text(
        "把验证码、预约和办理情况发到您的手机",
        "to send codes, and news of your booking and visit, to your phone",
    ),
    way: Text("发一条，自动传一条", "each message is passed on by the program as it is sent"),
    kinds: Text(
        "手机号、短信全文：验证码，或者预约的事项、地点、时间、预约号、链接，办成没有、还差的材料",
        "your phone number and the text: a code, or the service, place, time, reference and link of a booking, whether it was \
         done and which papers are missing",
    ),
    invented: Text("演示短信公司（演示数据，虚构）", "Demo Text Messages (demo data, invented)"),
};

const IDENTITY: Receiver = Receiver {
    title: Text("身份核验服务", "Identity check"),
    aim: Text(
        "确认预约以前，比对姓名、证件号码和手机号是不是同一个人的；没有比对出结果的，预约上只注明到场先核对证件",
        "to see, before a booking is confirmed, whether name, document number and phone belong together; where it cannot say, the \
         booking only notes that the desk checks documents first",
    ),
    way: Text(
        "每个人自动问一次，对方只回答是、不是或者不知道；是委托它处理（《个人信息保护法》第二十一条）还是向它提供（第二十三条），以主办单位和它的\
         约定为准，可以问“联系我们”里的单位",
        "each person is asked once, by the program; the answer is yes, no or not known. Whether it works for the bureau (Personal \
         Information Protection Law art 21) or receives it for itself (art 23) is as the bureau has agreed with it: ask under “Contact”",
    ),
    kinds: Text("姓名、证件类型、证件号码、手机号", "name, kind and number of the document, phone number"),
    invented: Text("演示身份核验中心（演示数据，虚构）", "Demo Identity Check (demo data, invented)"),
};

const HOSTING: Receiver = Receiver {
    title: Text("托管服务商", "Hosting"),
    aim: Text("在它的机器上运行本站，是受主办单位委托", "to run this portal on its machines, on behalf of the bureau"),
    way: Text(
        "数据存在它的机器上；姓名、号码和短信是加密的，密钥文件和数据库分开保管",
        "the data lie on its machines; names, numbers and texts are encrypted, and the key file is kept apart from the database",
    ),
    kinds: Text("本站保存的全部", "all that this portal keeps"),
    invented: Text("演示托管公司（演示数据，虚构）", "Demo Hosting (demo data, invented)"),
};

const INVENTED_CONTACT: Text = Text("000-00000000（演示数据，虚构）", "000-00000000 (demo data, invented)");

pub(super) fn draw(visit: &Visit) -> impl IntoView + use<> {
    let (locale, portal) = (visit.locale, &visit.portal);
    let named = &portal.receivers;
    let sms = one(locale, &SMS, (named.sms_provider.as_deref(), named.sms_provider_contact.as_deref()));
    let identity = portal.identity_check.then(|| {
        one(locale, &IDENTITY, (named.identity_service.as_deref(), named.identity_service_contact.as_deref()))
    });
    let hosting = named
        .hosting_provider
        .as_deref()
        .map(|name| one(locale, &HOSTING, (Some(name), named.hosting_provider_contact.as_deref())));
    view! {
        <section class="flow">
            <h2>{locale.say("交给谁", "Who receives it from us")}</h2>
            {sms}
            {identity}
            {hosting}
        </section>
    }
}

/// Only a demonstration starts where somebody has no name.
fn one(locale: Locale, receiver: &Receiver, (name, contact): (Option<&str>, Option<&str>)) -> impl IntoView + use<> {
    let row = |key: &'static str, value: &str| Row::new(key, value);
    let rows = vec![
        row(locale.say("接收的单位", "Who"), name.unwrap_or(receiver.invented.say(locale))),
        row(locale.say("联系方式", "Contact"), contact.unwrap_or(INVENTED_CONTACT.say(locale))),
        row(locale.say("用来做什么", "What for"), receiver.aim.say(locale)),
        row(locale.say("怎么交", "How"), receiver.way.say(locale)),
        row(locale.say("哪些信息", "Which information"), receiver.kinds.say(locale)),
    ];
    view! {
        <h3>{receiver.title.say(locale)}</h3>
        <Summary locale=locale rows=rows />
    }
}
