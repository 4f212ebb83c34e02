//! What is collected, and what a browser keeps by itself.

use shared::say;

use super::Part;
use crate::{offline, visit::Visit};

pub(super) fn part(visit: &Visit) -> Part {
    let locale = visit.locale;
    let all = [
        locale.say(
            "预约结婚登记：两个人的姓名、证件类型和号码、手机号；证件号码看不出来的，还有出生日期和性别。",
            "To book a marriage registration: both people’s names, type and number of identity document, and \
             mobile numbers, and also date of birth and sex where the document number does not show them.",
        ),
        locale.say(
            "预约颁证仪式：预约人的姓名和手机号，颁证时念的名字，亲友人数。",
            "To book a certificate ceremony: the name and mobile number of the person who books, the names to be \
             read out and the number of guests.",
        ),
        locale.say(
            "到大厅办理：到达、叫号、办结的时间和窗口，办成没有，不予办理的理由，还缺的材料；工作人员更正、补录或者不按顺序叫号时写的\
             原因，查看您信息时选的用途。理由和材料会说到年龄、亲属关系、婚姻状况、是否自愿。",
            "When you come to the hall: when you came, were called and were done, and at which counter; whether it was \
             done, the ground of a refusal, the papers that were missing; why staff corrected something, entered it later \
             or called somebody out of order, and for what they looked at your information. Grounds and papers may tell \
             of age, kinship, marital status and whether you were willing.",
        ),
        locale.say(
            "网上申请奖补、减免：逝者和您的姓名、身份证号码，去世、火化、安葬的情况，您和逝者的关系，您的手机号和银行卡号，您拍照\
             交的材料；办理的经过，工作人员谁看过、为什么看；您和工作人员的留言；决定以后您愿意评价的，您评的等次和写的话。照片里的拍摄地点等信息收下\
             的时候就去掉。",
            "To apply online for a reward or relief: names and identity numbers of the deceased and of yourself, what is needed of the \
             death, the cremation and the burial, how you are related, your mobile number and your bank card number, and the papers \
             that you send photos of; what was done with the application, and which staff looked at it and why; messages between you and the staff; and, if you choose to \
             rate it once it is decided, your grade and your words. Where a photo was taken and the like is removed when it arrives.",
        ),
        locale.say(
            "核对条件：算完就丢掉，不保存。",
            "To check conditions: nothing. Your answers are discarded once the result is worked out.",
        ),
        locale.say(
            "Cookie：一个记住大字设置，保存一年；其余的只用来让别人看不到您的预约和申请，关掉浏览器就没有了。没有广告，没有跟踪。",
            "Cookies: one remembers your text size for a year. The others are used only to stop anyone else \
             seeing your booking or application, and are deleted when you close your browser. No advertising and no tracking.",
        ),
        locale.say(
            "网络地址：没有验证手机就为您保留时间的时候，记着用密钥从它算出的一串代码，防止一个网络占走太多时间；保留结束就删除。",
            "Network address: while a time is held for you without a confirmed phone, we keep a code computed from it \
             with a secret key, so that no network takes too many times. It is deleted when the hold ends.",
        ),
        locale.say(
            "告诉我们一个地点写得不对：哪个地点、哪一方面、您写的话、您写的电话、什么时候。不问您是谁，不和您的网络地址存在一起。",
            "When you tell us that something is wrong about a place: which place and what of it, your words, the phone \
             that you give, and when. Nobody asks who you are, and your network address is not kept with it.",
        ),
    ];
    let mut all: Vec<String> = all.map(str::to_owned).into();
    // A demonstration may run without anything in front of it that keeps one.
    all.extend((!visit.portal.demo).then(|| network_log(visit)));
    all.extend(visit.portal.offline.then(|| on_the_device(visit)));
    (locale.say("收集什么", "What we collect"), all)
}

/// What stands in front of the portal keeps (网络安全法 art 23).
fn network_log(visit: &Visit) -> String {
    visit
        .say(
            "访问本站的网络日志：时间、您的网络地址、打开的是本站哪一部分、结果；不记打开的是哪个预约、查了什么、填了什么。《网络安全法》第二十三条要求\
             网络日志留存不少于六个月；只用来保证安全、查清事故。",
            "The log of the network: when, your network address, which part of this site you opened and how it was answered; not which \
             booking, what you looked for or what you filled in. The Cybersecurity Law (Article 23) has such logs kept for at least six \
             months; it is used for security, and to clear up what went wrong, alone.",
        )
        .to_owned()
}

/// Not collected, since it stays where it is.
fn on_the_device(visit: &Visit) -> String {
    let most = offline::MOST_PAGES;
    say!(
        visit.locale,
        "您的手机或电脑自己留着：看过的名单和地点的页面，最多 {most} 页，还有惠民政策自查的页面和规则，断网时也能看；没有您填写的内容，不传给\
         我们。看过的地点可以在“没有网络的时候”那一页清除，清除浏览器的数据就都没有了；用别人的手机看过，请清除。",
        "Your own phone or computer keeps the lists and places that you looked at, at most {most} pages, and the page and the rules of \
         the benefit check, so that you have them without a connection: nothing that you filled in, and nothing is sent to us. The page \
         “Without a connection” clears the places, and clearing the browser’s data all of it: do so above all on somebody else’s device."
    )
}
