//! How long what is kept is kept, and by what that is determined (网络数据安全管理条例 art 21).

use server::directory::reports::UNANSWERED_DAYS;
use shared::say;

use super::Part;
use crate::{appointments::draft::LIFETIME, visit::Visit};

/// Marriage Registration Regulations, Article 19, for the archive.
pub(super) fn part(visit: &Visit) -> Part {
    let locale = visit.locale;
    let hours = LIFETIME.num_hours();
    let unfinished = say!(
        locale,
        "没有填完的内容：最后一次修改后 {hours} 小时删除；那时还为您保留着时间的，保留到期后 {hours} 小时删除。",
        "Forms you do not finish: deleted {hours} hours after your last change or, if we were still holding a time \
         for you, {hours} hours after that hold ended."
    );
    let codes = locale.say(
        "手机验证码：用来核对的记录，和发出的短信（有手机号、验证码），在验证码过期一天以后删除。",
        "Codes sent to your phone: the record used to check them, and the text message with your number and the code, are \
         deleted one day after they expire.",
    );
    let keep_days = visit.portal.keep_days;
    let named = say!(
        locale,
        "一部手机为哪些人预约过：只留加密的标记，看不出是谁，七天后删除；用来防止有人拿别人的号码一个个试。为哪部手机、哪个浏览器保留过时间，\
         也只留加密的标记，{keep_days} 天以后删除，约成的从预约的日子算起。",
        "Whom a phone was used to book for: only as encrypted marks that name nobody, deleted after seven days. They stop \
         anyone trying other people’s numbers one by one. For which phone or browser a time was held: such marks too, deleted \
         after {keep_days} days or, where it was booked, after as many from its day."
    );
    let bookings = say!(
        locale,
        "预约的姓名、号码和发出的短信：加密保存，预约的日子过去 {keep_days} 天以后自动删除。预约页面上写着是哪一天。",
        "Names, numbers and text messages of a booking: kept encrypted and deleted automatically {keep_days} days \
         after the day of the booking. The booking page gives the date."
    );
    let years = visit.portal.record_years;
    let record = say!(
        locale,
        "办理记录（预约、改期、取消，到达、叫号、办结，办成没有，不予办理的理由，还缺的材料，谁查看过，工作人员写的原因）：里面没有姓名、证件\
         号码和手机号，{keep_days} 天以后只连着预约号。工作人员写的原因，要求不写是谁，不写身体情况。为了查得清、没有人能事后改动，记录不能改、\
         不能删。",
        "The record (booked, moved, cancelled; came, called, done; whether it was done, the ground of a refusal, the papers \
         that were missing; who looked, and the reasons that staff gave) contains no names, document numbers or phones; after \
         {keep_days} days it is tied to the reference number alone. Staff are told to name nobody and no condition in a reason. \
         So that it can be accounted for and nobody changes it afterwards, it cannot be changed or deleted."
    );
    let tie = say!(
        locale,
        "记录能对上您多久：预约的日子过去 {years} 年为止。这是主办单位定的，参照的是对办理结果可以申请复议、起诉的时间（一般 60 日、6 个月内，\
         最长不超过 5 年：《行政复议法》第二十条、第二十一条，《行政诉讼法》第四十六条）；要复议、起诉的，请按 60 日、6 个月算。以后自动删除预约号，\
         从预约号和短信里的链接再也查不到。留下的日子、时间、窗口、现场号、结果和原因没有定最后一天；上面不再写着是谁的，但是还记得或者还留着\
         日子、时间、现场号的人，拿着本站密钥和短信的人，仍可能认出是哪一次。按什么规定留着，可以问“联系我们”里的单位。",
        "How long the record can be found to be yours: until {years} years after the day of the booking. The bureau has set this by \
         how long an outcome can be contested (in general a review within 60 days or a court within 6 months, and 5 years at the very \
         most: Administrative Reconsideration Law art 20 and 21, Administrative Litigation Law art 46); whoever means to contest one \
         should reckon with 60 days and 6 months. Then the reference number is deleted, and neither it nor the link of a text message \
         leads there any more. What stays, the day and time, counter, ticket, outcome and reasons, has no last day. It says of nobody \
         whose it was; but whoever still knows that day, time or ticket, or has the portal’s keys and the text, may recognise it. By \
         which rule it is kept you can ask the bureau under “Contact”."
    );
    let archive = locale.say(
        "登记以后形成的婚姻登记档案，由登记机关长期保管（《婚姻登记条例》第十九条）。",
        "The file of a registered marriage is kept long-term by the registration authority (Marriage Registration \
         Regulations, Article 19).",
    );
    let reports = say!(
        locale,
        "您告诉我们哪里写得不对：答复 {keep_days} 天以后删除；一直没有答复的，收到 {UNANSWERED_DAYS} 天以后删除。删除以后，凭回执号再也查不到。\
         记录里留下的只有：哪个地点、哪一方面、什么时候有人说过不对，工作人员怎么答复的；没有您写的话和电话。",
        "What you tell us is wrong about a place: deleted {keep_days} days after it is answered or, if nobody answers, {UNANSWERED_DAYS} days \
         after it came; then the receipt number finds nothing any more. The record keeps only of which place, about what and when \
         somebody said so, and how it was answered: not your words and not the phone."
    );
    let applications = applications(visit);
    super::part(
        locale.say("保存多久", "How long we keep it"),
        [&unfinished, codes, &named, &bookings, &record, &tie, archive, &reports, &applications],
    )
}

/// Of applications: drafts for as long as the portal says, cases as the bureau has set.
fn applications(visit: &Visit) -> String {
    let (locale, days) = (visit.locale, visit.portal.draft_days);
    if let Some(years) = visit.portal.case_years {
        let own = locale.say("主办单位自己的规定", "the bureau’s own rule");
        let by = visit.portal.case_years_by.as_deref().unwrap_or(own);
        return say!(
            locale,
            "网上申请：没有提交的，最后一次保存 {days} 天以后删除，您也可以自己删除。提交了的，办结或者撤回 {years} 年以后抹去填写的全部内容、交的照片、留言、评价和\
             发出的短信（依据：{by}）；没有办结的不会抹去。以后只留下办过什么、什么时候办的，和防止同一份证明领两次的加密标记，里面没有姓名和号码。",
            "Applications online: what was not handed in is deleted {days} days after it was last saved, and you can delete it yourself. \
             Of what was handed in, all that was entered, the photos, the messages, the rating and every text is erased {years} years after it was \
             closed or withdrawn (according to: {by}), and nothing before it is over. What stays is what was done and when, and an encrypted mark that \
             keeps one certificate from being paid twice: no names, no numbers."
        );
    }
    say!(
        locale,
        "网上申请：没有提交的，最后一次保存 {days} 天以后删除，您也可以自己删除。提交了的是办事的档案，保存多久由主办单位按档案的规定定，这里没有\
         自动删除的日子，可以问“联系我们”里的单位。",
        "Applications online: what was not handed in is deleted {days} days after it was last saved, and you can delete it yourself. \
         What was handed in is a file of the bureau, which keeps it as its rules for files say; no day for deleting it is set here. \
         You can ask the bureau under “Contact”."
    )
}
