//! What is kept of whoever works here, for how long, and who reads it (个人信息保护法 art 17).

use leptos::prelude::*;
use shared::say;

use crate::visit::Visit;

pub(super) fn draw(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let years = visit.portal.record_years;
    let record = say!(
        locale,
        "存多久：这份记录谁都不能改、不能删，所以没有删除的日期，账号停用以后也在；预约过去 {years} 年，预约号删除，您办的那一步还在。",
        "For how long: nobody can change or delete this record, so that no day is set for it, and it stays once an account is closed. \
         {years} years after a booking its reference is deleted; the step that you took stays."
    );
    let who = say!(
        locale,
        "您是谁：姓名、身份证号码（加密）、账号、岗位、岗位是谁给的。账号全部停用满 {years} 年，身份证号码自动删除，账号不能再启用；姓名和账号\
         留着：办过的事要对得上人。密码和备用码只存校验用的标记，谁也看不到。",
        "Who you are: name and ID number (encrypted), accounts, roles and who gave them. {years} years after your last account was \
         closed the number is erased, and no account of yours opens again; name and accounts stay: what was done has to be \
         somebody’s. Of passwords and codes on paper only what checks them is kept."
    );
    let items = [
        &who,
        locale.say(
            "登录：每次登录、没有成功的尝试、改密码、换验证器，记时间和账号，没有成功的不记输了什么。登录着的浏览器叫什么、什么时候用过，登录结束\
             就删；登录过的浏览器留一个标记，90 天不用就删。",
            "Signing in: each time, each failed try, each change of password or authenticator, with time and account, and never what was \
             typed in vain. What your browser is called and when it was used goes when the session ends; a mark of a browser that you \
             used goes after 90 days without use.",
        ),
        locale.say(
            "查看：打开预约、看完整的姓名或者号码、按证件找人、看别的日子的名单，记账号、时间、用途和您写的原因。预约的人看得到办理地点、岗位、\
             时间和用途，看不到您的姓名和账号，为安全看的不给他们看；能打开这个号的同事看得到账号；为安全看的、撤销预约的、每人每天看了多少个、看了\
             哪些名单，大厅负责人和审计员看得到。",
            "Looking: opening a booking, reading a name or number in full, looking for somebody by document, reading the list of another \
             day, with account, time, purpose and the reason that you wrote. Those who booked read office, role, time and purpose, never \
             your name or account, and nothing of looks for safety; colleagues who may open the visit read the account; looks for safety, \
             releases, how many visits each person looked at by day and which lists are read by the manager and the auditor.",
        ),
        locale.say(
            "办理：每一步（叫号、办结、撤销、更正……），记账号、时间、窗口和您写的原因；没有权限被拒绝的，记是哪一页。能打开这个号的同事看得到每一\
             步是谁办的；给了多少优先、标了多少未到和离开，按人数给大厅负责人和审计员看。",
            "Acting: each step (calling, finishing, undoing, correcting …) with account, time, counter and the reason that you wrote, and \
             what you were refused, by its page. Colleagues who may open the visit read who took each step; marks of priority and people \
             marked as missed or gone are counted by clerk for the manager and the auditor.",
        ),
        &record,
        locale.say(
            "为什么：说得清每一件事是谁办的，有人乱看、冒用账号的时候查得出来。要查阅、更正自己的信息，向主办单位提出。",
            "Why: so that everything that was done can be accounted for, and prying or a stolen account is found out. To see or correct what \
             is kept of you, ask the bureau that runs the portal.",
        ),
    ];
    let items = items.map(|item| view! { <li>{item.to_owned()}</li> });
    view! {
        <section class="flow">
            <h2>{locale.say("系统记着您什么", "What is kept of you")}</h2>
            <ul>{items.into_iter().collect_view()}</ul>
        </section>
    }
    .into_any()
}
